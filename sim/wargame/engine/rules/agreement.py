"""Agreements and crises: who is bound or drawn in, what begins and what ends either."""

from __future__ import annotations

from typing import Any

from wargame.engine.compiled import rule
from wargame.engine.results.columns import BROKEN, EXPIRED, IN_FORCE, RENEWED
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NOBODY
from wargame.scenario.ladder import CONCILIATORY, OFFER


@rule
def is_bound(here: Here, one: int, other: int, turn: int) -> bool:
    """Return whether an agreement between two actors is in force."""
    return here.state.agreement_until[min(one, other), max(one, other)] >= turn


@rule
def break_agreements(here: Here, agreements: Any) -> None:
    """Break each agreement in force by an act of one party, grave enough, against the other."""
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        actor = int(act.actor)
        if act.realised < here.world.broken_by:
            continue
        for target in range(here.world.actors):
            if here.world.aimed[act.place, target] and is_bound(
                here, actor, target, here.turn.number
            ):
                low, high = min(actor, target), max(actor, target)
                log_end(here, agreements, low, high, here.turn.number, BROKEN, actor)
                here.state.agreement_until[low, high] = here.turn.number - 1
                here.state.broken += 1
                here.state.soonest = 0


@rule
def is_acceptance(act: Any) -> bool:
    """Return whether an act answers a binding offer, made to its own actor, in kind."""
    return act.trigger == OFFER and act.realised <= CONCILIATORY and act.behalf == NOBODY


@rule
def make_agreement(here: Here, agreements: Any, one: int, other: int) -> None:
    """Bind two actors from the next turn on; what excited either is let go."""
    low, high = min(one, other), max(one, other)
    log_end(here, agreements, low, high, here.turn.number, RENEWED, NOBODY)
    here.state.agreement_made[low, high] = here.turn.number
    here.state.agreement_until[low, high] = here.turn.number + here.world.agreement_turns
    here.state.excitation[one] = 0.0
    here.state.excitation[other] = 0.0
    here.state.agreements += 1
    here.state.soonest = 0


@rule
def log_end(
    here: Here, agreements: Any, low: int, high: int, turn: int, how: int, breaker: int
) -> None:
    """Note how the last agreement of two actors ended, if there was one that has not been noted."""
    if here.state.agreement_made[low, high] == 0:
        return
    until = here.state.agreement_until[low, high]
    expired = until < turn
    row = agreements[here.work.agreements]
    here.work.agreements += 1
    row.replication = here.state.number
    row.made = here.state.agreement_made[low, high]
    row.one = low
    row.other = high
    row.ended = until if expired else turn
    row.how = EXPIRED if expired else how
    row.breaker = NOBODY if expired else breaker
    here.state.agreement_made[low, high] = 0


@rule
def finish_agreements(here: Here, agreements: Any, turn: int) -> None:
    """Note the agreements that stand, or ran out unnoted, at the end of a history."""
    for low in range(here.world.actors):
        for high in range(low + 1, here.world.actors):
            log_end(here, agreements, low, high, turn, IN_FORCE, NOBODY)


@rule
def widen_crisis(here: Here) -> None:
    """Open a crisis by an act grave enough, or draw its source and targets into an open one."""
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        if act.realised < here.world.opens_at:
            continue
        if here.state.crisis_opened == 0:
            here.state.crisis_opened = here.turn.number
            here.state.crises += 1
        here.state.crisis_fades = here.turn.number + here.world.quiet_turns
        here.state.crisis_parties[act.actor] = True
        for target in range(here.world.actors):
            if here.world.aimed[act.place, target]:
                here.state.crisis_parties[target] = True
        here.state.soonest = 0


@rule
def renew_crisis(here: Here) -> None:
    """Keep an open crisis alive by an act between its parties, grave enough."""
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        if act.realised < here.world.sustained_by or not here.state.crisis_parties[act.actor]:
            continue
        for target in range(here.world.actors):
            if here.world.aimed[act.place, target] and here.state.crisis_parties[target]:
                here.state.crisis_fades = here.turn.number + here.world.quiet_turns


@rule
def end_crisis(here: Here, crises: Any, turn: int, how: int) -> None:
    """End the open crisis and note it."""
    row = crises[here.work.crises]
    here.work.crises += 1
    row.replication = here.state.number
    row.opened = here.state.crisis_opened
    row.ended = turn
    row.how = how
    here.state.crisis_turns += turn + 1 - here.state.crisis_opened
    here.state.crisis_opened = 0
    here.state.crisis_fades = 0
    here.state.crisis_parties[:] = False
    here.state.soonest = 0
