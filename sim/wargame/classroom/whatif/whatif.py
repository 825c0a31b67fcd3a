"""What if: the same history up to a turn, one decision changed, and the futures of both.

Both arms branch from the same state and meet the same draws. The turn's other openings are those
of the history; everything after them is open. Or, with the history's own luck, the whole turn is
played on the draws it had, and what is open begins with the next. Either way the same decision
gives a difference of exactly 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wargame.analysis.estimates.paired import Pair, compare_levels
from wargame.classroom.futures.futures import check_futures, futures_of
from wargame.classroom.futures.moment import Moment, moment_of
from wargame.classroom.history.history import chunk_of
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.policies import HOLD, MODEL, Order, Orders
from wargame.engine.results import Results
from wargame.errors import UnknownName, UsageError
from wargame.scenario.ladder import HIGHEST_RUNG, SEVERE


@dataclass(frozen=True)
class WhatIf:
    """One decision changed.

    Attributes
    ----------
    was, instead : Order
        What it did in the history, and the change.
    same_luck : bool
        Whether the turn itself was played on the history's own draws.
    before, after : Results
        Futures of both; replication k of each meets the same draws.
    pasts : pair of int
        The worst rung of each arm before its futures begin; they differ only with the same luck.
    changes : tuple of Pair
        By rung of `SEVERE`.
    """

    moment: Moment
    actor: str
    was: Order
    instead: Order
    same_luck: bool
    before: Results
    after: Results
    pasts: tuple[int, int]
    changes: tuple[Pair, ...]


def what_if(
    results: Results,
    number: int,
    turn: int,
    actor: str,
    opening: str | None = None,
    standing: str = MODEL,
    futures: int = 10_000,
    *,
    same_luck: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> WhatIf:
    """Change one decision of a history and compare the futures.

    Parameters
    ----------
    results : Results
        Of the run.
    number, turn : int
        Which history, and in which turn.
    actor : str
        Whose decision.
    opening : str, optional
        An action of its menu or "hold"; None: as in the history.
    standing : str
        A standing order for its answers in that turn.
    futures : int
        In each arm.
    same_luck : bool
        Play the turn itself on the draws this history had; only what follows is open.
    on_progress : callable, optional
        Called with (done, total), over both arms.

    Raises
    ------
    UnknownName
        For an actor, action or standing order that does not exist.
    UsageError
        When there is no such history or turn, the action was not on offer, or there are too few or
        too many futures.
    """
    check_futures(futures, results.scenario.turns)
    moment = moment_of(results, number, turn)
    if actor not in moment.scenario.actors:
        raise UnknownName("actor", actor, moment.scenario.actors)
    openings = _openings(results, number, turn)
    was = openings.get((turn, actor), Order())
    chosen = was.opening if opening is None else opening
    instead = Order(chosen, standing)
    _check_offer(moment, actor, chosen)
    others = {**openings, (turn, actor): instead}
    arms = (moment, moment)
    orders: tuple[Orders | None, Orders | None] = (openings, others)
    if same_luck:
        arms = (
            _next_moment(results, number, turn, openings),
            _next_moment(results, number, turn, others),
        )
        orders = (None, None)
    before = futures_of(arms[0], futures, orders[0], _half(on_progress, 0))
    after = futures_of(arms[1], futures, orders[1], _half(on_progress, 1))
    pasts = (arms[0].past, arms[1].past)
    settled = HIGHEST_RUNG if was == instead else min(pasts)
    changes = compare_levels(before.table["peak"], after.table["peak"], SEVERE, settled=settled)
    return WhatIf(moment, actor, was, instead, same_luck, before, after, pasts, changes)


def _half(
    on_progress: Callable[[int, int], None] | None, arm: int
) -> Callable[[int, int], None] | None:
    """Return what to tell of one arm's progress: its half of the whole."""
    if on_progress is None:
        return None
    return lambda done, total: on_progress(arm * total + done, 2 * total)


def _openings(results: Results, number: int, turn: int) -> Orders:
    """Return what every actor opened with in a turn of a history, as orders.

    Whom the calendar makes act is left to the calendar, which acts in the futures, too.
    """
    chunk = chunk_of(results, number)
    scenario = chunk.scenario
    alone = chunks.run_chunk(replace(chunk, kept=1))
    orders = {(turn, actor): Order(HOLD) for actor in scenario.actors}
    acts = alone.acts
    for row in ((acts["turn"] == turn) & (acts["link"] == 0)).nonzero()[0].tolist():
        actor = alone.actors[int(acts["actor"][row])]
        orders[turn, actor] = Order(alone.menus[actor][int(acts["action"][row])])
    for event in scenario.calendar:
        if event.act is not None and scenario.turn_of(event) == turn:
            orders.pop((turn, event.act.actor), None)
    return orders


def _next_moment(results: Results, number: int, turn: int, orders: Orders) -> Moment:
    """Return the start of the turn after, this one played on the history's own draws."""
    chunk = replace(chunk_of(results, number), orders=orders)
    if turn == chunk.scenario.turns:
        raise UsageError(
            f"turn {turn} is the last, so nothing after it is open. Leave the option "
            "out, or give an earlier turn.",
            field="same_luck",
        )
    snapshot = snapshots.take_snapshot(chunk, turn + 1)
    return Moment(chunk.scenario, results.seed, number, snapshot)


def _check_offer(moment: Moment, actor: str, opening: str | None) -> None:
    if opening is None or opening == HOLD:
        return
    menu: Sequence[str] = [action.id for action in moment.scenario.actors[actor].actions]
    if opening not in menu:
        raise UnknownName(f"action of {actor}", opening, [HOLD, *menu])
    chunk = chunks.Chunk(moment.scenario, moment.seed, 0, 1, start=moment.snapshot)
    offered = snapshots.offers(chunk)[actor]
    if opening not in offered:
        raise UsageError(
            f"{actor} could not have done '{opening}' in turn {moment.turn}: it was not "
            "on offer (cooldown, limit, or its condition). "
            f"Use one of: {', '.join([HOLD, *offered])}.",
            field="action",
        )
