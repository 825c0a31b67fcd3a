"""Ratios of counts: no number where there is nothing to divide by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ratio(count: NDArray[np.generic], total: NDArray[np.generic]) -> Floats:
    """Return a count over a total, not a number where the total is nothing."""
    above, below = np.asarray(count, np.float64), np.asarray(total, np.float64)
    quotient = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient
