"""The design matrix of a sweep: the value of each axis at each point."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

import numpy as np

from wargame.analysis.designs.axes import MOST_POINTS, Axis, Level
from wargame.analysis.designs.points import latin_hypercube
from wargame.errors import UsageError

Points = dict[str, tuple[Level, ...]]
"""Path -> its value at each point."""


def plan(axes: Sequence[Axis], design: Literal["grid", "lhs"], points: int, seed: int) -> Points:
    """Return path -> its value at each point of a design.

    Parameters
    ----------
    axes : sequence of Axis
        1 or more, of different paths.
    design : {"grid", "lhs"}
        Every combination, or a Latin hypercube over ranges.
    points : int
        Of a Latin hypercube.
    seed : int
        Of a Latin hypercube.

    Raises
    ------
    UsageError
        For no axis, a path named twice, a list in a Latin hypercube, or too many points.
    """
    paths = [axis.path for axis in axes]
    if not paths:
        raise UsageError(
            "nothing to sweep over. Add «over», for example «over» actors.PRK.tempo=0.02:0.10:9."
        )
    for path in paths:
        if paths.count(path) > 1:
            raise UsageError(f"«over» names {path} twice. Name each path once.")
    if design == "grid":
        number = int(np.prod([len(axis.levels) for axis in axes], dtype=np.float64))
        _check_size(number)
        columns = zip(*itertools.product(*(axis.levels for axis in axes)), strict=True)
        return dict(zip(paths, columns, strict=True))
    _check_size(points)
    for axis in axes:
        if not axis.is_range:
            raise UsageError(
                f"«design» lhs needs a range for {axis.path}, not a list. Write "
                f"{axis.path}=low:high, or use «design» grid."
            )
    cube = latin_hypercube(paths, points, seed)
    found: Points = {}
    for axis in axes:
        low, high = float(axis.levels[0]), float(axis.levels[-1])
        found[axis.path] = tuple((low + (high - low) * cube[axis.path]).tolist())
    return found


def _check_size(points: int) -> None:
    if not 1 <= points <= MOST_POINTS:
        raise UsageError(
            f"the design has {points:,} points; from 1 to {MOST_POINTS:,} can be had. Use fewer "
            "values, or «design» lhs with «points»."
        )
