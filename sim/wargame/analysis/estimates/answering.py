"""How an action was answered: by whom, how often, how severely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import RUNG_AXIS, Results
from wargame.findings import wilson


@dataclass(frozen=True)
class Answers:
    """What answered what: acts aimed at an actor, by rung, against the rung of its answer.

    Attributes
    ----------
    triggers : tuple of int
        Rungs that were met at least once, rising.
    columns : tuple of int
        Rungs of answers, every rung from -2 to 9.
    count : ndarray of int64, shape (trigger, column + 1)
        The last column counts those not answered.
    total : ndarray of int64, shape (trigger,)
        Acts met at that rung.
    share, low, high : ndarray of float64, shape (trigger, column + 1)
        Of the acts met at that rung.
    """

    triggers: tuple[int, ...]
    columns: tuple[int, ...]
    count: NDArray[np.int64]
    total: NDArray[np.int64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def answers(results: Results) -> Answers:
    """Return what answered what: shares of the acts met, by rung."""
    total = results.answers.sum(axis=1)
    met = np.flatnonzero(total)
    count, size = results.answers[met], total[met]
    low, high = wilson(count, size[:, None])
    return Answers(
        tuple(RUNG_AXIS[index] for index in met),
        RUNG_AXIS,
        count,
        size,
        count / size[:, None],
        low,
        high,
    )
