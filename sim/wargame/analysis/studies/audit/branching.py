"""The branching number of excitation: how many acts an act sets off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def branching_number(
    excitation: NDArray[np.float64], memory: NDArray[np.float64], turn_days: int
) -> float:
    """Return the mean-field branching number of excitation: acts caused per act.

    An actor's excitation is renewed by each of its active turns, so one active turn adds
    ``excitation x dt x sum over turns of exp(-k dt / memory)`` further acts. Every actor
    may be excited by the same act; the number given is the sum over actors, an upper bound
    (all of them source or target of every act).

    Parameters
    ----------
    excitation : ndarray, shape (actor,)
        Acts per week added by an active turn.
    memory : ndarray, shape (actor,)
        Weeks.
    turn_days : int
        Length of a turn.

    Returns
    -------
    float
        Below 1 the process cannot explode.

    References
    ----------
    Hawkes (1971), section 3.
    """
    dt = turn_days / 7.0
    left_after_turn = np.exp(-dt / memory)
    return float((excitation * dt / (1.0 - left_after_turn)).sum())
