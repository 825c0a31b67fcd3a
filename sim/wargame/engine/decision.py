"""A choice laid open: what an actor meets, what is on offer, what the laws weigh and would do.

For whoever explains a history, and for actors of one's own; made by the same laws that play.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.chance import uniform
from wargame.engine.policies import HOLD, MODEL, NOTHING, OPEN_AS_MODEL, POLICIES
from wargame.engine.rules import answering, opening
from wargame.engine.rules.acting import carry_out
from wargame.engine.rules.choosing import on_offer
from wargame.engine.rules.tension import pull, strongest_felt
from wargame.engine.world.layout import NOBODY
from wargame.errors import UsageError

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
    """An actor choosing among its actions, in one history.

    Attributes
    ----------
    met : Met or None
        What it answers; None for an opening.
    chance, draw : float
        Of acting at all: the model does if the draw is below the chance.
    standing : str
        How answers are picked: "model", or a standing order.
    bound : bool
        Whether an order or the calendar decides.
    menu : tuple of str
        Action ids, by rung, then id.
    rungs : ndarray of int, shape (action,)
    offered : ndarray of bool, shape (action,)
    terms : dict of str to ndarray, shape (action,)
        What was added to the base of each action to give the logits.
    logits : ndarray, shape (action,)
        As the laws have them.
    choice_draw : float
        The draw among the actions on offer.
    pick : int
        What the laws take, -1 for nothing.
    """

    turn: int
    link: int
    actor: str
    met: Met | None
    chance: float
    draw: float
    standing: str
    bound: bool
    menu: tuple[str, ...]
    rungs: NDArray[np.int64]
    offered: NDArray[np.bool_]
    terms: dict[str, Floats]
    logits: Floats
    choice_draw: float
    pick: int


@dataclass(frozen=True)
class _At:
    """One actor in one history of a model, as records."""

    world: Any
    numbers: Any
    turn: Any
    state: Any
    work: Any
    link: int
    actor: int

    @classmethod
    def of(cls, model: Any, history: int, actor: int) -> _At:
        own = model.numbers[history if len(model.numbers) > 1 else 0]
        records = model.world.record[0], own, model.turns[model.turn - 1]
        state = model.states[history], model.work[0]
        return cls(*records, *state, model.link, actor)

    @property
    def laws(self) -> tuple[Any, Any, Any, Any]:
        return self.world, self.numbers, self.turn, self.state

    def draw(self, key: Any) -> float:
        return float(uniform(self.state["counter"], key))

    @property
    def menu(self) -> range:
        first = self.world["first"]
        return range(int(first[self.actor]), int(first[self.actor + 1]))

    def tension(self) -> float:
        """Return the strongest tension the actor feels, where its choices depend on it."""
        if self.numbers["spiral"][self.actor] == 0.0:
            return 0.0
        turn = int(self.turn["number"])
        return float(strongest_felt(self.world, self.numbers, self.state, self.actor, turn))

    def on_offer(self, action: int) -> bool:
        turn = int(self.turn["number"])
        return bool(on_offer(self.world, self.numbers, self.state, action, turn))


def offers_of(model: Any, history: int, actor: int) -> tuple[str, ...]:
    """Return the actions an actor could be told to open with, in menu order."""
    at, menu = _At.of(model, history, actor), model.world.menus[model.world.actors[actor]]
    return tuple(name for name, action in zip(menu, at.menu, strict=True) if at.on_offer(action))


def opening_of(model: Any, history: int, actor: int) -> Decision:
    """Return the choice of an opening, in a history of a model about to play link 0."""
    at = _At.of(model, history, actor)
    ordered, forced = int(at.turn["opening"][actor]), int(at.turn["forced"][actor])
    bound = ordered != OPEN_AS_MODEL or forced >= 0
    spiral = at.numbers["spiral"][actor]
    terms = {"spiral": _column(at, pull, spiral, at.tension())} if spiral != 0.0 else {}
    base = at.numbers["opening_base"][at.menu.start : at.menu.stop]
    logits = base + terms["spiral"] if terms else base.copy()
    pick = opening.choose_opening(*at.laws, at.work, actor)
    return Decision(
        turn=model.turn,
        link=0,
        actor=model.world.actors[actor],
        met=None,
        chance=float(opening.opening_chance(opening.hazard(*at.laws, actor))),
        draw=at.draw(at.turn["open_key"][actor]),
        standing=MODEL,
        bound=bound,
        menu=model.world.menus[model.world.actors[actor]],
        rungs=at.world["rung"][at.menu.start : at.menu.stop],
        offered=np.array([at.world["opens"][a] != 0 and at.on_offer(a) for a in at.menu]),
        terms=terms,
        logits=logits,
        choice_draw=at.draw(at.turn["choose_key"][0, actor]),
        pick=_in_menu(at, pick),
    )


def answer_of(model: Any, history: int, actor: int) -> Decision | None:
    """Return the choice of an answer, in a history of a model about to play a link.

    Returns
    -------
    Decision or None
        None if the actor takes up no act of the link before.
    """
    at = _At.of(model, history, actor)
    place = answering.take_up(*at.laws, at.link, actor)
    if place == NOBODY:
        return None
    met = _meet(model, at, at.state["act"][place])
    provoker = int(at.state["act"][place]["actor"])
    numbers, world, tension = at.numbers, at.world, at.tension()
    terms = {
        "reciprocity": _column(
            at,
            lambda reciprocity, seen, rung: answering.reciprocity_term(rung, seen, reciprocity),
            numbers["reciprocity"][actor],
            met.perceived,
        ),
        "restraint": np.array(
            [
                answering.restraint_term(world["above_firebreak"][a], numbers["restraint"][actor])
                for a in at.menu
            ]
        ),
    }
    cost = numbers["audience_cost"][actor]
    if cost != 0.0:
        terms["audience"] = np.array(
            [
                answering.audience_term(
                    int(world["rung"][a]), met.perceived, numbers["public"][a], cost
                )
                for a in at.menu
            ]
        )
    if numbers["spiral"][actor] != 0.0:
        terms["spiral"] = _column(at, pull, numbers["spiral"][actor], tension)
    pick = answering.choose_answer(*at.laws, at.work, at.link, actor, provoker, met.perceived)
    return Decision(
        turn=model.turn,
        link=at.link,
        actor=met.actor,
        met=met,
        chance=met.chance,
        draw=met.draw,
        standing=POLICIES[int(at.turn["standing"][actor])],
        bound=int(at.turn["standing"][actor]) != POLICIES.index(MODEL),
        menu=model.world.menus[met.actor],
        rungs=world["rung"][at.menu.start : at.menu.stop],
        offered=np.array(
            [
                bool(world["answers"][a] and world["aimed"][a, provoker]) and at.on_offer(a)
                for a in at.menu
            ]
        ),
        terms=terms,
        logits=np.array(
            [
                answering.answer_logit(world, numbers, actor, a, met.perceived, tension)
                for a in at.menu
            ]
        ),
        choice_draw=at.draw(at.turn["choose_key"][at.link, actor]),
        pick=_in_menu(at, pick if met.answers else NOTHING),
    )


def do(model: Any, history: int, actor: int, choice: Decision, pick: int) -> None:
    """Carry out what an actor decided.

    Parameters
    ----------
    pick : int
        A place in the choice's menu, -1 for nothing.

    Raises
    ------
    UsageError
        If that is not on offer.
    """
    if pick == NOTHING and choice.met is None:
        return
    if pick != NOTHING and not choice.bound and not choice.offered[pick]:
        raise UsageError(
            f"{choice.actor} decided for '{choice.menu[pick]}' in turn {choice.turn}, which is not "
            "on offer. Pick a place where «offered» is true, or -1."
        )
    at = _At.of(model, history, actor)
    if choice.met is None:
        carry_out(*at.laws, 0, actor, at.menu[pick], NOBODY, 0, NOBODY, np.nan)
    else:
        action = NOTHING if pick < 0 else at.menu[pick]
        place = answering.take_up(*at.laws, at.link, actor)
        books = at.work, at.link, actor
        answering.answer_with(*at.laws, *books, place, action, choice.met.perceived)


def _meet(model: Any, at: _At, act: Any) -> Met:
    actor, numbers = at.actor, at.numbers
    standing = POLICIES[int(at.turn["standing"][actor])]
    weight = float(numbers["weight"][actor, act["place"]])
    behalf = int(numbers["behalf"][actor, act["place"]])
    trigger = int(act["realised"])
    perceived = float(answering.read(*at.laws[1:], at.link, actor, trigger))
    most = answering.largest_reply_chance(numbers, weight, at.link)
    willing = float(answering.willing(numbers, perceived)) if standing == MODEL else 1.0
    chance = most * willing if standing != HOLD else 0.0
    draw = at.draw(at.turn["reply_key"][at.link, actor])
    names = model.world.actors
    return Met(
        turn=model.turn,
        link=at.link,
        actor=names[actor],
        provoker=names[int(act["actor"])],
        behalf=None if behalf == NOBODY else names[behalf],
        trigger=trigger,
        perceived=perceived,
        weight=weight,
        damping=float(numbers["damping"]) if at.link > 1 else 1.0,
        willing=willing,
        chance=chance,
        draw=draw,
        answers=draw < chance,
    )


def _column(at: _At, law: Any, *values: float) -> Floats:
    """Return what a law says of every entry of the menu by its rung."""
    return np.array([law(*values, int(at.world["rung"][a])) for a in at.menu])


def _in_menu(at: _At, action: int) -> int:
    return NOTHING if action < 0 else int(action) - at.menu.start
