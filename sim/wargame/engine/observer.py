"""What actors, their model and somebody who looks on ask of one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wargame.engine.menus import Menu, Need
from wargame.engine.policies import Orders
from wargame.engine.provocations import Links, Provocations, Taker
from wargame.engine.rules import Weighing
from wargame.engine.state import State
from wargame.engine.streams import Streams

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


class Surroundings(Links, Protocol):
    """What an actor asks of the model it belongs to."""

    state: State
    streams: Streams
    orders: Orders
    turn: int
    link: int
    observer: Observer | None

    def living(self) -> Indices:
        """Return the replications that are not over."""

    def calendar_factor(self, place: int) -> Floats:
        """Return the product of the calendar's tempo factors for an actor this turn."""

    def forced_action(self, place: int) -> int | None:
        """Return the action the calendar forces on an actor this turn, if any."""

    def active_replications(self, place: int) -> Indices:
        """Return the replications in which an actor was active this turn."""

    def satisfied(self, need: Need, tension: Floats | None, rows: Indices) -> NDArray[np.bool_]:
        """Return where an action's requirements hold, shape (row,)."""

    def count_provocations(self, triggers: NDArray[np.int8]) -> None:
        """Count direct provocations taken up."""

    def count_answers(self, triggers: NDArray[np.int8], rungs: NDArray[np.int8]) -> None:
        """Count provocations that were answered."""


class Chooser(Taker, Protocol):
    """What an observer may ask an actor."""

    id: str
    menu: Menu

    @property
    def model(self) -> Surroundings:
        """What it plays in."""

    def hazard(self) -> Floats:
        """Return how likely it is to open."""

    def perceive(self, provocations: Provocations) -> Floats:
        """Return the rung at which it reads each act."""

    def weighing(self, rows: Indices) -> Weighing:
        """Return what its answers are weighed by."""


@dataclass(frozen=True)
class Choice:
    """An actor choosing among its actions, in some replications.

    Attributes
    ----------
    actor : Chooser
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

    actor: Chooser
    rows: NDArray[np.intp]
    offered: NDArray[np.bool_]
    logits: Floats
    terms: dict[str, Floats]
    picks: NDArray[np.intp]
    provocations: Provocations | None = None
    perceived: Floats | None = None


class Observer(Protocol):
    """What looks on; it may ask the actor anything, and must change nothing."""

    def met(self, actor: Chooser, provocations: Provocations) -> None:
        """Hear what an actor takes up, before it is known whether it answers."""

    def chose(self, choice: Choice) -> None:
        """Hear what an actor chose, before it is done."""
