"""A witness to one history: notes how each act is read and each choice is weighed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wargame.classroom.history.weights import base_terms
from wargame.engine.ensemble.chunks import Chunk

if TYPE_CHECKING:
    from wargame.engine.decision import Decision, Met
    from wargame.engine.model import Crisis


class Witness:
    """Writes down what the only replication of a chunk reads, weighs and draws.

    Parameters
    ----------
    chunk : Chunk
        With one replication, and fixed numbers.

    Attributes
    ----------
    meetings : list of Met
    decisions : list of Decision
        Both in the order of turns, links and actors.
    """

    def __init__(self, chunk: Chunk) -> None:
        self._scenario = chunk.scenario
        self.meetings: list[Met] = []
        self.decisions: list[Decision] = []

    def __call__(self, model: Crisis) -> None:
        """Note what every actor meets and decides in the link about to be played."""
        from wargame.engine.decision import answer_of, opening_of

        if not model.living():
            return
        for place in range(len(model.world.actors)):
            if model.link == 0:
                decision = opening_of(model, 0, place)
                acts = not decision.bound and decision.draw < decision.chance
            else:
                answer = answer_of(model, 0, place)
                if answer is None or answer.met is None:
                    continue
                decision, acts = answer, answer.met.answers
                self.meetings.append(answer.met)
            if acts:
                base = base_terms(
                    self._scenario, decision.actor, decision.menu, decision.met is None
                )
                self.decisions.append(replace(decision, terms=base | decision.terms))
