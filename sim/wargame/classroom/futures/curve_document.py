"""The odds over a history as plain data."""

from __future__ import annotations

from typing import Any

from wargame.classroom.futures.curve import Curve
from wargame.classroom.futures.curve_tables import told
from wargame.classroom.futures.settled import level_settled, settled_columns
from wargame.classroom.story.teller import acts_of
from wargame.engine.results import NOTE, Results
from wargame.scenario.ladder import OUTCOMES, WATCHED
from wargame.scenario.schema import Scenario


def curve_document(curve: Curve, scenario: Scenario, acts: Results) -> dict[str, Any]:
    """Return the odds over a history as plain data."""
    rows = acts_of(acts)
    return {
        "futures": curve.futures,
        "every": curve.every,
        "moments": [
            {
                "turn": turn,
                "ended": place == len(curve.shift),
                "worst_so_far": int(curve.past[place]),
                "outcomes": dict(zip(OUTCOMES, curve.outcomes[place].tolist(), strict=True)),
                "reached": [{"rung": level, **_columns(curve, place, level)} for level in WATCHED],
            }
            for place, turn in enumerate(curve.turns.tolist())
        ],
        "decisive": [
            {
                "turn": turn,
                "to": curve.stretch(turn)[1],
                "moved": curve.moved(turn),
                "acts": "; ".join(told(scenario, rows, *curve.stretch(turn))),
            }
            for turn in curve.decisive
        ],
        "note": NOTE,
    }


def _columns(curve: Curve, place: int, level: int) -> dict[str, Any]:
    ended, past = place == len(curve.shift), int(curve.past[place])
    settled = level_settled(level, past) or ("not reached" if ended else None)
    return settled_columns(curve.share(place, level), settled)
