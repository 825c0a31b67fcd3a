"""The end of a turn: its peak, whether it is war, what is counted; agreements, crises, effects."""

from __future__ import annotations

from typing import Any

from wargame.engine.chance import uniform
from wargame.engine.compiled import rule
from wargame.engine.results.columns import AGREED, FADED, STILL_OPEN, WAR_CAME
from wargame.engine.rules.acting import DEATHS_UNCOUNTED
from wargame.engine.rules.agreement import (
    break_agreements,
    finish_agreements,
    is_acceptance,
    make_agreement,
)
from wargame.engine.rules.crisis import end_crisis, renew_crisis, widen_crisis
from wargame.engine.rules.effects import apply_changes, move_stocks, renew_boosts
from wargame.engine.rules.tension import strengthen
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
def settle(
    world: Any,
    numbers: Any,
    turn: Any,
    state: Any,
    work: Any,
    crises: Any,
    agreements: Any,
) -> int:
    """Carry out phase 4 for one history; return the turn's peak, 0 when nothing was hostile."""
    number = turn.number
    if state.acts_done == 0 and state.crisis_fades != number:
        return 0
    count(world, state, work)
    peak = find_peak(numbers, turn, state)
    if peak >= ENCROACHMENT:
        note_severe(world, state, number, peak)
    break_agreements(world, state, work, agreements, number)
    settle_bonds(world, state, work, crises, agreements, number)
    for place in range(state.acts_done):
        action = state.act[place].place
        first, last = world.change_at[action], world.change_at[action + 1]
        apply_changes(world, numbers, state, first, last, number, number + 1)
    return peak


@rule
def count(world: Any, state: Any, work: Any) -> None:
    """Count the acts of a turn; one incident a link, however many of a side act in it."""
    work.seen[:] = False
    for place in range(state.acts_done):
        act = state.act[place]
        state.acts += 1
        state.accidental += act.accidental
        state.deaths += act.deaths
        work.activity[act.actor, act.realised - LOWEST_RUNG] += 1
        if act.behalf != NOBODY:
            state.joined += 1
            work.joined[act.actor, act.behalf] += 1
        if THREAT <= act.realised <= WAR and world.hostile[act.place]:
            side = world.side[act.actor]
            if not work.seen[act.link, side]:
                state.incidents += 1
            work.seen[act.link, side] = True


@rule
def find_peak(numbers: Any, turn: Any, state: Any) -> int:
    """Return the turn's peak rung: its highest act, and war where major strikes become it."""
    peak = 0
    for place in range(state.acts_done):
        peak = max(peak, state.act[place].realised)
    if peak == STRIKES and uniform(state.counter, turn.war_key) < numbers.war_from_strikes:
        peak = WAR
    state.peak = max(state.peak, peak)
    return peak


@rule
def note_severe(world: Any, state: Any, turn: int, peak: int) -> None:
    """Note the levels a severe turn crossed, and whether it ended the history."""
    for place in range(len(CROSSING_LEVELS)):
        if state.first[place] == 0:
            note_crossing(world, state, turn, place)
    state.turns_at_5 += peak >= FORCE
    state.lethal_turns += peak >= LETHAL
    if peak >= WAR:
        state.over = True
        state.turns = turn


@rule
def note_crossing(world: Any, state: Any, turn: int, level: int) -> None:
    """Note the first crossing of a level: the actor with the earliest link, or several."""
    link = NOBODY
    for place in range(state.acts_done):
        act = state.act[place]
        if act.realised < CROSSING_LEVELS[level]:
            continue
        if link == NOBODY:
            link = act.link
            state.first[level] = turn
            state.crosser[level] = act.actor
        elif act.link == link:
            state.crosser[level] = world.actors


@rule
def settle_bonds(
    world: Any, state: Any, work: Any, crises: Any, agreements: Any, turn: int
) -> None:
    """Make agreements; open, widen, renew and end the crisis of a history."""
    closed = state.over and state.crisis_opened > 0
    if closed:
        end_crisis(state, work, crises, turn, WAR_CAME)
    for place in range(state.acts_done):
        act = state.act[place]
        if not is_acceptance(act):
            continue
        make_agreement(world, state, work, agreements, int(act.actor), int(act.provoker), turn)
        both = state.crisis_parties[act.actor] and state.crisis_parties[act.provoker]
        if state.crisis_opened > 0 and both:
            end_crisis(state, work, crises, turn, AGREED)
            closed = True
    if not closed:
        widen_crisis(world, state, turn)
    if state.crisis_opened == 0:
        return
    renew_crisis(world, state, turn)
    if state.over:
        end_crisis(state, work, crises, turn, WAR_CAME)
    elif state.crisis_fades == turn:
        end_crisis(state, work, crises, turn, FADED)


@rule
def update(world: Any, numbers: Any, turn: Any, state: Any, work: Any) -> None:
    """Carry out phase 5: excitation, tension and stocks move on to the next turn."""
    if state.acts_done > 0:
        mark_active(world, state, work)
    for actor in range(world.actors):
        state.excitation[actor] *= numbers.left_after_turn[actor]
        if state.acts_done > 0 and work.active[actor]:
            state.excitation[actor] += numbers.excitation[actor]
    strengthen(world, numbers, state, work, turn.number)
    move_stocks(world, numbers, state)
    renew_boosts(world, numbers, state, turn.number + 1)


@rule
def mark_active(world: Any, state: Any, work: Any) -> None:
    """Mark who was source or target of an act at rung 2 or above this turn."""
    work.active[:] = False
    for place in range(state.acts_done):
        act = state.act[place]
        if act.realised < THREAT:
            continue
        work.active[act.actor] = True
        for target in range(world.actors):
            if world.aimed[act.place, target]:
                work.active[target] = True


@rule
def finish(world: Any, state: Any, work: Any, crises: Any, agreements: Any, last_turn: int) -> None:
    """Close the books of a history: what is still open, how long it was, its dead."""
    if not state.over:
        state.turns = last_turn
        if state.crisis_opened > 0:
            end_crisis(state, work, crises, last_turn, STILL_OPEN)
    finish_agreements(world, state, work, agreements, state.turns)
    if state.deaths > DEATHS_UNCOUNTED or state.peak >= WAR:
        state.deaths = DEATHS_UNCOUNTED
