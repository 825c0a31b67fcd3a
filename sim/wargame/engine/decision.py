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
from wargame.engine.rules.choosing import offers
from wargame.engine.rules.tension import pull, strongest_felt
from wargame.engine.world.here import Here
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


def offers_of(model: Any, history: int, actor: int) -> tuple[str, ...]:
    """Return the actions an actor could be told to open with, in menu order."""
    here, menu = model.here(history), model.world.menus[model.world.actors[actor]]
    return tuple(name for name, may in zip(menu, offers(here, actor), strict=True) if may)


def opening_of(model: Any, history: int, actor: int) -> Decision:
    """Return the choice of an opening, in a history of a model about to play link 0."""
    here, actions = model.here(history), model.world.actions_of(actor)
    world, numbers, turn = here.world, here.numbers, here.turn
    own = slice(actions.start, actions.stop)
    rungs, logits = world["rung"][own], numbers["opening_base"][own].copy()
    terms = {}
    spiral = numbers["spiral"][actor]
    if spiral != 0.0:
        tension = strongest_felt(here, actor)
        terms["spiral"] = np.array([pull(spiral, tension, int(rung)) for rung in rungs])
        logits += terms["spiral"]
    pick = opening.choose_opening(here, actor)
    return Decision(
        turn=model.turn,
        link=0,
        actor=model.world.actors[actor],
        met=None,
        chance=opening.opening_chance(opening.hazard(here, actor)),
        draw=_draw(here, turn["open_key"][actor]),
        standing=MODEL,
        bound=turn["opening"][actor] != OPEN_AS_MODEL or turn["forced"][actor] >= 0,
        menu=model.world.menus[model.world.actors[actor]],
        rungs=rungs,
        offered=offers(here, actor) & (world["opens"][own] != 0),
        terms=terms,
        logits=logits,
        choice_draw=_draw(here, turn["choose_key"][0, actor]),
        pick=NOTHING if pick < 0 else int(pick) - actions.start,
    )


def answer_of(model: Any, history: int, actor: int) -> Decision | None:
    """Return the choice of an answer, in a history of a model about to play a link.

    Returns
    -------
    Decision or None
        None if the actor takes up no act of the link before.
    """
    here, actions = model.here(history), model.world.actions_of(actor)
    world, turn = here.world, here.turn
    place = answering.take_up(here, model.link, actor)
    if place == NOBODY:
        return None
    act = here.state["act"][place]
    met, provoker = _meet(model, here, actor, act), int(act["actor"])
    seen, tension = met.perceived, strongest_felt(here, actor)
    own = slice(actions.start, actions.stop)
    aimed = world["aimed"][own, provoker]
    pick = answering.choose_answer(here, model.link, actor, provoker, seen)
    return Decision(
        turn=model.turn,
        link=model.link,
        actor=met.actor,
        met=met,
        chance=met.chance,
        draw=met.draw,
        standing=POLICIES[turn["standing"][actor]],
        bound=bool(turn["standing"][actor] != POLICIES.index(MODEL)),
        menu=model.world.menus[met.actor],
        rungs=world["rung"][own],
        offered=offers(here, actor) & (world["answers"][own] != 0) & (aimed != 0),
        terms=_terms_of_answers(here, actor, actions, seen, tension),
        logits=answering.answer_logits(here, actor, seen, tension),
        choice_draw=_draw(here, turn["choose_key"][model.link, actor]),
        pick=NOTHING if pick < 0 or not met.answers else int(pick) - actions.start,
    )


def do(model: Any, history: int, actor: int, decision: Decision, pick: int) -> None:
    """Carry out what an actor decided.

    Parameters
    ----------
    pick : int
        A place in the decision's menu, -1 for nothing.

    Raises
    ------
    UsageError
        If that is not on offer.
    """
    if pick == NOTHING and decision.met is None:
        return
    if not decision.bound and pick != NOTHING and not _is_offered(decision, pick):
        name = decision.menu[pick] if _is_in(decision.menu, pick) else pick
        raise UsageError(
            f"{decision.actor} decided for {name!r} in turn {decision.turn}, link {decision.link}, "
            "which is not on offer. Return a place in the menu where `offered` is true, or -1."
        )
    here, actions = model.here(history), model.world.actions_of(actor)
    action = NOTHING if pick == NOTHING else actions[pick]
    if decision.met is None:
        carry_out(here, 0, actor, action, NOBODY, 0, NOBODY, np.nan)
    else:
        place = answering.take_up(here, model.link, actor)
        perceived = decision.met.perceived
        answering.answer_with(here, model.link, actor, place, action, perceived)


def _is_offered(decision: Decision, pick: int) -> bool:
    return _is_in(decision.menu, pick) and bool(decision.offered[pick])


def _is_in(menu: tuple[str, ...], pick: object) -> bool:
    return isinstance(pick, (int, np.integer)) and bool(0 <= pick < len(menu))


def _draw(here: Here, key: Any) -> float:
    return uniform(here.state["counter"], key)


def _meet(model: Any, here: Here, actor: int, act: Any) -> Met:
    numbers, link, names = here.numbers, model.link, model.world.actors
    standing = POLICIES[here.turn["standing"][actor]]
    weight, trigger = float(numbers["weight"][actor, act["place"]]), int(act["realised"])
    behalf = int(numbers["behalf"][actor, act["place"]])
    perceived = float(answering.read(here, link, actor, trigger))
    willing = answering.willing(here, perceived) if standing == MODEL else 1.0
    most = answering.largest_reply_chance(here, weight, link)
    chance = most * willing if standing != HOLD else 0.0
    draw = _draw(here, here.turn["reply_key"][link, actor])
    return Met(
        turn=model.turn,
        link=link,
        actor=names[actor],
        provoker=names[act["actor"]],
        behalf=None if behalf == NOBODY else names[behalf],
        trigger=trigger,
        perceived=perceived,
        weight=weight,
        damping=float(numbers["damping"]) if link > 1 else 1.0,
        willing=willing,
        chance=chance,
        draw=draw,
        answers=draw < chance,
    )


def _terms_of_answers(
    here: Here, actor: int, actions: range, seen: float, tension: float
) -> dict[str, Floats]:
    """Return what each law adds to the base of every action, to be explained."""
    world, numbers = here.world, here.numbers
    rungs = [int(world["rung"][a]) for a in actions]
    reciprocity, restraint = numbers["reciprocity"][actor], numbers["restraint"][actor]
    cost, spiral = numbers["audience_cost"][actor], numbers["spiral"][actor]
    above = world["above_firebreak"]
    terms = {
        "reciprocity": [answering.reciprocity_term(rung, seen, reciprocity) for rung in rungs],
        "restraint": [answering.restraint_term(above[a], restraint) for a in actions],
    }
    if cost != 0.0:
        terms["audience"] = [
            answering.audience_term(rung, seen, numbers["public"][a], cost)
            for a, rung in zip(actions, rungs, strict=True)
        ]
    if spiral != 0.0:
        terms["spiral"] = [pull(spiral, tension, rung) for rung in rungs]
    return {name: np.array(values) for name, values in terms.items()}
