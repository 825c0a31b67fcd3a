"""How many incidents one incident sets off: a self-exciting process fitted to incident days.

The rate of incidents on day t is ``m + n w sum of exp(-w (t - s))`` over earlier incident
days s: ``n`` is the branching number, 1/w the days over which the effect falls to a third.
At its maximum the likelihood balances the number of days exactly, which gives m from n and
w; for given w it is concave in n. So the fit is one bisection for each w of a fixed ladder,
done for many histories at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import Streams

DECAYS = np.geomspace(1.5, 250.0, 28)
"""Days over which the effect of an incident may fall to a third."""

_STEPS = 30
_DROP = 1.920729410347062
"""Half the 95% point of chi-square with one degree of freedom."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Contagion:
    """Fits of many histories.

    Attributes
    ----------
    branching : ndarray, shape (history,)
        Incident days set off by one, 0 or more; nan with fewer than 10 days.
    decay : ndarray, shape (history,)
        Days; the value of `DECAYS` that fits best.
    gain : ndarray, shape (history,)
        Log-likelihood above that of a constant rate, 0 or more.
    """

    branching: Floats
    decay: Floats
    gain: Floats


def place_days(weekly: NDArray[np.integer], seed: int = 1, purpose: str = "day") -> list[Floats]:
    """Place incidents on days inside their week, by keyed uniform draws.

    Parameters
    ----------
    weekly : ndarray of int, shape (history, week)
        Incidents a week.
    seed : int
        Of the draws.
    purpose : str
        Names the draws.

    Returns
    -------
    list of ndarray
        For each history the different days with an incident, rising, 0 the first.
    """
    histories, weeks = weekly.shape
    most = int(weekly.max(initial=0))
    streams = Streams(seed, 0, histories * weeks)
    days: list[list[Floats]] = [[] for _ in range(histories)]
    for number in range(most):
        history, week = (weekly > number).nonzero()
        uniforms = streams.at(history * weeks + week, purpose, number)
        day = np.floor(7.0 * week + 7.0 * uniforms)
        for place, part in enumerate(np.split(day, np.searchsorted(history, range(1, histories)))):
            days[place].append(part)
    return [np.unique(np.concatenate(parts or [np.zeros(0)])).astype(np.float64) for parts in days]


def fit_contagion(days: list[Floats], span: float) -> Contagion:
    """Fit the process to each history by maximum likelihood.

    Parameters
    ----------
    days : list of ndarray
        Incident days of each history, rising, within 0..span.
    span : float
        Days observed.

    References
    ----------
    Ogata, Y. (1978), Annals of the Institute of Statistical Mathematics 30, 243-261 (maximum
    likelihood); Ozaki, T. (1979), the same 31, 145-155 (the recursion for exponential decay).
    """
    counts = np.array([len(part) for part in days])
    enough = counts >= 10
    branching = np.full(len(days), np.nan)
    decay, gain = np.full(len(days), np.nan), np.full(len(days), np.nan)
    if enough.any():
        used = [part for part, fits in zip(days, enough, strict=True) if fits]
        best = np.full(len(used), -np.inf)
        peak, at = np.zeros(len(used)), np.zeros(len(used))
        for mean_days in DECAYS:
            slope, base, known = _terms(used, span, 1.0 / mean_days)
            number = _best_branching(slope, base, known)
            height = _height(number, slope, base, known)
            better = height > best
            best = np.where(better, height, best)
            peak, at = np.where(better, number, peak), np.where(better, mean_days, at)
        branching[enough], decay[enough], gain[enough] = peak, at, best
    return Contagion(branching, decay, gain)


def profile_interval(days: Floats, span: float) -> tuple[float, float]:
    """Return the 95% interval of one history's branching number from its profile likelihood.

    Parameters
    ----------
    days : ndarray
        Incident days, rising.
    span : float
        Days observed.
    """
    grid = np.arange(0.0, 1.5, 0.005)
    profile = np.full(len(grid), -np.inf)
    for mean_days in DECAYS:
        slope, base, known = _terms([days], span, 1.0 / mean_days)
        many = np.zeros((len(grid), 1))
        height = _height(grid, slope + many, base + many, np.broadcast_to(known, slope.shape))
        profile = np.maximum(profile, height)
    inside = grid[profile >= profile.max() - _DROP]
    return float(inside[0]), float(inside[-1])


def _terms(
    days: list[Floats], span: float, rate: float
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return the likelihood's parts: the rate on each day is base + n x slope.

    The base rate of incidents is what the balance leaves: (N - n K)/span.
    """
    longest = max(len(part) for part in days)
    padded = np.full((len(days), longest), np.nan)
    for row, part in zip(padded, days, strict=True):
        row[: len(part)] = part
    known = ~np.isnan(padded)
    felt = np.zeros(padded.shape)
    for place in range(1, longest):
        fade = np.exp(-rate * (padded[:, place] - padded[:, place - 1]))
        felt[:, place] = fade * (1.0 + felt[:, place - 1])
    seen = np.where(known, -np.expm1(-rate * (span - padded)), 0.0).sum(axis=1, keepdims=True)
    number = known.sum(axis=1, keepdims=True)
    base = np.broadcast_to(number / span, padded.shape)
    slope = np.where(known, rate * felt - seen / span, 0.0)
    return slope, base, known


def _best_branching(slope: Floats, base: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return the best branching number, 0 where none helps: a root of the derivative."""
    low = np.zeros(len(slope))
    lowest = slope.min(axis=1)
    with np.errstate(divide="ignore"):
        limit = np.where(lowest < 0, -base[:, 0] / lowest, 10.0)
    high = np.minimum(limit * (1 - 1e-9), 10.0)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        rising = np.where(known, slope / (base + middle[:, None] * slope), 0.0).sum(axis=1) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.where(high < 1e-6, 0.0, low)


def _height(number: Floats, slope: Floats, base: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return the log-likelihood above that of a constant rate; -inf where it is not defined."""
    ratio = 1.0 + number[:, None] * slope / base
    lawful = np.where(known, ratio > 0, True).all(axis=1)
    logs = np.log(np.where(known & (ratio > 0), ratio, 1.0)).sum(axis=1)
    return np.where(lawful, logs, -np.inf)
