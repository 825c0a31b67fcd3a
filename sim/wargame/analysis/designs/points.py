"""Points at which numbers of a scenario take given values: a grid, changes, a Latin hypercube."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import Streams

Floats = NDArray[np.float64]


def grid(levels: Mapping[str, Iterable[float]]) -> dict[str, Floats]:
    """Return every combination of some levels.

    Parameters
    ----------
    levels : mapping of str to iterable of float
        Path -> its levels; the last path varies fastest.

    Returns
    -------
    dict of str to ndarray, shape (point,)
    """
    axes = [np.asarray(list(column), dtype=np.float64) for column in levels.values()]
    combined = np.meshgrid(*axes, indexing="ij")
    return {path: axis.ravel() for path, axis in zip(levels, combined, strict=True)}


def change_points(
    base: Mapping[str, float], changes: Sequence[Mapping[str, float]]
) -> dict[str, Floats]:
    """Return a point for each change of a base, all else left as it is there.

    Changes of one number each make a one-at-a-time design.

    Returns
    -------
    dict of str to ndarray, shape (point,)
        Only of paths that some change touches.
    """
    touched = dict.fromkeys(path for change in changes for path in change)
    return {
        path: np.array([change.get(path, base[path]) for change in changes]) for path in touched
    }


def latin_hypercube(names: Iterable[str], points: int, seed: int) -> dict[str, Floats]:
    """Spread points over the unit cube: every name once in each of so many equal slices.

    Parameters
    ----------
    names : iterable of str
        Of the cube's sides.
    points : int
        1 or more.
    seed : int
        Of the draws; the same seed gives the same points.

    Returns
    -------
    dict of str to ndarray, shape (point,)
        On (0, 1).

    References
    ----------
    McKay, M. D., Beckman, R. J. and Conover, W. J. (1979), Technometrics 21(2), 239-245.
    """
    streams = Streams(seed, 0, points)
    return {
        name: (np.argsort(streams.row("design order", name)) + streams.row("design place", name))
        / points
        for name in names
    }
