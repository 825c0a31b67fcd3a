"""Openings (link 0): who acts unprovoked, and with what."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wargame.engine.chance import uniform
from wargame.engine.compiled import rule
from wargame.engine.policies import NOTHING, OPEN_AS_MODEL
from wargame.engine.rules.acting import carry_out
from wargame.engine.rules.choosing import choose_option, note_option, on_offer
from wargame.engine.rules.tension import pull, strongest_felt
from wargame.engine.world.layout import NOBODY


@rule
def opening_chance(hazard: float) -> float:
    """Return the chance that an actor opens in a turn: 1 - exp(-hazard).

    Parameters
    ----------
    hazard : float
        Expected unprovoked acts in the turn, >= 0.

    References
    ----------
    Hawkes, A. G. (1971), Biometrika 58(1), 83-90: a base rate plus excitation.
    """
    return -math.expm1(-hazard)


@rule
def hazard(world: Any, numbers: Any, turn: Any, state: Any, actor: int) -> float:
    """Return how many acts an actor is expected to open with this turn."""
    calendar = 1.0
    for place in range(turn.windows):
        event = turn.window[place]
        if world.event_names[event, actor]:
            calendar *= numbers.event_factor[event]
    a_week = state.boost[actor] * (numbers.tempo[actor] * calendar) + state.excitation[actor]
    return a_week * world.dt


@rule
def weigh_openings(world: Any, numbers: Any, turn: Any, state: Any, work: Any, actor: int) -> int:
    """Note the openings on offer and their log-odds; return how many there are.

    The log-odds of an opening are initiative + goals - cost, moved by tension.

    References
    ----------
    McKelvey and Palfrey (1995): logit choice.
    """
    count, tension = 0, 0.0
    if numbers.spiral[actor] != 0.0:
        tension = strongest_felt(world, numbers, state, actor, turn.number)
    for action in range(world.first[actor], world.first[actor + 1]):
        if world.opens[action] and on_offer(world, numbers, state, action, turn.number):
            logit = numbers.opening_base[action]
            if numbers.spiral[actor] != 0.0:
                logit += pull(numbers.spiral[actor], tension, world.rung[action])
            count = note_option(work, count, action, logit)
    return count


@rule
def choose_opening(world: Any, numbers: Any, turn: Any, state: Any, work: Any, actor: int) -> int:
    """Return the action an actor opens with this turn; -1 for none.

    An order comes before an act of the calendar, and that before what the actor would do itself.
    """
    ordered = turn.opening[actor]
    if ordered != OPEN_AS_MODEL:
        if ordered >= 0 and on_offer(world, numbers, state, ordered, turn.number):
            return ordered
        return NOTHING
    if turn.forced[actor] >= 0:
        return turn.forced[actor]
    expected = hazard(world, numbers, turn, state, actor)
    u = uniform(state.counter, turn.open_key[actor])
    # 1 - exp(-h) <= h: the exact test is needed only where this one passes.
    if not (u < expected and u < opening_chance(expected)):
        return NOTHING
    count = weigh_openings(world, numbers, turn, state, work, actor)
    u = uniform(state.counter, turn.choose_key[0, actor])
    if numbers.spiral[actor] == 0.0:
        place = choose_by_weight(numbers, work, count, u)
        if place >= 0:
            return work.options[place]
    return choose_option(work, count, u)


@rule
def choose_by_weight(numbers: Any, work: Any, count: int, u: float) -> int:
    """Pick as `choose` does, by weights known beforehand; -1 where they are too small to tell."""
    total = 0.0
    for place in range(count):
        total += numbers.opening_weight[work.options[place]]
        work.cumulated[place] = total
    for place in range(count):
        if work.cumulated[place] > u * total:
            return place
    return NOBODY


@rule
def open_by(world: Any, numbers: Any, turn: Any, state: Any, work: Any, actor: int) -> None:
    """Let one actor open, if it does."""
    action = choose_opening(world, numbers, turn, state, work, actor)
    if action >= 0:
        carry_out(world, numbers, turn, state, 0, actor, action, NOBODY, 0, NOBODY, np.nan)
