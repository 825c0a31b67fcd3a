"""The end of a turn: its peak, whether it is war, what is counted; agreements, crises, effects."""

from __future__ import annotations

from typing import Any

from wargame.engine.chance import uniform
from wargame.engine.compiled import rule
from wargame.engine.results.columns import AGREED, FADED, STILL_OPEN, WAR_CAME
from wargame.engine.rules.acting import DEATHS_UNCOUNTED
from wargame.engine.rules.agreement import (
    break_agreements,
    end_crisis,
    finish_agreements,
    is_acceptance,
    make_agreement,
    renew_crisis,
    widen_crisis,
)
from wargame.engine.rules.conditions import keep_met
from wargame.engine.rules.effects import apply_changes, move_stocks, renew_boosts
from wargame.engine.rules.tension import strengthen
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NOBODY
from wargame.scenario.ladder import (
    CROSSING_LEVELS,
    ENCROACHMENT,
    FORCE,
    LETHAL,
    LOWEST_RUNG,
    STRIKES,
    THREAT,
    WAR,
)


@rule
def settle(here: Here, crises: Any, agreements: Any) -> int:
    """Carry out phase 4 for one history; return the turn's peak, 0 when nothing was hostile."""
    number = here.turn.number
    if here.state.acts_done == 0 and here.state.crisis_fades != number:
        return 0
    count(here)
    keep_met(here)
    peak = find_peak(here)
    if peak >= ENCROACHMENT:
        note_severe(here, peak)
    break_agreements(here, agreements)
    settle_bonds(here, crises, agreements)
    for place in range(here.state.acts_done):
        action = here.state.act[place].place
        first, last = here.world.change_at[action], here.world.change_at[action + 1]
        apply_changes(here, first, last, number + 1)
    return peak


@rule
def count(here: Here) -> None:
    """Count the acts of a turn; one incident a link, however many of a side act in it."""
    here.work.seen[:] = False
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        here.state.acts += 1
        here.state.accidental += act.accidental
        here.state.deaths += act.deaths
        here.work.activity[act.actor, act.realised - LOWEST_RUNG] += 1
        if act.behalf != NOBODY:
            here.state.joined += 1
            here.work.joined[act.actor, act.behalf] += 1
        if THREAT <= act.realised <= WAR and here.world.hostile[act.place]:
            side = here.world.side[act.actor]
            if not here.work.seen[act.link, side]:
                here.state.incidents += 1
            here.work.seen[act.link, side] = True


@rule
def find_peak(here: Here) -> int:
    """Return the turn's peak rung: its highest act, and war where major strikes become it."""
    peak = 0
    for place in range(here.state.acts_done):
        peak = max(peak, here.state.act[place].realised)
    if (
        peak == STRIKES
        and uniform(here.state.counter, here.turn.war_key) < here.numbers.war_from_strikes
    ):
        peak = WAR
    here.state.peak = max(here.state.peak, peak)
    return peak


@rule
def note_severe(here: Here, peak: int) -> None:
    """Note the levels a severe turn crossed, and whether it ended the history."""
    for place in range(len(CROSSING_LEVELS)):
        if here.state.first[place] == 0:
            note_crossing(here, place)
    here.state.turns_at_5 += peak >= FORCE
    here.state.lethal_turns += peak >= LETHAL
    if peak >= WAR:
        here.state.over = True
        here.state.turns = here.turn.number


@rule
def note_crossing(here: Here, level: int) -> None:
    """Note the first crossing of a level: the actor with the earliest link, or several."""
    link = NOBODY
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        if act.realised < CROSSING_LEVELS[level]:
            continue
        if link == NOBODY:
            link = act.link
            here.state.first[level] = here.turn.number
            here.state.crosser[level] = act.actor
        elif act.link == link:
            here.state.crosser[level] = here.world.actors


@rule
def settle_bonds(here: Here, crises: Any, agreements: Any) -> None:
    """Make agreements; open, widen, renew and end the crisis of a history."""
    closed = here.state.over and here.state.crisis_opened > 0
    if closed:
        end_crisis(here, crises, here.turn.number, WAR_CAME)
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        if not is_acceptance(act):
            continue
        make_agreement(here, agreements, int(act.actor), int(act.provoker))
        both = here.state.crisis_parties[act.actor] and here.state.crisis_parties[act.provoker]
        if here.state.crisis_opened > 0 and both:
            end_crisis(here, crises, here.turn.number, AGREED)
            closed = True
    if not closed:
        widen_crisis(here)
    if here.state.crisis_opened == 0:
        return
    renew_crisis(here)
    if here.state.over:
        end_crisis(here, crises, here.turn.number, WAR_CAME)
    elif here.state.crisis_fades == here.turn.number:
        end_crisis(here, crises, here.turn.number, FADED)


@rule
def update(here: Here) -> None:
    """Carry out phase 5: excitation, tension and stocks move on to the next turn."""
    if here.state.acts_done > 0:
        find_gravest(here)
    for actor in range(here.world.actors):
        here.state.excitation[actor] *= here.numbers.left_after_turn[actor]
        if here.state.acts_done > 0 and here.work.gravest[actor] >= THREAT:
            times = severity(here, here.work.gravest[actor])
            here.state.excitation[actor] += here.numbers.excitation[actor] * times
    strengthen(here)
    move_stocks(here)
    renew_boosts(here, here.turn.number + 1)


@rule
def severity(here: Here, gravest: int) -> float:
    """Return how many times a turn adds what a turn up to rung 4 adds to excitation, >= 0.

    Parameters
    ----------
    gravest : int
        Highest realised rung of the acts an actor did or met.
    """
    if gravest >= STRIKES:
        return here.numbers.severity_strikes
    if gravest == LETHAL:
        return here.numbers.severity_lethal
    return here.numbers.severity_force if gravest == FORCE else 1.0


@rule
def find_gravest(here: Here) -> None:
    """Note the highest rung of this turn's acts of which each actor was source or target."""
    here.work.gravest[:] = 0
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        here.work.gravest[act.actor] = max(here.work.gravest[act.actor], act.realised)
        for target in range(here.world.actors):
            if here.world.aimed[act.place, target]:
                here.work.gravest[target] = max(here.work.gravest[target], act.realised)


@rule
def finish(here: Here, crises: Any, agreements: Any, last_turn: int) -> None:
    """Close the books of a history: what is still open, how long it was, its dead."""
    if not here.state.over:
        here.state.turns = last_turn
        if here.state.crisis_opened > 0:
            end_crisis(here, crises, last_turn, STILL_OPEN)
    finish_agreements(here, agreements, here.state.turns)
    if here.state.deaths > DEATHS_UNCOUNTED or here.state.peak >= WAR:
        here.state.deaths = DEATHS_UNCOUNTED
