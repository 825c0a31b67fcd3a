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
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NEVER, NOBODY
from wargame.scenario.ladder import LOWEST_RUNG


@rule
def set_out(worlds: Any, numbers: Any, states: Any) -> None:
    """Bring fresh histories to the start of their first turn."""
    world = worlds[0]
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        state = states[place]
        state.boost[:] = 1.0
        state.soonest = NEVER
        state.crosser[:] = -1
        own = numbers[place * each]
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
    now : int
        Place of the turn among all.
    peaks : ndarray of int8, shape (history,)
        The turn's highest rung; filled.
    kept : int
        Of how many histories, from the first, the acts are added to the log.
    """
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
        if begin_one(here):
            play_links(here)
            end_one(here, crises, agreements, peaks, log, kept, place)


@rule
def begin_one(here: Here) -> bool:
    """Bring a history to a turn: scheduled events take effect. Returns whether it takes part."""
    turn = here.turn
    here.state.acts_done = 0
    here.work.link = 0
    if here.state.over:
        return False
    if turn.last_change > turn.first_change:
        apply_changes(here, turn.first_change, turn.last_change, turn.number)
        renew_boosts(here, turn.number)
    return True


@rule
def play_links(here: Here) -> None:
    """Let all open, and all answer what was done in the link before until nothing more is done."""
    for actor in range(here.world.actors):
        open_by(here, actor)
    before = 0
    for link in range(1, here.world.longest + 1):
        if here.state.acts_done == before:
            break
        before = here.state.acts_done
        for actor in range(here.world.actors):
            answer_by(here, link, actor)


@rule
def end_one(
    here: Here, crises: Any, agreements: Any, peaks: Any, log: Any, kept: int, place: int
) -> None:
    """Settle a turn of a history, and move on to the next."""
    peaks[place] = settle(here, crises, agreements)
    update(here)
    if place < kept:
        for number in range(here.state.acts_done):
            log[here.work.logged] = here.state.act[number]
            here.work.logged += 1


@rule
def begin(worlds: Any, numbers: Any, turns: Any, now: int, states: Any, works: Any) -> None:
    """Begin a turn of every history."""
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
        begin_one(here)


@rule
def open_all(
    worlds: Any, numbers: Any, turns: Any, now: int, states: Any, works: Any, actor: int
) -> None:
    """Let one actor open in every history."""
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        if not states[place].over:
            here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
            open_by(here, actor)


@rule
def answer_all(
    worlds: Any, numbers: Any, turns: Any, now: int, states: Any, works: Any, link: int, actor: int
) -> None:
    """Let one actor answer in every history."""
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        if not states[place].over:
            here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
            answer_by(here, link, actor)


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
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
        meant[place] = rungs[place] = LOWEST_RUNG - 1
        taken = NOBODY if here.state.over else take_up(here, link, actor)
        if taken == NOBODY:
            continue
        act = here.state.act[taken]
        provoker, weight = int(act.actor), here.numbers.weight[actor, act.place]
        action, _ = consider(here, link, actor, provoker, int(act.realised), weight)
        if action >= 0:
            meant[place] = here.world.rung[action]
        action = answer_to(here, link, actor, provoker, weight, float(act.realised))
        if action >= 0:
            rungs[place] = here.world.rung[action]


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
    """Settle a turn of every history, and move on to the next."""
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        if not states[place].over:
            here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
            end_one(here, crises, agreements, peaks, log, kept, place)


@rule
def finish_all(
    worlds: Any,
    numbers: Any,
    turns: Any,
    now: int,
    states: Any,
    works: Any,
    crises: Any,
    agreements: Any,
) -> None:
    """Close the books of every history after the last turn."""
    each = len(numbers) > 1  # else all histories have the same
    for place in range(len(states)):
        here = Here(worlds[0], numbers[place * each], turns[now], states[place], works[0])
        finish(here, crises, agreements, here.turn.number)


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
