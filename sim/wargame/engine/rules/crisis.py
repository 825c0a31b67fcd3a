"""Crises: when one opens, who is drawn in, what keeps it alive, how it ends."""

from __future__ import annotations

from typing import Any

from wargame.engine.compiled import rule
from wargame.engine.world.here import Here


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
