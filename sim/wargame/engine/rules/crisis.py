"""Crises: when one opens, who is drawn in, what keeps it alive, how it ends."""

from __future__ import annotations

from typing import Any

from wargame.engine.compiled import rule


@rule
def widen_crisis(world: Any, state: Any, turn: int) -> None:
    """Open a crisis by an act grave enough, or draw its source and targets into an open one."""
    for place in range(state.acts_done):
        act = state.act[place]
        if act.realised < world.opens_at:
            continue
        if state.crisis_opened == 0:
            state.crisis_opened = turn
            state.crises += 1
        state.crisis_fades = turn + world.quiet_turns
        state.crisis_parties[act.actor] = True
        for target in range(world.actors):
            if world.aimed[act.place, target]:
                state.crisis_parties[target] = True
        state.soonest = 0


@rule
def renew_crisis(world: Any, state: Any, turn: int) -> None:
    """Keep an open crisis alive by an act between its parties, grave enough."""
    for place in range(state.acts_done):
        act = state.act[place]
        if act.realised < world.sustained_by or not state.crisis_parties[act.actor]:
            continue
        for target in range(world.actors):
            if world.aimed[act.place, target] and state.crisis_parties[target]:
                state.crisis_fades = turn + world.quiet_turns


@rule
def end_crisis(state: Any, work: Any, crises: Any, turn: int, how: int) -> None:
    """End the open crisis and note it."""
    row = crises[work.crises]
    work.crises += 1
    row.replication = state.number
    row.opened = state.crisis_opened
    row.ended = turn
    row.how = how
    state.crisis_turns += turn + 1 - state.crisis_opened
    state.crisis_opened = 0
    state.crisis_fades = 0
    state.crisis_parties[:] = False
    state.soonest = 0
