"""Differences of shares and rates between paired replications, with their intervals."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wargame.analysis.estimates.intervals import mean_rate
from wargame.analysis.estimates.paired.tango import tango
from wargame.findings import Z95, Estimate

FEW = 30
"""Replications that differ, below which the normal law would mislead."""


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
