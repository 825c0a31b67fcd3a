"""An audit as text: tables for people, one JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from wargame.analysis.studies.audit.audit import Audit
from wargame.analysis.studies.audit.liveness import Judged
from wargame.engine.results import NOTE
from wargame.scenario import canonical
from wargame.scenario.section import Section
from wargame.show.table import record_of
from wargame.show.words import percent, span


def overview(found: Audit, every: bool = False) -> tuple[str, list[Section]]:
    """Return a title and tables for people.

    Parameters
    ----------
    every : bool
        List every number, not only those that do not clearly move anything.
    """
    state = "passed" if found.passed else "FAILED"
    title = f"{found.scenario.title}: audit {state}, seed {found.seed} ({NOTE})"
    checks = tuple((check.verdict, check.name, check.found) for check in found.checks)
    actions = tuple(
        (
            *(item.actor, str(item.rung), item.action, percent(item.share.value)),
            *(span(item.share.low, item.share.high), item.why or "-"),
        )
        for item in found.reached
    )
    sections = [
        Section("checks", "Checks", ("verdict", "what must hold", "found"), checks),
        Section(
            "actions",
            "Share of histories in which each action is done",
            ("actor", "rung", "action", "share", "95% interval", "why never"),
            actions,
        ),
    ]
    numbers = tuple(_row(item) for item in found.numbers if every or item.verdict != "moves")
    if numbers:
        headers = ("number", "value", "moved to", "verdict", "most moved", "histories changed")
        heading = "Numbers" if every else "Numbers that do not clearly move anything"
        sections.append(Section("numbers", heading, headers, numbers))
    return title, sections


def _row(item: Judged) -> tuple[str, ...]:
    live = item.live
    return (
        live.path,
        f"{live.value:g}",
        f"{live.low:g} and {live.high:g}",
        f"{item.verdict}: {item.why}" if item.why else item.verdict,
        live.what if live.differ else "-",
        f"{percent(live.differ)} of {live.runs:,}",
    )


def document(found: Audit) -> dict[str, Any]:
    """Return an audit as one plain document: for a machine."""
    return {
        "scenario": found.scenario.title,
        "digest": canonical.digest(found.scenario),
        "seed": found.seed,
        "passed": found.passed,
        "checks": [asdict(check) for check in found.checks],
        "actions": [{**asdict(item), "share": record_of(item.share)} for item in found.reached],
        "numbers": [
            {**asdict(item.live), "verdict": item.verdict, "why": item.why}
            for item in found.numbers
        ],
        "note": NOTE,
    }
