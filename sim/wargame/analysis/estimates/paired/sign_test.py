"""Whether pairs differ one way more than chance would have it, also among many tests.

References
----------
Dixon, W. J. and Mood, A. M. (1946), JASA 41(236), 557-566 (the sign test).
Holm, S. (1979), Scandinavian Journal of Statistics 6(2), 65-70.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def sign_test(higher: Counts, lower: Counts) -> Floats:
    """Return the two-sided chance of so uneven a split between higher and lower.

    Parameters
    ----------
    higher, lower : ndarray of int, same shape
        Pairs that differ, by the sign of the difference.

    Returns
    -------
    ndarray, same shape
        0..1; 1 where no pair differs.
    """
    from scipy.special import bdtr  # scipy is heavy to import

    fewer, differ = np.minimum(higher, lower), higher + lower
    chance = 2.0 * bdtr(fewer.astype(np.float64), np.maximum(differ, 1), 0.5)
    return np.where(differ == 0, 1.0, np.minimum(chance, 1.0))


def holm(chances: Floats) -> Floats:
    """Return chances corrected for their number, by Holm's rule.

    Parameters
    ----------
    chances : ndarray, shape (test,)
    """
    order = np.argsort(chances)
    factors = np.arange(len(chances), 0, -1)
    stepped = np.maximum.accumulate(np.minimum(chances[order] * factors, 1.0))
    corrected = np.empty_like(stepped)
    corrected[order] = stepped
    return corrected
