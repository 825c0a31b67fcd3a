"""The phases of a turn, over all histories of a block: loops over the laws.

`play_turn` is a whole turn in one call; `begin`, `open_all`, `answer_all` and `end` are its parts,
for a model whose actors are asked one by one.
"""

from __future__ import annotations

from typing import Any

from wargame.engine.chance import count_from
from wargame.engine.compiled import rule
from wargame.engine.rules.answering import answer_by, answer_to, consider, take_up
from wargame.engine.rules.effects import apply_changes, renew_boosts
from wargame.engine.rules.opening import open_by
from wargame.engine.rules.settling import finish, settle, update
from wargame.engine.world.layout import NEVER, NOBODY
from wargame.scenario.ladder import LOWEST_RUNG


@rule
def set_out(worlds: Any, numbers: Any, states: Any) -> None:
    """Bring fresh histories to the start of their first turn."""
    world = worlds[0]
    for place in range(len(states)):
        state = states[place]
        state.boost[:] = 1.0
        state.soonest = NEVER
        state.crosser[:] = -1
        own = numbers[place if len(numbers) > 1 else 0]
        state.flag[:] = world.flag_start
        state.stocks[:] = own.stock_start


@rule
def number(states: Any, first: int, common: int) -> None:
    """Give histories their numbers, and what their draws are counted from.

    Parameters
    ----------
    common : int
        Above 0: history k has the draws of number k modulo this.
    """
    for place in range(len(states)):
        states[place].number = first + place
        states[place].counter = count_from(
            (first + place) % common if common > 0 else first + place
        )


@rule
def play_turn(
    worlds: Any,
    numbers: Any,
    turns: Any,
    now: int,
    states: Any,
    works: Any,
    crises: Any,
    agreements: Any,
    peaks: Any,
    log: Any,
    kept: int,
) -> None:
    """Play one turn of every history that is not over.

    Parameters
    ----------
    peaks : ndarray of int8, shape (history,)
        The turn's highest rung; filled.
    kept : int
        Of how many histories, from the first, the acts are added to the log.
    """
    world, turn, work = worlds[0], turns[now], works[0]
    for place in range(len(states)):
        state = states[place]
        own = numbers[place if len(numbers) > 1 else 0]
        if not begin_one(world, own, turn, state):
            continue
        for actor in range(world.actors):
            open_by(world, own, turn, state, work, actor)
        before = 0
        for link in range(1, world.longest + 1):
            if state.acts_done == before:
                break
            before = state.acts_done
            for actor in range(world.actors):
                answer_by(world, own, turn, state, work, link, actor)
        peaks[place] = settle(world, own, turn, state, work, crises, agreements)
        update(world, own, turn, state, work)
        if place < kept:
            keep_acts(state, work, log)


@rule
def begin_one(world: Any, numbers: Any, turn: Any, state: Any) -> bool:
    """Bring a history to a turn: scheduled events take effect. Returns whether it takes part."""
    state.acts_done = 0
    if state.over:
        return False
    if turn.last_change > turn.first_change:
        number = turn.number
        apply_changes(world, numbers, state, turn.first_change, turn.last_change, number, number)
        renew_boosts(world, numbers, state, number)
    return True


@rule
def begin(worlds: Any, numbers: Any, turns: Any, now: int, states: Any) -> None:
    """Begin a turn of every history."""
    world, turn = worlds[0], turns[now]
    for place in range(len(states)):
        begin_one(world, numbers[place if len(numbers) > 1 else 0], turn, states[place])


@rule
def open_all(
    worlds: Any, numbers: Any, turns: Any, now: int, states: Any, works: Any, actor: int
) -> None:
    """Let one actor open in every history."""
    world, turn, work = worlds[0], turns[now], works[0]
    for place in range(len(states)):
        if not states[place].over:
            own = numbers[place if len(numbers) > 1 else 0]
            open_by(world, own, turn, states[place], work, actor)


@rule
def answer_all(
    worlds: Any, numbers: Any, turns: Any, now: int, states: Any, works: Any, link: int, actor: int
) -> None:
    """Let one actor answer in every history."""
    world, turn, work = worlds[0], turns[now], works[0]
    for place in range(len(states)):
        if not states[place].over:
            own = numbers[place if len(numbers) > 1 else 0]
            answer_by(world, own, turn, states[place], work, link, actor)


@rule
def read_rightly(
    worlds: Any,
    numbers: Any,
    turns: Any,
    now: int,
    states: Any,
    works: Any,
    link: int,
    actor: int,
    meant: Any,
    rungs: Any,
) -> None:
    """Say what one actor will answer in a link, and what it would if it read the act rightly.

    Parameters
    ----------
    meant, rungs : ndarray of int, shape (history,)
        Filled: the rung of its answer, and of that to the same act read for what it was; one below
        the lowest rung for no answer.
    """
    world, turn, work = worlds[0], turns[now], works[0]
    for place in range(len(states)):
        state = states[place]
        own = numbers[place if len(numbers) > 1 else 0]
        meant[place] = rungs[place] = LOWEST_RUNG - 1
        taken = NOBODY if state.over else take_up(world, own, turn, state, link, actor)
        if taken == NOBODY:
            continue
        act = state.act[taken]
        weight = own.weight[actor, act.place]
        action, _ = consider(
            world, own, turn, state, work, link, actor, int(act.actor), int(act.realised), weight
        )
        if action >= 0:
            meant[place] = world.rung[action]
        action = answer_to(
            world, own, turn, state, work, link, actor, int(act.actor), weight, float(act.realised)
        )
        if action >= 0:
            rungs[place] = world.rung[action]


@rule
def end(
    worlds: Any,
    numbers: Any,
    turns: Any,
    now: int,
    states: Any,
    works: Any,
    crises: Any,
    agreements: Any,
    peaks: Any,
    log: Any,
    kept: int,
) -> None:
    """Settle a turn of every history and move on."""
    world, turn, work = worlds[0], turns[now], works[0]
    for place in range(len(states)):
        state = states[place]
        if not state.over:
            own = numbers[place if len(numbers) > 1 else 0]
            peaks[place] = settle(world, own, turn, state, work, crises, agreements)
            update(world, own, turn, state, work)
            if place < kept:
                keep_acts(state, work, log)


@rule
def finish_all(
    worlds: Any, states: Any, works: Any, crises: Any, agreements: Any, last_turn: int
) -> None:
    """Close the books of every history."""
    world, work = worlds[0], works[0]
    for place in range(len(states)):
        finish(world, states[place], work, crises, agreements, last_turn)


@rule
def keep_acts(state: Any, work: Any, log: Any) -> None:
    """Add the acts of a turn to the log."""
    for place in range(state.acts_done):
        log[work.logged] = state.act[place]
        work.logged += 1


@rule
def sort_acts(
    log: Any,
    held: int,
    first: int,
    begins: Any,
    replication: Any,
    turn: Any,
    link: Any,
    actor: Any,
    action: Any,
    intended: Any,
    realised: Any,
    accidental: Any,
    provoker: Any,
    trigger: Any,
    perceived: Any,
    behalf: Any,
    deaths: Any,
) -> None:
    """Write the log as columns, by history, each in the order of its acts.

    Parameters
    ----------
    held : int
        Acts in the log.
    first : int
        Number of the first history.
    begins : ndarray of int, shape (history,)
        Where each history's acts begin; overwritten.
    replication, turn, link, actor, action, intended, realised,
    accidental, provoker, trigger, perceived, behalf, deaths : ndarray, shape (act,)
        The columns of `wargame.engine.results.ACT_COLUMNS`; filled.
    """
    for number in range(held):
        act = log[number]
        history = act.replication - first
        place = begins[history]
        begins[history] += 1
        replication[place] = act.replication
        turn[place] = act.turn
        link[place] = act.link
        actor[place] = act.actor
        action[place] = act.action
        intended[place] = act.intended
        realised[place] = act.realised
        accidental[place] = act.accidental
        provoker[place] = act.provoker
        trigger[place] = act.trigger
        perceived[place] = act.perceived
        behalf[place] = act.behalf
        deaths[place] = act.deaths
