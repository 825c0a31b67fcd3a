"""The scores of a class as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wargame.classroom.forecasts.marks import Mark, Scored
from wargame.engine.results import NOTE
from wargame.scenario import canonical
from wargame.store.manifest import FORMAT


def score_document(scored: Scored, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Return the scores as plain data, with the notes of the roll."""
    results = scored.results
    return {
        "format": FORMAT,
        "scenario": results.scenario.title,
        "digest": canonical.digest(results.scenario),
        "seed": results.seed,
        "histories": results.replications,
        "run": scored.number,
        "outcomes": [
            {
                "outcome": name,
                "class": float(scored.pooled.chances[place]),
                "model": float(scored.model.chances[place]),
                "came": float(scored.shares[place]),
            }
            for place, name in enumerate(scored.outcomes)
        ],
        "class": {
            "forecasts": len(scored.students),
            "mean_brier": scored.mean.brier.value,
            "mean_rps": scored.mean.rps.value,
        },
        "pooled": _plain(scored.pooled),
        "model": _plain(scored.model),
        "uniform": _plain(scored.uniform),
        "thresholds": [
            {
                "outcome": item.outcome,
                "came": item.happened,
                "chances": item.chances,
                "brier": item.scores,
                "record_interval": list(item.record),
            }
            for item in scored.thresholds
        ],
        "students": [_plain(mark) for mark in scored.students],
        "notes": list(notes),
        "note": NOTE,
    }


def _plain(mark: Mark) -> dict[str, Any]:
    scores = {"brier": mark.brier, "rps": mark.rps}
    ends = {
        f"{name}{end}": value
        for name, score in scores.items()
        for end, value in (("", score.value), ("_low", score.low), ("_high", score.high))
    }
    return {"name": mark.name, **ends, "rps_above_best": mark.gap}
