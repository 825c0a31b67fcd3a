"""Chance: uniform draws by their address, and normal ones made of them."""

from __future__ import annotations

import math

import numpy as np

from wargame.engine.compiled import rule

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)

_CENTRAL_ABOVE = (
    2509.0809287301226727,
    33430.575583588128105,
    67265.770927008700853,
    45921.953931549871457,
    13731.693765509461125,
    1971.5909503065514427,
    133.14166789178437745,
    3.387132872796366608,
)
_CENTRAL_BELOW = (
    5226.495278852854561,
    28729.085735721942674,
    39307.89580009271061,
    21213.794301586595867,
    5394.1960214247511077,
    687.1870074920579083,
    42.313330701600911252,
    1.0,
)
_MIDDLE_ABOVE = (
    7.7454501427834140764e-4,
    0.0227238449892691845833,
    0.24178072517745061177,
    1.27045825245236838258,
    3.64784832476320460504,
    5.7694972214606914055,
    4.6303378461565452959,
    1.42343711074968357734,
)
_MIDDLE_BELOW = (
    1.05075007164441684324e-9,
    5.475938084995344946e-4,
    0.0151986665636164571966,
    0.14810397642748007459,
    0.68976733498510000455,
    1.6763848301838038494,
    2.05319162663775882187,
    1.0,
)
_TAIL_ABOVE = (
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    0.0012426609473880784386,
    0.026532189526576123093,
    0.29656057182850489123,
    1.7848265399172913358,
    5.4637849111641143699,
    6.6579046435011037772,
)
_TAIL_BELOW = (
    2.04426310338993978564e-15,
    1.4215117583164458887e-7,
    1.8463183175100546818e-5,
    7.868691311456132591e-4,
    0.0148753612908506148525,
    0.13692988092273580531,
    0.59983220655588793769,
    1.0,
)


@rule
def count_from(replication: int) -> np.uint64:
    """Return what a replication's draws are counted from."""
    return (np.uint64(replication) + np.uint64(1)) * _GOLDEN


@rule
def uniform(counter: np.uint64, key: np.uint64) -> float:
    """Return the draw of a replication in a row, on (0, 1).

    Parameters
    ----------
    counter : uint64
        See `count_from`.
    key : uint64
        Of the row; see `wargame.engine.draws.row_key`.

    References
    ----------
    Steele, G. L., Lea, D. and Flood, C. H. (2014), OOPSLA '14: SplitMix64.
    """
    z = counter + key
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    z = z ^ (z >> _S31)
    return (float(np.int64(z >> _S12)) + 0.5) * 2.0**-52


@rule
def normal(u: float) -> float:
    """Return the standard normal quantile of a uniform draw.

    References
    ----------
    Wichura, M. J. (1988), Algorithm AS 241, Applied Statistics 37(3), 477-484: PPND16.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _polynomial(_CENTRAL_ABOVE, r) / _polynomial(_CENTRAL_BELOW, r)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    if r <= 5.0:
        far = _polynomial(_MIDDLE_ABOVE, r - 1.6) / _polynomial(_MIDDLE_BELOW, r - 1.6)
    else:
        far = _polynomial(_TAIL_ABOVE, r - 5.0) / _polynomial(_TAIL_BELOW, r - 5.0)
    return math.copysign(far, q)


@rule
def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    total = 0.0
    for coefficient in coefficients:  # of the highest power first
        total = total * x + coefficient
    return total
