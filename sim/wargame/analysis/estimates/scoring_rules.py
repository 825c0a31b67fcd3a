"""Scoring rules: what chances are worth, against what happened; and a null's chances."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def brier(chance: Floats, happened: NDArray[np.integer]) -> Floats:
    """Return the Brier score of each forecast: (chance - happened) squared.

    Parameters
    ----------
    chance : ndarray, shape (forecast,)
        0..1.
    happened : ndarray of int, shape (forecast,)
        0 or 1.

    References
    ----------
    Brier, G. W. (1950), Monthly Weather Review 78, 1-3.
    """
    squared: Floats = (np.asarray(chance, np.float64) - happened) ** 2
    return squared


def ranked_probability(chances: Floats, happened: NDArray[np.integer]) -> Floats:
    """Return the ranked probability score of each forecast of an ordered class.

    Parameters
    ----------
    chances : ndarray, shape (forecast, class)
        Rows sum to 1.
    happened : ndarray of int, shape (forecast,)
        Index of the class.

    Returns
    -------
    ndarray, shape (forecast,)
        Sum over classes of the squared difference of cumulated chances; 0 is perfect.

    References
    ----------
    Epstein, E. S. (1969), Journal of Applied Meteorology 8, 985-987.
    """
    forecast = np.cumsum(chances, axis=1)
    outcome = np.arange(forecast.shape[1]) >= np.asarray(happened)[:, None]
    squared: Floats = ((forecast - outcome) ** 2).sum(axis=1)
    return squared


def poisson_chances(mean: float, classes: int) -> Floats:
    """Return the chances of 0, 1, ... incidents; the last class holds all that is more.

    Parameters
    ----------
    mean : float
        Above 0.
    classes : int
        At least 1.
    """
    from scipy.stats import poisson

    chances: Floats = poisson.pmf(np.arange(classes), mean)
    chances[-1] = poisson.sf(classes - 2, mean)
    return chances
