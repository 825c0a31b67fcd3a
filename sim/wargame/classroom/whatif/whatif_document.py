"""A what-if as plain data."""

from __future__ import annotations

from typing import Any

from wargame.analysis.estimates.paired import Pair
from wargame.classroom.futures.odds_tables import where
from wargame.classroom.futures.settled import level_settled, outcome_settled, settled_columns
from wargame.classroom.whatif.whatif import WhatIf
from wargame.engine.results import NOTE
from wargame.scenario.ladder import OUTCOMES


def what_if_document(found: WhatIf) -> dict[str, Any]:
    """Return a what if as plain data."""
    return {
        **where(found.moment),
        "actor": found.actor,
        "was": {"opening": found.was.opening, "standing": found.was.standing},
        "instead": {"opening": found.instead.opening, "standing": found.instead.standing},
        "same_luck": found.same_luck,
        "futures": found.before.replications,
        "reached": [_plain_change(change, found.pasts) for change in found.changes],
        "outcomes": [
            {
                "outcome": name,
                "rung": OUTCOMES[name],
                **{
                    arm: settled_columns(results.outcomes()[name], outcome_settled(name, past))
                    for arm, results, past in zip(
                        ("before", "after"), (found.before, found.after), found.pasts, strict=True
                    )
                },
            }
            for name in found.before.outcomes()
        ],
        "note": NOTE,
    }


def _plain_change(change: Pair, pasts: tuple[int, int]) -> dict[str, Any]:
    before, after = (level_settled(change.level, past) for past in pasts)
    sure = before is not None and after is not None
    return {
        "rung": change.level,
        "before": settled_columns(change.before, before),
        "after": settled_columns(change.after, after),
        "difference": change.difference.value,
        "low": None if sure else change.difference.low,
        "high": None if sure else change.difference.high,
        "variance_saved": change.saved,
    }
