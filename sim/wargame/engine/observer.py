"""Somebody who looks on while a model plays: told of every choice, changing none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wargame.engine.agents import Actor
    from wargame.engine.provocations import Provocations

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """An actor choosing among its actions, in some replications.

    Attributes
    ----------
    actor : Actor
        Who; its model says when.
    rows : ndarray of int, shape (row,)
        The replications.
    offered : ndarray of bool, shape (action, row)
    logits : ndarray, shape (action, 1 or row)
    terms : dict of str to ndarray, shape (action, row)
        What was added to the base of each action to give the logits.
    picks : ndarray of int, shape (row,)
        What it took, -1 for nothing.
    provocations : Provocations or None
        What it answers; None for an opening.
    perceived : ndarray, shape (row,), or None
        How it read them, in rungs.
    """

    actor: Actor
    rows: NDArray[np.intp]
    offered: NDArray[np.bool_]
    logits: Floats
    terms: dict[str, Floats]
    picks: NDArray[np.intp]
    provocations: Provocations | None = None
    perceived: Floats | None = None


class Observer(Protocol):
    """What looks on; it may ask the actor anything, and must change nothing."""

    def met(self, actor: Actor, provocations: Provocations) -> None:
        """Hear what an actor takes up, before it is known whether it answers."""

    def chose(self, choice: Choice) -> None:
        """Hear what an actor chose, before it is done."""
