"""The whole state of one history at the start of a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.world.layout import LASTING


@dataclass(frozen=True)
class Snapshot:
    """The whole state of one history at the start of a turn.

    Attributes
    ----------
    turn : int
        The turn about to be played, 1 is the first.
    state : ndarray of records, shape (1,)
        See `wargame.engine.world.layout`.
    turn_peak : ndarray of int8, shape (turn,)
        Highest realised rung of each turn so far.
    """

    turn: int
    state: Any
    turn_peak: NDArray[np.int8]

    @property
    def over(self) -> bool:
        """Whether the history is over."""
        return bool(self.state["over"][0])

    @property
    def peak(self) -> int:
        """Its highest rung so far."""
        return int(self.state["peak"][0])

    def leads_to_the_same(self, other: Snapshot) -> bool:
        """Return whether two moments have the same future: all but what is counted is equal."""
        return np.array_equal(self.turn_peak, other.turn_peak) and all(
            np.array_equal(self.state[name], other.state[name]) for name in LASTING
        )
