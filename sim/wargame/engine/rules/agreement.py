"""Agreements: who is bound, what makes one and what breaks it."""

from __future__ import annotations

from typing import Any

from wargame.engine.compiled import rule
from wargame.engine.results.columns import BROKEN, EXPIRED, IN_FORCE, RENEWED
from wargame.engine.world.layout import NOBODY
from wargame.scenario.ladder import CONCILIATORY, OFFER


@rule
def is_bound(state: Any, one: int, other: int, turn: int) -> bool:
    """Return whether an agreement between two actors is in force."""
    return state.agreement_until[min(one, other), max(one, other)] >= turn


@rule
def has_agreement(world: Any, state: Any, action: int, turn: int) -> bool:
    """Return whether an agreement between an action's actor and one of its targets is in force."""
    for target in range(world.actors):
        if world.aimed[action, target] and is_bound(state, world.owner[action], target, turn):
            return True
    return False


@rule
def break_agreements(world: Any, state: Any, work: Any, agreements: Any, turn: int) -> None:
    """Break each agreement in force by an act of one party, grave enough, against the other."""
    for place in range(state.acts_done):
        act = state.act[place]
        actor = int(act.actor)
        if act.realised < world.broken_by:
            continue
        for target in range(world.actors):
            if world.aimed[act.place, target] and is_bound(state, actor, target, turn):
                low, high = min(actor, target), max(actor, target)
                log_end(state, work, agreements, low, high, turn, BROKEN, actor)
                state.agreement_until[low, high] = turn - 1
                state.broken += 1
                state.soonest = 0


@rule
def is_acceptance(act: Any) -> bool:
    """Return whether an act answers a binding offer, made to its own actor, in kind."""
    return act.trigger == OFFER and act.realised <= CONCILIATORY and act.behalf == NOBODY


@rule
def make_agreement(
    world: Any, state: Any, work: Any, agreements: Any, one: int, other: int, turn: int
) -> None:
    """Bind two actors from the next turn on; what excited either is let go."""
    low, high = min(one, other), max(one, other)
    log_end(state, work, agreements, low, high, turn, RENEWED, NOBODY)
    state.agreement_made[low, high] = turn
    state.agreement_until[low, high] = turn + world.agreement_turns
    state.excitation[one] = 0.0
    state.excitation[other] = 0.0
    state.agreements += 1
    state.soonest = 0


@rule
def log_end(
    state: Any, work: Any, agreements: Any, low: int, high: int, turn: int, how: int, breaker: int
) -> None:
    """Note how the last agreement of two actors ended, if there was one that has not been noted."""
    if state.agreement_made[low, high] == 0:
        return
    until = state.agreement_until[low, high]
    expired = until < turn
    expired = until < turn or (how == IN_FORCE and until == turn)
    row = agreements[work.agreements]
    work.agreements += 1
    row.replication = state.number
    row.made = state.agreement_made[low, high]
    row.one = low
    row.other = high
    row.ended = until if expired else turn
    row.how = EXPIRED if expired else how
    row.breaker = NOBODY if expired else breaker
    state.agreement_made[low, high] = 0


@rule
def finish_agreements(world: Any, state: Any, work: Any, agreements: Any, turn: int) -> None:
    """Note the agreements that stand, or ran out unnoted, at the end of a history."""
    for low in range(world.actors):
        for high in range(low + 1, world.actors):
            log_end(state, work, agreements, low, high, turn, IN_FORCE, NOBODY)
