"""A witness to one history: notes how each act is read and each choice is weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wargame.classroom.history.decisions import Decision, Met
from wargame.classroom.history.weights import base_terms
from wargame.engine import rules
from wargame.engine.acts import NOBODY
from wargame.engine.chunks import Chunk
from wargame.engine.menus import value_at
from wargame.engine.policies import HOLD, MODEL, Order, Orders

if TYPE_CHECKING:
    from wargame.engine.observer import Choice, Chooser
    from wargame.engine.provocations import Provocations


class Witness:
    """Writes down what the only replication of a chunk reads, weighs and draws.

    Parameters
    ----------
    chunk : Chunk
        With one replication, and fixed numbers.

    Attributes
    ----------
    decisions : list of Decision
        Both in the order of turns, links and actors.
    """

    def __init__(self, chunk: Chunk) -> None:
        self._scenario = chunk.scenario
        self._orders: Orders = chunk.orders or {}
        self.meetings: list[Met] = []
        self.decisions: list[Decision] = []

    def met(self, actor: Chooser, provocations: Provocations) -> None:
        """Note what an actor takes up, how it reads it, and whether it will answer."""
        model, rows = actor.model, provocations.replications
        names = model.tables.actors
        standing = self._standing(actor)
        perceived = actor.perceive(provocations)
        most, damping = provocations.weight, 1.0
        if model.link > 1:
            damping = float(value_at(model.tables.damping, rows)[0])
            most = most * damping
        chances = [value_at(numbers, rows) for numbers in model.tables.chances]
        willing = rules.reply_chance(perceived, chances) if standing == MODEL else np.ones(1)
        chance = most * willing
        draw = float(actor.draw(rows, "reply")[0])
        behalf = int(provocations.behalf[0])
        self.meetings.append(
            Met(
                turn=model.turn,
                link=model.link,
                actor=actor.id,
                provoker=names[int(provocations.provoker[0])],
                behalf=None if behalf == NOBODY else names[behalf],
                trigger=int(provocations.trigger[0]),
                perceived=float(perceived[0]),
                weight=float(provocations.weight[0]),
                damping=damping,
                willing=float(willing[0]),
                chance=float(chance[0]) if standing != HOLD else 0.0,
                draw=draw,
                answers=standing != HOLD and draw < chance[0],
            )
        )

    def chose(self, choice: Choice) -> None:
        """Note a choice, with each term of its logits."""
        actor, opening = choice.actor, choice.provocations is None
        model, menu = actor.model, actor.menu
        if opening:
            met = None
            chance = float(rules.opening_chance(actor.hazard())[0])
            draw = float(model.streams.at(choice.rows, "initiate", model.turn, actor.id)[0])
        else:
            met = self.meetings[-1]
            chance, draw = met.chance, met.draw
        width = len(menu.ids)
        terms = base_terms(self._scenario, actor.id, menu.ids, opening)
        terms |= {name: term[:, 0] for name, term in choice.terms.items()}
        self.decisions.append(
            Decision(
                turn=model.turn,
                link=model.link,
                actor=actor.id,
                met=met,
                chance=chance,
                draw=draw,
                standing=MODEL if opening else self._standing(actor),
                menu=menu.ids,
                rungs=menu.rungs,
                offered=choice.offered[:, 0],
                terms=terms,
                logits=np.broadcast_to(choice.logits[:, :1], (width, 1))[:, 0].copy(),
                choice_draw=float(actor.draw(choice.rows, "choose")[0]),
                pick=int(choice.picks[0]),
            )
        )

    def _standing(self, actor: Chooser) -> str:
        return self._orders.get((actor.model.turn, actor.id), Order()).standing
