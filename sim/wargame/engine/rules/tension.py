"""Tension: what an actor feels from another, how it fades, and what renews it."""

from __future__ import annotations

import math

from wargame.engine.compiled import rule
from wargame.engine.world.here import Here


@rule
def felt(here: Here, by: int, source: int) -> float:
    """Return the tension one actor feels from another now, 0..1: it fades turn by turn."""
    tension = here.state.tension[by, source]
    gone_by = here.turn.number - here.state.tension_turn[by, source]
    if tension == 0.0 or gone_by == 0:
        return tension
    if gone_by < len(here.numbers.tension_left):
        return tension * here.numbers.tension_left[gone_by]
    return tension * math.pow(here.numbers.tension_decay, gone_by)


@rule
def strongest_felt(here: Here, by: int) -> float:
    """Return the strongest tension an actor feels from anyone, 0..1."""
    strongest = 0.0
    for source in range(here.world.actors):
        strongest = max(strongest, felt(here, by, source))
    return strongest


@rule
def pull(spiral: float, tension: float, rung: int) -> float:
    """Return how tension moves choices up (spiral) or down (deterrence) the ladder, in logits.

    Parameters
    ----------
    spiral : float
        -1..1.
    tension : float
        The strongest felt, 0..1.

    References
    ----------
    Jervis, R. (1976), Perception and Misperception in International Politics, ch. 3.
    """
    return spiral * tension * ((rung - 3.0) / 6.0)


@rule
def strengthened(tension: float, decay: float, gain: float, strongest: int) -> float:
    """Return tension at the start of the next turn, after the strongest act of this one.

    Parameters
    ----------
    tension : float
        At the start of this turn, 0..1.
    decay, gain : float
        Share left after a turn; tension added by an act at rung 9.
    strongest : int
        Highest realised rung of the other's acts on this actor.
    """
    return min(1.0, decay * tension + gain * max(0, strongest) / 9.0)


@rule
def strengthen(here: Here) -> None:
    """Raise what targets feel by the strongest act on them; the rest fades by itself."""
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        for target in range(here.world.actors):
            if act.realised > 0 and here.world.aimed[act.place, target]:
                strongest = here.work.hardest[target, act.actor]
                here.work.hardest[target, act.actor] = max(strongest, act.realised)
    for place in range(here.state.acts_done):
        source = int(here.state.act[place].actor)
        for target in range(here.world.actors):
            strongest = here.work.hardest[target, source]
            if strongest > 0:
                before = felt(here, target, source)
                after = strengthened(
                    before, here.numbers.tension_decay, here.numbers.tension_gain, strongest
                )
                here.state.tension[target, source] = after
                here.state.tension_turn[target, source] = here.turn.number + 1
                here.work.hardest[target, source] = 0
