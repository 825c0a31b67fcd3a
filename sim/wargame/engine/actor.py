"""`Actor`: one Mesa agent per state, deciding in every history of its block.

An actor reads the world as it stood when the phase began and writes only its own acts, so all
decide simultaneously and their order cannot matter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa

from wargame.engine import phases
from wargame.engine.decision import Decision, answer_of, do, opening_of

Policy = Callable[[Decision], int]
"""Decision -> place in its menu, -1 for nothing."""

Tables = tuple[Any, Any, Any, int, Any, Any]


class Actor(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A state, taken as one decision-maker.

    Override `decide`, or give a policy, to bring an actor of your own.

    Parameters
    ----------
    model : Crisis
        The block it belongs to.
    place : int
        Its index among the actors.
    policy : callable, optional
        Decides in place of the laws, as `decide` does.
    """

    model: Any

    def __init__(self, model: Any, place: int, policy: Policy | None = None) -> None:
        super().__init__(model)
        self.place, self._policy = place, policy
        self.id: str = model.world.actors[place]

    def decide(self, decision: Decision) -> int:
        """Return the action to open or to answer with in one history, -1 for none.

        Parameters
        ----------
        decision : Decision
            What is on offer, what the laws weigh and would do. It is asked in every turn, and about
            every act that is taken up; an order or an act of the calendar comes before it.

        Returns
        -------
        int
            A place in `decision.menu`, one that is on offer.
        """
        return decision.pick if self._policy is None else self._policy(decision)

    def decides_itself(self) -> bool:
        """Return whether it is anything else than the laws."""
        return self._policy is not None or type(self).decide is not Actor.decide

    def open(self) -> None:
        """Open in every history, if it does."""
        if not self.decides_itself():
            tables: Tables = self.model.tables
            phases.open_all(*tables, self.place)
            return
        for history in self.model.living():
            decision = opening_of(self.model, history, self.place)
            pick = decision.pick if decision.bound else self.decide(decision)
            do(self.model, history, self.place, decision, pick)

    def react(self) -> None:
        """Answer the acts of the link before in every history, if it does."""
        if not self.decides_itself():
            tables: Tables = self.model.tables
            phases.answer_all(*tables, self.model.link, self.place)
            return
        for history in self.model.living():
            decision = answer_of(self.model, history, self.place)
            if decision is not None:
                pick = decision.pick if decision.bound else self.decide(decision)
                do(self.model, history, self.place, decision, pick)
