"""Tango's interval for a difference of paired shares."""

from __future__ import annotations

import math
from collections.abc import Callable

from wargame.findings import Z95


def tango(gained: int, lost: int, total: int) -> tuple[float, float]:
    """Return the 95% score interval of (gained - lost) / total for paired yes-or-no data.

    Parameters
    ----------
    gained : int
        Pairs with yes only in the second.
    lost : int
        Pairs with yes only in the first.
    total : int
        All pairs, 1 or more; gained + lost <= total.

    Returns
    -------
    low, high : float
        -1..1. It keeps a width even when no pair differs.

    References
    ----------
    Tango, T. (1998), Equivalence test and confidence interval for the difference in proportions
    for the paired-sample design, Statistics in Medicine 17(8), 891-908.
    """

    def excess(delta: float) -> float:
        """Return the score statistic's square over its bound, minus one, times a scale."""
        middle = -gained - lost + (2 * total - gained + lost) * delta
        root = math.sqrt(max(0.0, middle**2 + 8 * total * lost * delta * (1 - delta)))
        unseen = (root - middle) / (4 * total)  # restricted estimate of P(yes only in the first)
        spread = total * (2 * unseen + delta * (1 - delta))
        return (gained - lost - total * delta) ** 2 - Z95**2 * max(spread, 0.0)

    value = (gained - lost) / total
    return _root(excess, value, -1.0), _root(excess, value, 1.0)


def _root(excess: Callable[[float], float], inside: float, outside: float) -> float:
    """Halve the stretch between a point inside the interval and one at or past its end."""
    if excess(outside) <= 0:
        return outside
    for _ in range(60):
        middle = (inside + outside) / 2
        if excess(middle) > 0:
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2
