"""`Actor`: one Mesa agent per state, deciding in every history of its block.

An actor reads the world as it stood when the phase began and writes only its own acts, so all
decide simultaneously and their order cannot matter.
"""

from __future__ import annotations

from typing import Any

import mesa

from wargame.engine import phases
from wargame.engine.decision import Decision, answer_of, do, opening_of

Tables = tuple[Any, Any, Any, int, Any, Any]


class Actor(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A state, taken as one decision-maker.

    Override `decide` to bring an actor of your own.

    Parameters
    ----------
    model : Crisis
        The block it belongs to.
    place : int
        Its index among the actors.
    """

    model: Any

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model)
        self.place = place
        self.id: str = model.world.actors[place]

    def decide(self, choice: Decision) -> int:
        """Return the action to open or to answer with in one history, -1 for none.

        Parameters
        ----------
        choice : Decision
            What is on offer, what the laws weigh and would do. It is asked in every turn, and about
            every act that is taken up; an order or an act of the calendar comes before it.

        Returns
        -------
        int
            A place in `choice.menu`, one that is on offer.
        """
        return choice.pick

    def decides_itself(self) -> bool:
        """Return whether it is anything else than the laws."""
        return type(self).decide is not Actor.decide

    def open(self) -> None:
        """Open in every history, if it does."""
        if not self.decides_itself():
            tables: Tables = self.model.tables
            phases.open_all(*tables, self.place)
            return
        for history in self.model.living():
            choice = opening_of(self.model, history, self.place)
            pick = choice.pick if choice.bound else self.decide(choice)
            do(self.model, history, self.place, choice, pick)

    def react(self) -> None:
        """Answer the acts of the link before in every history, if it does."""
        if not self.decides_itself():
            tables: Tables = self.model.tables
            phases.answer_all(*tables, self.model.link, self.place)
            return
        for history in self.model.living():
            choice = answer_of(self.model, history, self.place)
            if choice is not None:
                pick = choice.pick if choice.bound else self.decide(choice)
                do(self.model, history, self.place, choice, pick)
