"""The tipping point of a choice: the nearest value of one number at which another is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.decision import Decision
from wargame.engine.rules.choosing import choose_each

Floats = NDArray[np.float64]


STEPS = 400


CLOSER = 40


@dataclass(frozen=True)
class Flip:
    """A change that would have made the actor choose something else, all draws the same.

    Attributes
    ----------
    name : str
        What is changed: a term, "reading" or "draw".
    was, flips_at : float
        Its value, and the nearest value at which the choice is another.
    action : str
        What would have been chosen.
    size : float
        How far apart it moves the actions on offer, in logits; 0 for the draw.
    of : str or None
        Of an inclination: to which action.
    """

    name: str
    was: float
    flips_at: float
    action: str
    size: float
    of: str | None = None


Weigh = Callable[[Floats], Floats]
"""Values of the number that is changed, shape (row,) -> logits, shape (action, row)."""


def nearest_flip(
    decision: Decision, name: str, was: float, end: float, weigh: Weigh
) -> Flip | None:
    """Look from a number's value to an end for the first other choice, and close in on it."""
    values = np.linspace(was, end, STEPS + 1)
    chosen = picks(decision, weigh(values))
    other = np.flatnonzero(chosen != decision.pick)
    if not len(other) or other[0] == 0:
        return None
    inside, outside = values[other[0] - 1], values[other[0]]
    for _ in range(CLOSER):
        middle = (inside + outside) / 2
        if picks(decision, weigh(np.array([middle])))[0] == decision.pick:
            inside = middle
        else:
            outside = middle
    then = int(picks(decision, weigh(np.array([outside])))[0])
    before, after = weigh(np.array([was, outside])).T
    moved = float(np.ptp((after - before)[decision.offered]))
    return Flip(name, was, float(outside), decision.menu[then], moved)


def picks(decision: Decision, logits: Floats) -> NDArray[np.intp]:
    """Return which action is chosen at each value, with the draw as it was."""
    chosen: NDArray[np.intp] = choose_each(logits, decision.offered, decision.choice_draw)
    return chosen
