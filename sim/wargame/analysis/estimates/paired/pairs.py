"""Pairs of ensembles on common draws, held against each other level by level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.paired.differences import share_difference, variance_saved
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import LOWEST_RUNG

NO_CHANGE = Estimate(0.0, 0.0, 0.0, kind="points")
"""The difference of two arms that are the same for certain."""


@dataclass(frozen=True)
class Pair:
    """How often two arms on the same draws reach a rung.

    Attributes
    ----------
    level : int
        The rung; reached by a history whose peak is there or above.
    before, after : Estimate
        Of the histories of each arm.
    difference : Estimate
        After minus before; exactly 0, with no width, where both are the same for certain.
    saved : float or None
        How many times smaller common draws make the variance of the difference; None when it is
        the same in every history.
    """

    level: int
    before: Estimate
    after: Estimate
    difference: Estimate
    saved: float | None


def compare_levels(
    before: NDArray[np.int8],
    after: NDArray[np.int8],
    levels: Iterable[int],
    *,
    settled: int = LOWEST_RUNG - 1,
) -> tuple[Pair, ...]:
    """Compare how often two arms reach some rungs.

    Parameters
    ----------
    before, after : ndarray of int8, shape (replication,)
        Peaks.
    settled : int
        A rung that both have reached for certain: nothing up to it is left to estimate.
    """
    pairs = []
    for level in levels:
        first, second = before >= level, after >= level
        gap = NO_CHANGE if level <= settled else share_difference(first, second)
        was, then = (share_of(int(arm.sum()), len(arm)) for arm in (first, second))
        pairs.append(Pair(level, was, then, gap, variance_saved(first, second)))
    return tuple(pairs)
