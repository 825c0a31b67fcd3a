"""What is due to chance and what to numbers that are not known, apart.

With uncertain numbers every `SHARING` histories in a row share one draw of the
uncertain numbers and differ only by chance. How much more the means of such
groups differ than chance alone would make them is the variance of the expected
outcome over the numbers (law of total variance: Var Y = E Var(Y | numbers) +
Var E(Y | numbers)), so both parts come out of one run.

References
----------
Searle, S. R., Casella, G. and McCulloch, C. E. (1992), Variance Components, ch. 3:
the analysis-of-variance estimator for groups of equal size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wargame.analysis.estimates.annual_rates import years_each
from wargame.engine.results import Results
from wargame.findings import Estimates, wilson
from wargame.scenario.ladder import outcome_classes, outcomes_allowed

SHARING = 20
"""Histories that share one draw: with a share near 1/4 whose spread is some points, about as many
as tell the spread best (Searle et al. 1992)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Split:
    """A share with its two kinds of error.

    Attributes
    ----------
    share : Estimates
        Over chance and over the numbers. The interval is the error of a finite number of
        histories (Wilson, at the number of independent histories that would know it as well).
    spread : ndarray
        Standard deviation of the share over draws of the numbers, 0..0.5.
    spread_error : ndarray
        Standard error of the squared spread.
    from_low, to_high : ndarray
        Where the share lies for 95% of the draws of the numbers: the beta law of the same mean
        and spread (an approximation of its shape); nan where the groups cannot tell the numbers
        from chance (a squared spread below two standard errors).
    explained : ndarray
        Part of the variance of single histories that is due to the numbers, 0..1.
    """

    share: Estimates
    spread: Floats
    spread_error: Floats
    from_low: Floats
    to_high: Floats
    explained: Floats


def split(hits: ArrayLike, sharing: int = SHARING) -> Split:
    """Tell chance and numbers apart for something that happens or not.

    Parameters
    ----------
    hits : array_like of bool, shape (..., replication)
        So many in a row share their numbers; an incomplete last group is left out.
    sharing : int
        2 or more.

    Returns
    -------
    Split
        Of arrays of shape (...).
    """
    from scipy.stats import beta

    groups = _groups(np.asarray(hits, dtype=np.float64), sharing)
    share = groups.mean(axis=(-1, -2))
    between, error, of_mean = _components(groups)
    chance = share * (1 - share)
    between = np.minimum(between, chance)
    explained = np.divide(between, chance, out=np.zeros_like(between), where=chance > 0)
    total = np.full(share.shape, float(groups.shape[-1] * groups.shape[-2]))
    # As many independent histories as would know the share as well.
    effective = np.divide(chance, of_mean, out=total.copy(), where=of_mean > 0)
    effective = np.minimum(effective, total)
    low, high = wilson(share * effective, effective)
    # Below two standard errors the groups cannot tell the numbers from chance.
    told = (between > 2 * error) & (explained < 1)
    size = np.divide(1.0, explained, out=np.ones_like(between), where=told) - 1.0
    a, b = np.where(told, share * size, 1.0), np.where(told, (1 - share) * size, 1.0)
    ends = [np.where(told, beta.ppf(level, a, b), np.nan) for level in (0.025, 0.975)]
    found = Estimates(share, low, high, int(groups.shape[-1] * groups.shape[-2]), "share")
    return Split(found, np.sqrt(between), error, ends[0], ends[1], explained)


def _groups(values: Floats, sharing: int) -> Floats:
    """Cut the last axis into groups that share their numbers, shape (..., group, member)."""
    whole = values.shape[-1] // sharing
    if whole < 2:
        # Too few to compare groups: every history is a group of its own.
        return values[..., np.newaxis]
    return values[..., : whole * sharing].reshape(*values.shape[:-1], whole, sharing)


def _components(groups: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the variance between groups' expectations, its standard error, that of the mean."""
    count, members = groups.shape[-2:]
    if members < 2 or count < 2:
        zero = np.zeros(groups.shape[:-2])
        return zero, zero, zero
    means = groups.mean(axis=-1)
    within = groups.var(axis=-1, ddof=1).mean(axis=-1)
    spread = means.var(axis=-1, ddof=1)
    squares = (means - means.mean(axis=-1, keepdims=True)) ** 2
    error = np.asarray(squares.std(axis=-1) / np.sqrt(count))
    between = np.asarray(np.maximum(0.0, spread - within / members))
    return between, error, np.asarray(spread / count)


def split_outcomes(results: Results) -> dict[str, Split]:
    """Return outcome -> its share split; for results whose groups share their numbers."""
    classes = outcome_classes(results.table["peak"])
    allowed = outcomes_allowed(results.scenario.world.nuclear)
    return {name: split(classes == at, results.sharing) for at, name in enumerate(allowed)}


def split_reached(results: Results, rung: int) -> Split:
    """Return the share of histories that reached a rung by each turn, split.

    Returns
    -------
    Split
        Of arrays of shape (turn,).
    """
    return split(np.maximum.accumulate(results.turn_peak >= rung, axis=0), results.sharing)


def split_rate(results: Results, column: str) -> tuple[float, float, float, float]:
    """Split a yearly rate: (rate, its Monte Carlo standard error, spread over numbers, explained).

    Parameters
    ----------
    column : str
        A count of `results.REPLICATION_COLUMNS`.
    """
    years = years_each(results)
    counts = results.table[column].astype(np.float64)
    rate = float(counts.sum() / years.sum())
    between, _, of_mean = _components(
        _groups((counts - rate * years) / years.mean(), results.sharing)
    )
    total = float(((counts - rate * years) / years.mean()).var())
    explained = min(1.0, float(between) / total) if total > 0 else 0.0
    return rate, float(np.sqrt(of_mean)), float(np.sqrt(between)), explained
