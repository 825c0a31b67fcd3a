"""What is on offer, and which of it is taken: by logit choice, or by a standing order."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from wargame.engine.compiled import rule
from wargame.engine.rules.conditions import holds
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NOBODY


@rule
def on_offer(here: Here, action: int) -> bool:
    """Return whether an action may be done now.

    Its cooldown is over, its limit not used up, and its condition holds.
    """
    if here.world.always_on_offer[action]:
        return True
    if here.state.ready[action] > here.turn.number:
        return False
    return holds(here, action)


@rule
def offers(here: Here, actor: int) -> Any:
    """Return which of an actor's actions may be done now, shape (action,)."""
    first, last = here.world.first[actor], here.world.first[actor + 1]
    offered = np.zeros(last - first, np.bool_)
    for action in range(first, last):
        offered[action - first] = on_offer(here, action)
    return offered


@rule
def note_option(here: Here, count: int, action: int, logit: float) -> int:
    """Note one more option and its log-odds; return how many there are."""
    here.work.options[count] = action
    here.work.logits[count] = logit
    return count + 1


@rule
def choose(logits: Any, cumulated: Any, count: int, u: float) -> int:
    """Pick one of some options by logit choice: with chances in proportion to exp(logit).

    Parameters
    ----------
    logits : ndarray, shape (option,)
        In menu order.
    cumulated : ndarray, shape (option,)
        Working space.
    count : int
        How many there are.
    u : float
        A uniform draw: the first option whose cumulated chance exceeds it is picked.

    Returns
    -------
    int
        Its place among the options; -1 when there is none.

    References
    ----------
    McKelvey, R. D. and Palfrey, T. R. (1995), Games and Economic Behavior 10, 6-38.
    """
    top = -np.inf
    for place in range(count):
        top = max(top, logits[place])
    total = 0.0
    for place in range(count):
        total += math.exp(logits[place] - top)
        cumulated[place] = total
    for place in range(count):
        if cumulated[place] > u * total:
            return place
    return NOBODY


@rule
def choose_option(here: Here, count: int, u: float) -> int:
    """Return the action that logit choice takes of the options noted; -1 when there is none."""
    place = choose(here.work.logits, here.work.cumulated, count, u)
    return here.work.options[place] if place >= 0 else NOBODY


@rule
def choose_nearest(here: Here, count: int, rung: float) -> int:
    """Return the option nearest to a rung, of two as near the lower; -1 when there is none."""
    nearest, least = NOBODY, np.inf
    for place in range(count):
        distance = abs(here.world.rung[here.work.options[place]] - rung)
        if distance < least:
            nearest, least = here.work.options[place], distance
    return nearest


@rule
def choose_each(logits: Any, offered: Any, u: float) -> Any:
    """Return what logit choice takes in each column of logits, with the same draw.

    Parameters
    ----------
    logits : ndarray, shape (action, column)
    offered : ndarray of bool, shape (action,)

    Returns
    -------
    ndarray of int, shape (column,)
    """
    picks = np.empty(logits.shape[1], np.int64)
    options = np.flatnonzero(offered)
    own, cumulated = np.empty(len(options)), np.empty(len(options))
    for column in range(len(picks)):
        for place in range(len(options)):
            own[place] = logits[options[place], column]
        chosen = choose(own, cumulated, len(options), u)
        picks[column] = options[chosen] if chosen >= 0 else NOBODY
    return picks
