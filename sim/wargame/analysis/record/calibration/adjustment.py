"""Regression adjustment of accepted draws, within each parameter's range; weighted quantiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wargame.findings import Estimate
from wargame.scenario.parameters import Parameter, triangular

Floats = NDArray[np.float64]


def adjust(values: Floats, gaps: Floats, weights: Floats) -> Floats:
    """Move parameters to where the patterns would match, by local linear regression.

    Parameters
    ----------
    values : ndarray, shape (kept,)
        A parameter, on a scale without bounds.
    gaps : ndarray, shape (kept, pattern)
        Simulated less observed patterns.
    weights : ndarray, shape (kept,)
        Of the nearness of each draw; above 0.

    Returns
    -------
    ndarray, shape (kept,)
        values less what the gaps explain.

    References
    ----------
    Beaumont, M. A., Zhang, W. and Balding, D. J. (2002), Genetics 162, 2025-2035.
    """
    root = np.sqrt(weights)[:, None]
    design = np.column_stack([np.ones(len(values)), gaps])
    solution, *_ = np.linalg.lstsq(design * root, values * root[:, 0], rcond=None)
    moved: Floats = values - gaps @ solution[1:]
    return moved


def quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> tuple[float, ...]:
    """Return weighted quantiles.

    Parameters
    ----------
    values, weights : ndarray, shape (sample,)
    shares : sequence of float
        0..1.
    """
    order = np.argsort(values)
    upto = np.cumsum(weights[order]) - 0.5 * weights[order]
    return tuple(float(x) for x in np.interp(shares, upto / weights.sum(), values[order]))


def adjust_within(prior: Parameter, values: Floats, gaps: Floats, weights: Floats) -> Floats:
    """Adjust on the logit of the range, so that nothing leaves it."""
    low, high = _range_of(prior)
    inner = np.clip((values - low) / (high - low), 1e-6, 1 - 1e-6)
    moved = adjust(np.log(inner / (1 - inner)), gaps, weights)
    return low + (high - low) / (1 + np.exp(-moved))


def spans(prior: Parameter, values: Floats, weights: Floats) -> tuple[Estimate, Estimate]:
    """Return median and 95% range before and after."""
    low, high = _range_of(prior)
    ends = np.array((0.5, 0.025, 0.975))
    before = triangular(ends, low, prior.value, high)
    after = quantiles(values, weights, ends.tolist())
    first, then = ((float(at[0]), float(at[1]), float(at[2])) for at in (before, after))
    return Estimate(*first), Estimate(*then)


def _range_of(parameter: Parameter) -> tuple[float, float]:
    assert parameter.low is not None  # it is uncertain
    assert parameter.high is not None
    return parameter.low, parameter.high
