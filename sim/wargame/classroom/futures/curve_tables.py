"""The odds over a history: as tables, sentences and plain data."""

from __future__ import annotations

from typing import Any

from wargame.classroom.futures.curve import Curve
from wargame.classroom.futures.odds_tables import count_futures
from wargame.classroom.futures.settled import level_settled
from wargame.classroom.history.weights import find_action
from wargame.classroom.story.teller import acts_of
from wargame.engine.results import NOTE, Results
from wargame.findings import Estimate, Table, columns
from wargame.scenario.ladder import WATCHED, outcome_of
from wargame.scenario.schema import Scenario
from wargame.show.chances import FEW, brief
from wargame.show.names import period
from wargame.show.percentages import percent
from wargame.show.words import join_words

_Rows = list[dict[str, Any]]

_RARE = 10
"""Futures with it, or without it, below which an interval is too lopsided for a plus-minus."""


def curve_tables(curve: Curve, scenario: Scenario, acts: Results) -> tuple[str, list[Table]]:
    """Return a title and the tables of the odds over a history.

    Parameters
    ----------
    acts : Results
        Of this history alone.
    """
    unit = period(scenario, 1, 1).partition(" ")[0].lower()
    starts, rows = curve.turns[:-1].tolist(), acts_of(acts)
    odds = [
        (_moment(curve, scenario, turn), *(_level(curve, place, level) for level in WATCHED))
        for place, turn in enumerate(starts)
    ]
    came = (level_settled(level, int(curve.past[-1])) for level in WATCHED)
    odds.append(("the end", *("reached" if word else "not reached" for word in came)))
    levels = [f"rung {level}+" for level in WATCHED]
    happened = [
        (_moment(curve, scenario, turn) if first else "", _moved(curve, turn) if first else "", act)
        for turn in starts
        for first, act in _numbered(told(scenario, rows, *curve.stretch(turn)))
    ]
    every = "" if curve.every == 1 else f"{curve.every} "
    each = f"at the start of each {unit}" if not every else f"every {every}{unit}s"
    tables = [
        Table.of(
            "curve",
            f"Share of {count_futures(curve.futures)} that reach a rung, {each} ({NOTE})",
            columns(unit, *levels),
            odds,
        ),
        Table.of(
            "happened",
            ("Who did what" if not every else f"The worst act of the {every}{unit}s from there")
            + ", and its rung in brackets (* decisive)",
            columns(unit, "moved by", "what happened"),
            happened,
        ),
    ]
    return _title(curve, scenario, acts), tables if happened else tables[:1]


def curve_note(curve: Curve) -> str:
    """Say how the tables of a curve are to be read."""
    moved = (
        "Moved by: the share of futures that come to another outcome (calm, friction, clash, ...) "
        "after what happened than before it; who acted in a turn need not have been what moved it."
    )
    if curve.futures < FEW:
        return f"{moved} So few futures are too few to say more."
    return (
        f"{moved} ± is half of the 95% interval; of fewer than {_RARE} cases its far end is given "
        f"instead. None seen: fewer than 3 in {curve.futures:,}."
    )


def decisive_turns(curve: Curve) -> str:
    """Name the decisive turns: "turn 3", "turns 3 and 20", "turns 21 to 30 and 51 to 60"."""
    stretches = [curve.stretch(turn) for turn in curve.decisive]
    several = len(stretches) > 1 or stretches[0][0] < stretches[0][1]
    named = [f"{first} to {last}" if first < last else f"{first}" for first, last in stretches]
    return f"turn{'s' if several else ''} {join_words(named)}"


def _title(curve: Curve, scenario: Scenario, acts: Results) -> str:
    peak = int(acts.table["peak"][0])
    end = f"{scenario.title}: the odds over history {acts.first}, which ends as {outcome_of(peak)}"
    if not curve.decisive:
        return f"{end}; no single turn moved them much"
    return f"{end}; decisive: {decisive_turns(curve)}"


def _moment(curve: Curve, scenario: Scenario, turn: int) -> str:
    """Write a turn and the day it begins, as short as is clear: "34 · 11 Nov"."""
    date, end = scenario.date_of(turn), scenario.date_of(scenario.turns)
    year = f" {date.year}" if scenario.date_of(1).year != end.year else ""
    mark = " *" if turn in curve.decisive else ""
    return f"{turn} · {date.day} {date:%b}{year}{mark}"


def _level(curve: Curve, place: int, level: int) -> str:
    """Write the odds of a rung with their interval, as short as is clear."""
    if level_settled(level, int(curve.past[place])):
        return "reached"
    share = curve.share(place, level)
    if share.count == 0 or share.n < FEW:
        return brief(share)
    if share.count < _RARE:
        return f"{percent(share.value)} (to {percent(share.high)})"
    if share.n - share.count < _RARE:
        return f"{percent(share.value)} (from {percent(share.low)})"
    half = 50 * (share.high - share.low)
    return (
        f"{percent(share.value)} ±{half:.0f}"
        if half >= 0.95
        else (f"{percent(share.value)} ±{half:.1g}")
    )


def _moved(curve: Curve, turn: int) -> str:
    """Write how far the odds were moved."""
    moved = round(curve.moved(turn) * curve.futures)
    if not moved:
        return "none"
    return brief(Estimate(moved / curve.futures, n=curve.futures, kind="share"))


def _numbered(acts: list[str]) -> list[tuple[bool, str]]:
    """Return acts with whether they are the first of their turn."""
    return [(place == 0, act) for place, act in enumerate(acts)]


def told(scenario: Scenario, acts: _Rows, first: int, last: int) -> list[str]:
    """Say who did what from one turn to another: all of one turn, the worst of several."""
    found = [act for act in acts if first <= act["turn"] <= last]
    if first < last and found:
        worst = max(found, key=lambda act: int(act["realised"]))
        more = f" in turn {worst['turn']}, the worst of {len(found)} acts" if len(found) > 1 else ""
        return [_act(scenario, worst) + more]
    return [_act(scenario, act) for act in found]


def _act(scenario: Scenario, act: dict[str, Any]) -> str:
    label = find_action(scenario, act["actor"], act["action"]).label
    return f"{scenario.actors[act['actor']].name}: {label} ({act['realised']})"
