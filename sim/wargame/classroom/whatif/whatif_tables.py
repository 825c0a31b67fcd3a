"""What ifs: as tables, sentences and plain data."""

from __future__ import annotations

from wargame.analysis.estimates.paired import Pair
from wargame.classroom.futures.odds_tables import count_futures
from wargame.classroom.futures.settled import level_settled, outcome_settled
from wargame.classroom.history.weights import find_action
from wargame.classroom.whatif.whatif import WhatIf
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import NOTE
from wargame.findings import Estimate, Table, columns
from wargame.scenario.ladder import name_rung
from wargame.scenario.schema import Scenario
from wargame.show.chances import FEW, brief
from wargame.show.names import period
from wargame.show.percentages import span

_MOST_PLACES = 3
"""Decimals of a percentage, at most."""


def what_if_tables(found: WhatIf) -> tuple[str, list[Table]]:
    """Return a title and the table of a what if."""
    moment, scenario = found.moment, found.moment.scenario
    title = (
        f"{scenario.title}: history {moment.number}, {period(scenario, moment.turn, moment.turn)}\n"
        f"{scenario.actors[found.actor].name} had {_decision(scenario, found.actor, found.was)}. "
        f"{_question(found)}\n"
        f"{count_futures(found.before.replications)} each, on the same draws, "
        + ("from the next turn on." if found.same_luck else "this turn's answers included.")
    )
    if found.was == found.instead:
        title += "\nThat is what it did: the difference is exactly zero."
    seen = columns(
        "reaches rung", "as it was", "instead", "points", "95% interval", ("verdict", "")
    )
    title_of_table = f"Share of futures, 95% interval; difference in percentage points ({NOTE})"
    changes = (_row(change, found.pasts) for change in found.changes)
    outcomes = Table.of(
        "outcomes",
        "How it may end",
        columns("outcome", "as it was", "instead"),
        (
            (
                name,
                *(
                    _arm(arm.outcomes()[name], outcome_settled(name, past))
                    for arm, past in zip((found.before, found.after), found.pasts, strict=True)
                ),
            )
            for name in found.before.outcomes()
        ),
    )
    return title, [Table.of("difference", title_of_table, seen, changes), outcomes]


def _row(change: Pair, pasts: tuple[int, int]) -> tuple[str, ...]:
    """Return a row of the table; its numbers agree with each other as they are rounded."""
    before, after = (level_settled(change.level, past) for past in pasts)
    name = f"{change.level}+, {name_rung(change.level)}"
    if before is not None and after is not None:
        return name, before, after, "0", "", "the same"
    gap, places = change.difference, _places(change)
    same = gap.low == gap.high == 0.0
    return (
        name,
        _arm(change.before, before, places),
        _arm(change.after, after, places),
        _points(gap.value, places),
        "" if same else f"{_points(gap.low, places)} to {_points(gap.high, places)}",
        "the same" if same else gap.verdict,
    )


def _arm(share: Estimate, settled: str | None, places: int | None = None) -> str:
    """Write a share with its interval, with so many decimals; None: as few as say enough."""
    if settled is not None:
        return settled
    exact = places is not None and share.n >= FEW and 0 < share.count < share.n
    said = f"{100 * share.value:.{places}f}%" if exact else brief(share)
    return said if share.n < FEW else f"{said} ({span(share.low, share.high)})"


def _places(change: Pair) -> int | None:
    """Return the decimals with which both shares and their difference agree; None without one."""
    if change.difference.value == 0.0:
        return None
    numbers = (change.before.value, change.after.value, change.difference.value)
    for places in range(1, _MOST_PLACES):
        before, after, gap = (round(100 * 10**places * number) for number in numbers)
        if gap and after - before == gap:
            return places
    return _MOST_PLACES


def _points(value: float, places: int | None) -> str:
    """Write a difference of shares in percentage points."""
    return "0" if value == 0.0 else f"{100 * value:+.{places or 1}f}"


_ANSWERS = {
    "hold": "left every act unanswered",
    "match": "answered at the rung it read",
    "one_lower": "answered one rung below what it read",
    "one_higher": "answered one rung above what it read",
}


def _decision(scenario: Scenario, actor: str, order: Order) -> str:
    """Say what an actor opened with; fits "it ..." and "it had ..."."""
    if order.opening is None:
        return "followed the calendar"
    if order.opening == HOLD:
        return "opened with nothing"
    return f'chosen "{find_action(scenario, actor, order.opening).label}"'


def _question(found: WhatIf) -> str:
    """Ask what if, naming only what differs."""
    parts = []
    if found.instead.opening != found.was.opening or found.instead.standing == MODEL:
        parts.append(_decision(found.moment.scenario, found.actor, found.instead))
    if found.instead.standing != MODEL:
        parts.append(_ANSWERS[found.instead.standing])
    return f"What if it had {' and '.join(parts)}?"
