"""The odds from a moment: as tables, sentences and plain data."""

from __future__ import annotations

from typing import Any

from wargame.classroom.futures.moment import Moment
from wargame.classroom.futures.odds import Odds
from wargame.classroom.futures.settled import level_settled, outcome_settled, settled_columns
from wargame.engine.results import NOTE
from wargame.findings import Cell, Estimate, Table, columns
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.show.names import period


def count_futures(futures: int) -> str:
    """Return "1 future", "2,000 futures"."""
    return f"{futures:,} future{'' if futures == 1 else 's'}"


SHARE = (("share", "share", "brief"), ("share", "95% interval", "interval"))
"""Columns of a share where rows hold little else."""


def odds_tables(odds: Odds) -> tuple[str, list[Table]]:
    """Return a title and the table of the odds from a moment."""
    moment = odds.moment
    whose = (
        "the game (led by the model on all sides)"
        if moment.number < 0
        else (f"history {moment.number}")
    )
    title = (
        f"{moment.scenario.title}: {count_futures(odds.futures.replications)} of {whose} "
        f"from the start of {period(moment.scenario, moment.turn, moment.turn)}"
    )
    past = moment.past
    seen = columns("outcome", *SHARE, ("said", "in words", "in words"))
    rows = [_row(name, share, outcome_settled(name, past)) for name, share in odds.outcomes.items()]
    reached = [
        _row(f"rung {level} or above, {RUNGS[level]}", share, level_settled(level, past))
        for level, share in odds.reached.items()
    ]
    so_far = f"worst so far: rung {past}" if past else "nothing at rung 1 or above so far"
    return title, [
        Table("outcomes", f"How it may end; {so_far} ({NOTE})", seen, tuple(rows)),
        Table("reached", "What it may reach, the past included", seen, tuple(reached)),
    ]


def odds_document(odds: Odds) -> dict[str, Any]:
    """Return odds as plain data."""
    past = odds.moment.past
    return {
        **where(odds.moment),
        "futures": odds.futures.replications,
        "worst_so_far": past,
        "outcomes": [
            {
                "outcome": name,
                "rung": OUTCOMES[name],
                **settled_columns(share, outcome_settled(name, past)),
            }
            for name, share in odds.outcomes.items()
        ],
        "reached": [
            {"rung": level, **settled_columns(share, level_settled(level, past))}
            for level, share in odds.reached.items()
        ],
        "note": NOTE,
    }


def where(moment: Moment) -> dict[str, Any]:
    """Return which moment of which history it is, as plain data."""
    return {
        "scenario": moment.scenario.title,
        "seed": moment.seed,
        "run": moment.number,
        "turn": moment.turn,
        "date": moment.scenario.date_of(moment.turn).isoformat(),
    }


def _row(name: str, share: Estimate, settled: str | None) -> dict[str, Cell]:
    """Return a row; what is settled has no share, for it is not estimated."""
    open_share = share if settled is None else None
    return {"outcome": name, "share": open_share, "said": settled or share}
