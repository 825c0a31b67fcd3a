"""An act is carried out: it may slip, it may kill, and it may not come again at once."""

from __future__ import annotations

import math

from wargame.engine.chance import uniform
from wargame.engine.compiled import rule
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NEVER, NOBODY
from wargame.scenario.ladder import LETHAL, STRIKES, WAR

DEATHS: dict[int, tuple[int, int]] = {LETHAL: (1, 99), STRIKES: (100, 999)}
"""Realised rung -> fewest and most people an act at it kills."""

DEATHS_UNCOUNTED = 1000
"""What stands for "1,000 or more" at rungs 8 and 9."""

_LETHAL, _STRIKES = DEATHS[LETHAL], DEATHS[STRIKES]


@rule
def count_deaths(realised: int, u: float) -> int:
    """Return how many people an act kills: log-uniform inside its rung's fatality band.

    Parameters
    ----------
    realised : int
        Lower rungs than 6 kill nobody.
    u : float
        A uniform draw.

    Returns
    -------
    int
        1..99 at rung 6, 100..999 at 7; 1000 stands for "1,000 or more" above.

    Notes
    -----
    The bands are those of the Correlates of War fatality levels (Palmer et al. 2022); the shape
    inside a band is a judgement: small clashes are commoner than large ones.
    """
    if realised >= WAR:
        return DEATHS_UNCOUNTED
    if realised < LETHAL:
        return 0
    fewest, most = _LETHAL if realised == LETHAL else _STRIKES
    return math.floor(fewest * ((most + 1.0) / fewest) ** u)


@rule
def slip(here: Here, link: int, actor: int, action: int) -> int:
    """Return the way in which an act slips, by one draw; -1 if it comes off as meant.

    The chances are added in the order of the file: the first sum above the draw tells the way.
    """
    if here.world.slips[action] == 0:
        return NOBODY
    u, sum_so_far = uniform(here.state.counter, here.turn.slip_key[link, actor]), 0.0
    for way in range(here.world.slips[action]):
        sum_so_far += here.numbers.slip_chance[action, way]
        if u < sum_so_far:
            return way
    return NOBODY


@rule
def carry_out(
    here: Here,
    link: int,
    actor: int,
    action: int,
    provoker: int,
    trigger: int,
    behalf: int,
    perceived: float,
) -> None:
    """Carry an act out, and note it among those of the turn.

    Parameters
    ----------
    provoker, trigger, behalf : int
        Whose act it answers, at what realised rung, for which ally; -1, 0, -1 for an opening.
    perceived : float
        The trigger's rung as it was read; nan for an opening.
    """
    deaths = 0
    way = slip(here, link, actor, action)
    accidental = way != NOBODY
    realised = here.world.slip_rung[action, way] if accidental else here.world.rung[action]
    if realised >= LETHAL:
        deaths = count_deaths(
            realised, uniform(here.state.counter, here.turn.deaths_key[link, actor])
        )
    hold_back(here, action)
    act = here.state.act[here.state.acts_done]
    here.state.acts_done += 1
    act.replication = here.state.number
    act.turn = here.turn.number
    act.link = link
    act.actor = actor
    act.action = action - here.world.first[actor]
    act.place = action
    act.intended = here.world.rung[action]
    act.realised = realised
    act.accidental = accidental
    act.provoker = provoker
    act.trigger = trigger
    act.behalf = behalf
    act.perceived = perceived
    act.deaths = deaths


@rule
def hold_back(here: Here, action: int) -> None:
    """Start an action's cooldown; close it once its limit is reached."""
    if here.world.cooldown[action] > 0:
        here.state.ready[action] = here.turn.number + here.world.cooldown[action] + 1
    if here.world.limit[action] > 0:
        here.state.used[action] += 1
        if here.state.used[action] >= here.world.limit[action]:
            here.state.ready[action] = NEVER
