"""Openings (link 0): who acts unprovoked, and with what."""

from __future__ import annotations

import math

import numpy as np

from wargame.engine.chance import uniform
from wargame.engine.compiled import rule
from wargame.engine.policies import NOTHING, OPEN_AS_MODEL
from wargame.engine.rules.acting import carry_out
from wargame.engine.rules.choosing import choose_option, note_option, on_offer
from wargame.engine.rules.tension import pull, strongest_felt
from wargame.engine.world.here import Here
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
def hazard(here: Here, actor: int) -> float:
    """Return how many acts an actor is expected to open with this turn."""
    calendar = 1.0
    for place in range(here.turn.windows):
        event = here.turn.window[place]
        if here.world.event_names[event, actor]:
            calendar *= here.numbers.event_factor[event]
    a_week = (
        here.state.boost[actor] * (here.numbers.tempo[actor] * calendar)
        + here.state.excitation[actor]
    )
    return a_week * here.world.dt


@rule
def weigh_openings(here: Here, actor: int) -> int:
    """Note the openings on offer and their log-odds; return how many there are.

    The log-odds of an opening are initiative + goals - cost, moved by tension.

    References
    ----------
    McKelvey and Palfrey (1995): logit choice.
    """
    count, tension = 0, 0.0
    if here.numbers.spiral[actor] != 0.0:
        tension = strongest_felt(here, actor)
    for action in range(here.world.first[actor], here.world.first[actor + 1]):
        if here.world.opens[action] and on_offer(here, action):
            logit = here.numbers.opening_base[action]
            if here.numbers.spiral[actor] != 0.0:
                logit += pull(here.numbers.spiral[actor], tension, here.world.rung[action])
            count = note_option(here, count, action, logit)
    return count


@rule
def choose_opening(here: Here, actor: int) -> int:
    """Return the action an actor opens with this turn; -1 for none.

    An order comes before an act of the calendar, and that before what the actor would do itself.
    """
    ordered = here.turn.opening[actor]
    if ordered != OPEN_AS_MODEL:
        if ordered >= 0 and on_offer(here, ordered):
            return ordered
        return NOTHING
    if here.turn.forced[actor] >= 0:
        return here.turn.forced[actor]
    expected = hazard(here, actor)
    u = uniform(here.state.counter, here.turn.open_key[actor])
    # 1 - exp(-h) <= h: the exact test is needed only where this one passes.
    if not (u < expected and u < opening_chance(expected)):
        return NOTHING
    count = weigh_openings(here, actor)
    u = uniform(here.state.counter, here.turn.choose_key[0, actor])
    if here.numbers.spiral[actor] == 0.0:
        place = choose_by_weight(here, count, u)
        if place >= 0:
            return here.work.options[place]
    return choose_option(here, count, u)


@rule
def choose_by_weight(here: Here, count: int, u: float) -> int:
    """Pick as `choose` does, by weights known beforehand; -1 where they are too small to tell."""
    total = 0.0
    for place in range(count):
        total += here.numbers.opening_weight[here.work.options[place]]
        here.work.cumulated[place] = total
    for place in range(count):
        if here.work.cumulated[place] > u * total:
            return place
    return NOBODY


@rule
def open_by(here: Here, actor: int) -> None:
    """Let one actor open, if it does."""
    action = choose_opening(here, actor)
    if action >= 0:
        carry_out(here, 0, actor, action, NOBODY, 0, NOBODY, np.nan)
