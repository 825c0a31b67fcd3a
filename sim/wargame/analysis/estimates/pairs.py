"""Differences between two ensembles on common draws, replication by replication."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wargame.analysis.estimates.intervals import mean_rate
from wargame.findings import Z95, Estimate, share_of
from wargame.scenario.ladder import LOWEST_RUNG

NO_CHANGE = Estimate(0.0, 0.0, 0.0, kind="points")
"""The difference of two arms that are the same for certain."""

FEW = 30
"""Replications that differ, below which the normal law would mislead."""


def tango(gained: int, lost: int, total: int) -> tuple[float, float]:
    """Return the 95% score interval of (gained - lost) / total for paired yes-or-no data.

    Parameters
    ----------
    gained : int
        Pairs with yes only in the second.
    lost : int
        Pairs with yes only in the first.
    total : int
        All pairs, 1 or more; gained + lost <= total.

    Returns
    -------
    low, high : float
        -1..1. It keeps a width even when no pair differs.

    References
    ----------
    Tango, T. (1998), Equivalence test and confidence interval for the difference in proportions
    for the paired-sample design, Statistics in Medicine 17(8), 891-908.
    """

    def excess(delta: float) -> float:
        """Return the score statistic's square over its bound, minus one, times a scale."""
        middle = -gained - lost + (2 * total - gained + lost) * delta
        root = math.sqrt(max(0.0, middle**2 + 8 * total * lost * delta * (1 - delta)))
        unseen = (root - middle) / (4 * total)  # restricted estimate of P(yes only in the first)
        spread = total * (2 * unseen + delta * (1 - delta))
        return (gained - lost - total * delta) ** 2 - Z95**2 * max(spread, 0.0)

    value = (gained - lost) / total
    return _root(excess, value, -1.0), _root(excess, value, 1.0)


def _root(excess: Callable[[float], float], inside: float, outside: float) -> float:
    """Halve the stretch between a point inside the interval and one at or past its end."""
    if excess(outside) <= 0:
        return outside
    for _ in range(60):
        middle = (inside + outside) / 2
        if excess(middle) > 0:
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2


def share_difference(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Estimate:
    """Return the difference of two shares over the same replications.

    Parameters
    ----------
    first, second : ndarray of bool, shape (replication,)
        Whether it happened.
    """
    gained = int((second & ~first).sum())
    lost = int((first & ~second).sum())
    return count_difference(gained, lost, len(first))


def count_difference(gained: int, lost: int, total: int) -> Estimate:
    """Return (gained - lost) / total with its interval; see `tango`."""
    return Estimate((gained - lost) / total, *tango(gained, lost, total), total, "points")


def rate_difference(
    counts: tuple[ArrayLike, ArrayLike], years: tuple[ArrayLike, ArrayLike]
) -> Estimate:
    """Return the difference of two rates over the same replications, a simulated year.

    Parameters
    ----------
    counts : pair of array_like, shape (replication,)
        Events in each replication of the first and the second ensemble.
    years : pair of array_like, shape (replication,)
        Its length; a history that ended early is shorter.

    Returns
    -------
    Estimate
        Each rate is a ratio of sums; the interval is normal, from the linearised difference in
        each replication. When fewer than 30 replications differ, it is put together
        from the two rates' own intervals instead, as if they were drawn apart: wider, but safe.

    References
    ----------
    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., section 6.3 and 6.11; Zou, G. Y. and
    Donner, A. (2008), Statistics in Medicine 27(10), 1693-1702, for the second.
    """
    events = [np.asarray(item, dtype=np.float64) for item in counts]
    spans = [np.asarray(item, dtype=np.float64) for item in years]
    rates = [float(count.sum() / span.sum()) for count, span in zip(events, spans, strict=True)]
    value = rates[1] - rates[0]
    if int((events[0] != events[1]).sum()) < FEW:
        first, second = (mean_rate(*pair) for pair in zip(events, spans, strict=True))
        return Estimate(
            value,
            value - math.hypot(second.value - second.low, first.high - first.value),
            value + math.hypot(second.high - second.value, first.value - first.low),
            float(spans[1].sum()),
            "change",
        )
    parts = [
        (count - rate * span) / span.mean()
        for count, span, rate in zip(events, spans, rates, strict=True)
    ]
    half = Z95 * float((parts[1] - parts[0]).std(ddof=1)) / math.sqrt(len(parts[0]))
    return Estimate(value, value - half, value + half, float(spans[1].sum()), "change")


def variance_saved(first: ArrayLike, second: ArrayLike) -> float | None:
    """Return how many times smaller common draws make the variance of a mean difference.

    Parameters
    ----------
    first, second : array_like, shape (replication,)
        What is compared, in each replication.

    Returns
    -------
    float or None
        (variance of first + variance of second) / variance of second - first: as many times
        more histories would be needed if the two were drawn apart. None when no replication
        differs, or there is only one.

    References
    ----------
    Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., section 11.2.
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    paired = float((two - one).var())
    return float(one.var() + two.var()) / paired if paired > 0 else None


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
