"""What each turn brings: the calendar, orders from outside, the keys of its draws."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.compiled import records
from wargame.engine.draws import row_key
from wargame.engine.policies import HOLD, OPEN_AS_MODEL, OPEN_NOTHING, POLICIES, Orders
from wargame.engine.world.world import World

Keys = dict[str, NDArray[np.uint64]]


def turns_of(
    world: World, seed: int, orders: Orders | None = None, aliases: Mapping[str, str] | None = None
) -> Any:
    """Return a record for every turn of a scenario.

    Parameters
    ----------
    aliases : mapping of str to str, optional
        Words to use in place of actor ids when naming draws.
    """
    names = tuple((aliases or {}).get(actor, actor) for actor in world.actors)
    turns = _without_orders(world, seed, names)
    if not orders:
        return turns
    turns = turns.copy()
    for (turn, actor), order in orders.items():
        if turn > len(turns):  # the past of a game ends before the orders of this turn
            continue
        own = turns[turn - 1 : turn]
        place = world.actors.index(actor)
        own["standing"][0, place] = POLICIES.index(order.standing)
        if order.opening is not None:
            held = order.opening == HOLD
            own["opening"][0, place] = OPEN_NOTHING if held else world.action(actor, order.opening)
    return turns


@lru_cache(maxsize=8)
def _without_orders(world: World, seed: int, names: tuple[str, ...]) -> Any:
    turns = records(world.layout.turn, world.scenario.turns)
    turns["number"] = np.arange(1, len(turns) + 1)
    turns["forced"] = -1
    turns["opening"] = OPEN_AS_MODEL
    for name, keys in keys_of(seed, names, len(turns), world.scenario.world.chain.longest).items():
        turns[name][tuple(slice(size) for size in keys.shape)] = keys
    _schedule(world, turns)
    return turns


def _schedule(world: World, turns: Any) -> None:
    """Write down which events begin in a turn, which move somebody's tempo, and whom one forces."""
    at = np.concatenate([[0], np.cumsum([len(event.effects) for event in world.events])])
    at += int(world.record["change_at"][0, len(world.actions)])
    for place, event in enumerate(world.events):
        begins = world.scenario.turn_of(event)
        if begins > len(turns):  # the past of a game ends before its calendar
            continue
        first = turns[begins - 1 : begins]
        if first["last_change"][0] == 0:
            first["first_change"] = at[place]
        first["last_change"] = at[place + 1]
        if event.act is not None:
            actor = world.actors.index(event.act.actor)
            first["forced"][0, actor] = world.action(event.act.actor, event.act.action)
        for turn in turns[begins - 1 : begins - 1 + event.window]:
            turn["window"][turn["windows"]] = place
            turn["windows"] += 1


@lru_cache(maxsize=8)
def keys_of(seed: int, names: tuple[str, ...], turns: int, longest: int) -> Keys:
    """Return the keys of all draws of all turns.

    Parameters
    ----------
    names : tuple of str
        What the draws of each actor go by.

    Returns
    -------
    dict of str to ndarray of uint64, shape (turn, ...)
    """
    count = len(names)
    shape = (turns, longest + 1, count)
    keys = {
        "open_key": np.zeros((turns, count), np.uint64),
        "war_key": np.zeros(turns, np.uint64),
        "tie_key": np.zeros((*shape, count), np.uint64),
    }
    purposes = ("choose", "slip", "deaths", "reply", "perceive")
    keys |= {f"{purpose}_key": np.zeros(shape, np.uint64) for purpose in purposes}
    for turn in range(1, turns + 1):
        row = turn - 1
        keys["war_key"][row] = row_key(f"{seed}/war/{turn}")
        for place, name in enumerate(names):
            keys["open_key"][row, place] = row_key(f"{seed}/initiate/{turn}/{name}")
            for link in range(longest + 1):
                for purpose in purposes:
                    key = row_key(f"{seed}/{purpose}/{turn}/{link}/{name}")
                    keys[f"{purpose}_key"][row, link, place] = key
            for link in range(1, longest + 1):
                for other, provoker in enumerate(names):
                    if other != place:
                        key = row_key(f"{seed}/provocation/{turn}/{link}/{name}/{provoker}")
                        keys["tie_key"][row, link, place, other] = key
    return keys
