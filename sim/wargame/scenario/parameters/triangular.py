"""The triangular law: what an uncertain number is drawn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def triangular(
    uniforms: NDArray[np.float64], low: float, mode: float, high: float
) -> NDArray[np.float64]:
    """Inverse cumulative distribution of the triangular law.

    Parameters
    ----------
    uniforms : ndarray, any shape
        On [0, 1).
    low, mode, high : float
        low <= mode <= high. With low == high the value is that number.

    Returns
    -------
    ndarray, same shape
        On [low, high].
    """
    if high <= low:
        return np.full(uniforms.shape, mode)
    width = high - low
    turning = (mode - low) / width
    rising = low + np.sqrt(uniforms * width * (mode - low))
    falling = high - np.sqrt((1.0 - uniforms) * width * (high - mode))
    return np.where(uniforms < turning, rising, falling)
