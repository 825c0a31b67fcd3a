"""Conditions: whether what an action waits for holds, step by step on a stack of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from wargame.engine.compiled import rule
from wargame.engine.rules.agreement import is_bound
from wargame.engine.rules.tension import felt, strongest_felt
from wargame.engine.world.here import Here
from wargame.engine.world.layout import (
    ABOVE,
    ACTED,
    AGREED,
    AND,
    AT_LEAST,
    AT_MOST,
    BELOW,
    CRISIS,
    DEATHS,
    FLAG,
    NOBODY,
    NOT,
    NUMBER,
    OR,
    PEAK,
    SINCE,
    STOCK,
    TENSION,
    TURN,
)


@rule
def holds(here: Here, action: int) -> bool:
    """Return whether an action's condition holds, or it has none."""
    stack, height = here.work.stack, 0
    for place in range(here.world.step_at[action], here.world.step_at[action + 1]):
        kind = here.world.step_kind[place]
        if kind < NOT:
            stack[height] = ask(here, place)
            height += 1
        elif kind == NOT:
            stack[height - 1] = 1.0 - stack[height - 1]
        else:
            height -= 1
            stack[height - 1] = join(kind, stack[height - 1], stack[height])
    return height == 0 or stack[0] > 0.0


@rule
def truth(holds: bool) -> float:
    """Return 1 for what holds, 0 for what does not."""
    return 1.0 if holds else 0.0


@rule
def join(kind: int, left: float, right: float) -> float:
    """Return 1 if two values joined or compared hold, else 0."""
    if kind == AND:
        return min(left, right)
    if kind == OR:
        return max(left, right)
    if kind == BELOW:
        return truth(left < right)
    if kind == AT_MOST:
        return truth(left <= right)
    if kind == ABOVE:
        return truth(left > right)
    if kind == AT_LEAST:
        return truth(left >= right)
    return truth(left == right)


@rule
def ask(here: Here, place: int) -> float:
    """Return what one step asks for: a number, or 1 for what holds and 0 for what does not."""
    kind, what, other = (
        here.world.step_kind[place],
        here.world.step_of[place],
        here.world.step_other[place],
    )
    if kind == NUMBER:
        return here.world.step_number[place]
    if kind == FLAG:
        return float(here.state.flag[what])
    if kind == STOCK:
        return here.state.stocks[what]
    if kind == TENSION:
        return strongest_felt(here, what) if other == NOBODY else felt(here, what, other)
    if kind == AGREED:
        return truth(is_bound(here, what, other, here.turn.number))
    if kind == CRISIS:
        return truth(here.state.crisis_parties[what] != 0 and here.state.crisis_parties[other] != 0)
    if kind == TURN:
        return float(here.turn.number)
    if kind == SINCE:
        return weeks_since(here, what)
    if kind == ACTED:
        return truth(met_so_far(here, what) > 0)
    return float(met_so_far(here, what))


@rule
def is_seen(here: Here, place: int) -> bool:
    """Return whether conditions see an act of this turn: those of the links before."""
    return here.state.act[place].link < here.work.link


@rule
def weeks_since(here: Here, watched: int) -> float:
    """Return the weeks since the last act that is watched: 0 in its turn, infinite before any."""
    last = met_so_far(here, watched)
    return (here.turn.number - last) * here.world.dt if last > 0 else np.inf


@rule
def met_so_far(here: Here, watched: int) -> int:
    """Return the last turn of a watched act, 0 for none; how many died; the highest rung."""
    met = here.state.met[watched]
    for place in range(here.state.acts_done):
        if is_seen(here, place):
            met = with_act(here, watched, met, here.state.act[place])
    return met


@rule
def with_act(here: Here, watched: int, met: int, act: Any) -> int:
    """Return what is watched with one act more."""
    kind, what, other = (
        here.world.watched_kind[watched],
        here.world.watched_of[watched],
        here.world.watched_other[watched],
    )
    if kind == PEAK:
        return max(met, act.realised)
    if kind == DEATHS:
        return met + act.deaths if here.world.first_target[act.place] == what else met
    if kind == ACTED:
        return here.turn.number if act.place == what else met
    if act.actor != what or act.realised < here.world.watched_rung[watched]:
        return met
    if other != NOBODY and not here.world.aimed[act.place, other]:
        return met
    return here.turn.number


@rule
def keep_met(here: Here) -> None:
    """Keep what conditions ask of this turn's acts, for the turns to come."""
    for place in range(here.state.acts_done):
        for watched in range(here.world.watched):
            met = with_act(here, watched, here.state.met[watched], here.state.act[place])
            here.state.met[watched] = met
