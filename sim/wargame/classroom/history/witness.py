"""A witness to one history: notes how each act is read and each choice is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wargame.engine import rules
from wargame.engine.acts import NOBODY
from wargame.engine.chunks import Chunk
from wargame.engine.menus import value_at
from wargame.engine.policies import HOLD, MODEL, Order, Orders
from wargame.scenario.schema import Action, Scenario

if TYPE_CHECKING:
    from wargame.engine.observer import Choice, Chooser
    from wargame.engine.provocations import Provocations

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Met:
    """An act that an actor takes up, and whether it answers.

    Attributes
    ----------
    turn, link : int
        Of the answer, if any; the act stood in the link before.
    actor, provoker : str
        Ids.
    behalf : str or None
        The ally it would answer for.
    trigger : int
        The act's realised rung: the truth.
    perceived : float
        The rung as this actor read it.
    weight : float
        1 for a target, else the commitment.
    damping, willing : float
        What the place in the chain leaves of the chance, 1 for an answer to an opening; the chance
        of answering an act read as this one, 1 under an order.
    chance, draw : float
        weight x damping x willing; it answers if the draw is below the chance.
    """

    turn: int
    link: int
    actor: str
    provoker: str
    behalf: str | None
    trigger: int
    perceived: float
    weight: float
    damping: float
    willing: float
    chance: float
    draw: float
    answers: bool

    @property
    def misread(self) -> int:
        """Rungs by which the act was read too high (+) or too low (-), after rounding."""
        return round(self.perceived) - self.trigger


@dataclass(frozen=True)
class Decision:
    """An actor choosing among its actions.

    Attributes
    ----------
    met : Met or None
        What it answers; None for an opening.
    chance, draw : float
        Of acting at all: it does if the draw is below the chance.
    standing : str
        How answers are picked: "model", or a standing order.
    menu : tuple of str
        Action ids, in the engine's order.
    rungs : ndarray of int8, shape (action,)
    offered : ndarray of bool, shape (action,)
    terms : dict of str to ndarray, shape (action,)
        Added in this order they give `logits` to the last bit.
    logits : ndarray, shape (action,)
        As the engine had them.
    choice_draw : float
        The draw among the actions on offer.
    pick : int
        What it took, -1 for nothing.
    """

    turn: int
    link: int
    actor: str
    met: Met | None
    chance: float
    draw: float
    standing: str
    menu: tuple[str, ...]
    rungs: NDArray[np.int8]
    offered: NDArray[np.bool_]
    terms: dict[str, Floats]
    logits: Floats
    choice_draw: float
    pick: int


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


def base_terms(
    scenario: Scenario, actor: str, menu: tuple[str, ...], opening: bool
) -> dict[str, Floats]:
    """Return the terms of a choice that do not depend on the moment, shape (action,) each.

    Parameters
    ----------
    scenario : Scenario
        With fixed numbers.
    menu : tuple of str
        Action ids in the wanted order.
    opening : bool
        Whether the choice opens, or answers.

    Returns
    -------
    dict of str to ndarray
        "cost", "goal NAME" for each goal, "inclination"; added in this order they give the
        engine's base.
    """
    actions = [find_action(scenario, actor, name) for name in menu]
    goals = scenario.actors[actor].goals
    terms = {"cost": np.array([-action.cost.value for action in actions])}
    for goal in sorted(goals):
        served = [
            goals[goal].value * action.gains[goal].value if goal in action.gains else 0.0
            for action in actions
        ]
        if any(served):
            terms[f"goal {goal}"] = np.array(served)
    biases = [action.initiative if opening else action.reply for action in actions]
    terms["inclination"] = np.array([0.0 if bias is None else bias.value for bias in biases])
    return terms


def find_action(scenario: Scenario, actor: str, action: str) -> Action:
    """Return an entry of an actor's menu by its id."""
    return next(item for item in scenario.actors[actor].actions if item.id == action)
