"""Odds, their course over a history, and what ifs: as tables, sentences and plain data."""

from __future__ import annotations

from typing import Any

from wargame.analysis.statistics import outcome_of
from wargame.analysis.summary import share_columns
from wargame.analysis.wording import about, percent, span, words
from wargame.classroom.narrative import acts_of, join_words, period
from wargame.classroom.odds import LEVELS, Curve, Moment, Odds
from wargame.classroom.whatif import Change, WhatIf
from wargame.classroom.witness import find_action
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import NOTE, Results, Share
from wargame.scenario.schema import OUTCOMES, RUNGS, Scenario
from wargame.scenario.section import Section

__all__ = [
    "curve_document",
    "curve_section",
    "happened",
    "odds_document",
    "odds_sections",
    "what_if_document",
    "what_if_sections",
]


def odds_sections(odds: Odds) -> tuple[str, list[Section]]:
    """Return a title and the table of the odds from a moment."""
    moment = odds.moment
    whose = (
        "the game (led by the model on all sides)"
        if moment.number < 0
        else (f"history {moment.number}")
    )
    title = (
        f"{moment.scenario.title}: {odds.futures.replications:,} futures of {whose} "
        f"from the start of {period(moment.scenario, moment.turn, moment.turn)}"
    )
    past = int(moment.snapshot.state.tally["peak"][0])
    headers = ("outcome", "share", "95% interval", "in words")
    rows = [(name, *_cells(share)) for name, share in odds.outcomes.items()]
    reached = [
        (f"rung {level} or above, {RUNGS[level]}", *_cells(share))
        for level, share in odds.reached.items()
    ]
    so_far = f"worst so far: rung {past}" if past else "nothing at rung 1 or above so far"
    return title, [
        Section("outcomes", f"How it may end; {so_far} ({NOTE})", headers, tuple(rows)),
        Section("reached", "What it may reach, the past included", headers, tuple(reached)),
    ]


def odds_document(odds: Odds) -> dict[str, Any]:
    """Return odds as plain data."""
    return {
        **_where(odds.moment),
        "futures": odds.futures.replications,
        "outcomes": [
            {"outcome": name, "rung": OUTCOMES[name], **share_columns(share)}
            for name, share in odds.outcomes.items()
        ],
        "reached": [
            {"rung": level, **share_columns(share)} for level, share in odds.reached.items()
        ],
        "note": NOTE,
    }


def curve_section(curve: Curve, scenario: Scenario, acts: Results) -> tuple[str, Section]:
    """Return a title and the table of the odds over a history.

    Parameters
    ----------
    curve : Curve
    scenario : Scenario
    acts : Results
        Of this history alone.
    """
    marked = set(curve.decisive)
    rows = []
    for place, turn in enumerate(curve.turns.tolist()):
        ended = place == len(curve.shift)
        told = happened(scenario, acts, turn)
        rows.append(
            (
                "the end" if ended else period(scenario, turn, turn),
                *(percent(float(share)) for share in curve.reached[place]),
                "" if ended else percent(float(curve.shift[place])),
                "" if ended else ("* " if turn in marked else "") + told,
            )
        )
    levels = tuple(f"rung {level}+" for level in LEVELS)
    section = Section(
        "curve",
        f"Share of {curve.futures:,} futures that reach a rung, at the start of each turn ({NOTE})",
        ("start of", *levels, "moved by", "then (* decisive)"),
        tuple(rows),
    )
    return _curve_title(curve, scenario, acts), section


def curve_document(curve: Curve, scenario: Scenario, acts: Results) -> dict[str, Any]:
    """Return the odds over a history as plain data."""
    return {
        "futures": curve.futures,
        "moments": [
            {
                "turn": turn,
                "ended": place == len(curve.shift),
                "outcomes": dict(zip(OUTCOMES, curve.outcomes[place].tolist(), strict=True)),
                "reached": [
                    {"rung": level, "share": share, "low": low, "high": high}
                    for level, share, low, high in zip(
                        LEVELS,
                        curve.reached[place].tolist(),
                        curve.low[place].tolist(),
                        curve.high[place].tolist(),
                        strict=True,
                    )
                ],
            }
            for place, turn in enumerate(curve.turns.tolist())
        ],
        "decisive": [
            {
                "turn": turn,
                "moved": float(curve.shift[turn - 1]),
                "acts": happened(scenario, acts, turn),
            }
            for turn in curve.decisive
        ],
        "note": NOTE,
    }


def what_if_sections(found: WhatIf) -> tuple[str, list[Section]]:
    """Return a title and the table of a what if."""
    moment, scenario = found.moment, found.moment.scenario
    title = (
        f"{scenario.title}: history {moment.number}, {period(scenario, moment.turn, moment.turn)}\n"
        f"{scenario.actors[found.actor].name} had {_decision(scenario, found.actor, found.was)}. "
        f"{_question(found)}\n"
        f"{found.before.replications:,} futures each, on the same draws, "
        + ("from the next turn on." if found.same_luck else "this turn's answers included.")
    )
    if found.was == found.instead:
        title += "\nThat is what it did: the difference is exactly zero."
    rows = tuple(
        (
            f"rung {change.level} or above, {RUNGS[change.level]}",
            _short(change.before),
            _short(change.after),
            _points(change.difference.value),
            f"{_points(change.difference.low)} to {_points(change.difference.high)}",
            _verdict(change),
        )
        for change in found.changes
    )
    headers = ("the history reaches", "as it was", "instead", "difference", "95% interval", "")
    section = Section("difference", f"Percentage points of futures ({NOTE})", headers, rows)
    outcomes = Section(
        "outcomes",
        "How it may end",
        ("outcome", "as it was", "instead"),
        tuple(
            (name, _short(share), _short(found.after.outcomes()[name]))
            for name, share in found.before.outcomes().items()
        ),
    )
    return title, [section, outcomes]


def what_if_document(found: WhatIf) -> dict[str, Any]:
    """Return a what if as plain data."""
    return {
        **_where(found.moment),
        "actor": found.actor,
        "was": {"opening": found.was.opening, "standing": found.was.standing},
        "instead": {"opening": found.instead.opening, "standing": found.instead.standing},
        "same_luck": found.same_luck,
        "futures": found.before.replications,
        "reached": [
            {
                "rung": change.level,
                "before": share_columns(change.before),
                "after": share_columns(change.after),
                "difference": change.difference.value,
                "low": change.difference.low,
                "high": change.difference.high,
                "variance_saved": change.saved,
            }
            for change in found.changes
        ],
        "note": NOTE,
    }


def happened(scenario: Scenario, acts: Results, turn: int) -> str:
    """Say in a few words who did what in a turn of a history; "" for nothing."""
    told = [
        f"{act['actor']} {find_action(scenario, act['actor'], act['action']).id.replace('_', ' ')} "
        f"({act['realised']})"
        for act in acts_of(acts)
        if act["turn"] == turn
    ]
    return ", ".join(told)


def _curve_title(curve: Curve, scenario: Scenario, acts: Results) -> str:
    peak = int(acts.table["peak"][0])
    end = f"{scenario.title}: the odds over history {acts.first}, which ends as {outcome_of(peak)}"
    if not curve.decisive:
        return f"{end}; no single turn moved them much"
    turns = join_words([str(turn) for turn in curve.decisive])
    return f"{end}; decisive: turn{'s' if len(curve.decisive) > 1 else ''} {turns}"


def _where(moment: Moment) -> dict[str, Any]:
    return {
        "scenario": moment.scenario.title,
        "seed": moment.seed,
        "run": moment.number,
        "turn": moment.turn,
        "date": moment.scenario.date_of(moment.turn).isoformat(),
    }


def _cells(share: Share) -> tuple[str, str, str]:
    said = about(share) if share.count == 0 else f"{words(share.share)}: {about(share)}"
    return _short(share), span(share.low, share.high), said


def _short(share: Share) -> str:
    return percent(share.share) if share.count else "none seen"


def _points(value: float) -> str:
    """Write a difference of shares in percentage points."""
    if value == 0.0:
        return "0"
    places = 2 if abs(value) < 0.001 else 1
    return f"{100 * value:+.{places}f}"


def _verdict(change: Change) -> str:
    difference = change.difference
    if difference.low == difference.high == 0.0:
        return "the same"
    return difference.verdict


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
