"""How the model is shown beside the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wargame.analysis.record.hindcast import REMARKS, Hindcast, Pattern
from wargame.analysis.record.patterns import SERIOUS_WEEKS
from wargame.engine.results import NOTE
from wargame.findings import Row, Table, columns
from wargame.show.figure.studies.hindcast import hindcast_figures
from wargame.show.studies.finding import Finding

_TITLES = {
    "patterns": "1993-2010, fitted",
    "holdout": "2011-2024, the hold-out",
    "regime": "2011-2024 with a switch of regime (hindsight)",
}


def present(found: Hindcast) -> Finding:
    """Return the model against the record, for people and machines."""
    parts = [_patterns(part, getattr(found, part)) for part in _TITLES]
    scores = Table(
        "scores",
        "Scores (Brier and ranked probability; lower is better)",
        columns(
            *("id", ("what", "chance of"), "period", ("number", "n"), ("model", "model", ".3f")),
            *(("null", "null", ".3f"), "difference", "verdict"),
        ),
        tuple({**vars(score), "verdict": score.verdict} for score in found.scores),
    )
    said = [*REMARKS, *_missing(found)]
    remarks = (
        f"Simulated numbers: {NOTE}.",
        f"A long crisis has at least {SERIOUS_WEEKS} weeks.",
        *said,
    )
    listed = tuple({"remark": remark} for remark in remarks)
    rows = tuple({"period": part.name, **row} for part in parts for row in part.rows)
    return Finding(
        f"The model against the record: {found.runs:,} histories a period, seed {found.seed}",
        (*parts, scores, Table("remarks", "To read with it", columns(("remark", "")), listed)),
        (*parts, scores),
        {
            "runs": found.runs,
            "seed": found.seed,
            "crisis_weeks_fitted": SERIOUS_WEEKS,
            "remarks": said,
        },
        {"patterns.csv": Table("patterns", "Patterns", (), rows)},
        manifest={"seed": found.seed},
        figures=hindcast_figures(found),
    )


def _missing(found: Hindcast) -> list[str]:
    """Return why there are patterns without a simulated number, one sentence each."""
    return [
        f"{_TITLES[part]}, {row.what}: no simulated number: {row.missing}."
        for part in _TITLES
        for row in getattr(found, part)
        if row.missing
    ]


def _patterns(part: str, rows: Sequence[Pattern]) -> Table:
    said = columns(
        *("id", ("what", "pattern"), ("record", "record", "value")),
        *(("record", "95% interval", "ends"), ("simulated", "simulated", "value")),
        *(("simulated", "95% of histories", "ends"), "inside"),
    )
    cells: tuple[Row, ...] = tuple(
        {
            "id": row.id,
            "what": row.what,
            "record": replace(row.record, kind="number"),
            "simulated": row.simulated,
            "inside": row.inside,
        }
        for row in rows
    )
    return Table(part, _TITLES[part], said, cells)
