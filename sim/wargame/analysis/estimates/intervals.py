"""Intervals for shares and rates."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wargame.findings import Z95, Estimate


def zero_bound(total: float) -> float:
    """Return the upper 95% bound of a share of which no case was seen: the rule of three.

    Parameters
    ----------
    total : float
        Cases looked at, 1 or more.

    Returns
    -------
    float
        3 / total, at most 1.

    References
    ----------
    Hanley, J. A. and Lippman-Hand, A. (1983), JAMA 249(13), 1743-1745.
    """
    return min(1.0, 3.0 / total)


def counted_rate(count: int, years: float, dispersion: float = 1.0) -> Estimate:
    """Return count / years with a Jeffreys interval.

    Parameters
    ----------
    count : int
        Events, 0 or more.
    years : float
        Exposure.
    dispersion : float
        Variance over mean of the count, 1 for independent events. Events that come in bursts
        carry less information: count and exposure are both divided by it.

    Returns
    -------
    Estimate
        At count = 0 the lower end is exactly 0.

    References
    ----------
    Brown, L. D., Cai, T. T. and DasGupta, A. (2003), Statistica Sinica 13, 19-49.
    """
    if years <= 0:
        return Estimate(0.0, 0.0, math.inf, float(years), "rate")
    from scipy.special import gammaincinv  # scipy is heavy to import

    shape, exposure = count / dispersion + 0.5, years / dispersion
    low = 0.0 if count == 0 else float(gammaincinv(shape, 0.025)) / exposure
    high = float(gammaincinv(shape, 0.975)) / exposure
    return Estimate(count / years, low, high, float(years), "rate")


def dispersion(counts: ArrayLike, years: ArrayLike) -> float:
    """Return how many times more than independent events the counts vary, at least 1.

    Parameters
    ----------
    counts : array_like, shape (replication,)
        Events in each replication.
    years : array_like, shape (replication,)
        Its length.
    """
    count, exposure = np.asarray(counts, dtype=np.float64), np.asarray(years, dtype=np.float64)
    if count.size < 2 or count.sum() == 0:
        return 1.0
    expected = count.sum() / exposure.sum() * exposure
    spread = float(((count - expected) ** 2).sum()) * count.size / (count.size - 1)
    return max(1.0, spread / float(expected.sum()))


def mean_rate(counts: ArrayLike, years: ArrayLike) -> Estimate:
    """Return events per year with a normal interval from the spread between replications.

    Parameters
    ----------
    counts : array_like, shape (replication,)
        Events in each replication; they may come in bursts.
    years : array_like, shape (replication,)
        Its length.

    Returns
    -------
    Estimate
        A ratio of sums, so short histories weigh less. A single replication, or so few
        replications with an event that the normal law would mislead (fewer than 30), falls back on
        `counted_rate` with the counts' own dispersion.

    References
    ----------
    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., section 6.3.
    """
    count, exposure = np.asarray(counts, dtype=np.float64), np.asarray(years, dtype=np.float64)
    events, total = round(float(count.sum())), float(exposure.sum())
    if int((count > 0).sum()) < 30 or total <= 0:
        return counted_rate(events, total, dispersion(count, exposure))
    rate = events / total
    spread = float(((count - rate * exposure) ** 2).sum()) * count.size / (count.size - 1)
    half = Z95 * math.sqrt(spread) / total
    return Estimate(rate, max(0.0, rate - half), rate + half, total, "rate")
