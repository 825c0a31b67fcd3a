"""What results hang on, as text: sentences, tables, tidy CSV, one JSON document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from wargame.analysis.estimates.measures import Measure
from wargame.analysis.studies.sensitivity import OTHERS, Sensitivity
from wargame.engine.results import NOTE
from wargame.findings import Estimate
from wargame.scenario import canonical
from wargame.scenario.paths import parameters_of
from wargame.scenario.section import Section
from wargame.show.names import name_number
from wargame.show.studies.sweep_tables import spell
from wargame.show.table import record_of
from wargame.show.words import capital, join_words

_MOST = 0.5
_WORTH = 0.05  # parts below are not named in a sentence


def label(found: Sensitivity, path: str) -> str:
    """Return a number, or the group of all others, in words."""
    if path == OTHERS:
        return f"the other {len(found.paths) - len(found.kept)} numbers together"
    return name_number(found.scenario, path)


def sentences(found: Sensitivity) -> dict[str, str]:
    """Return measure -> what it hangs on, in plain words."""
    return {measure.name: _sentence(found, measure) for measure in found.measures}


def _sentence(found: Sensitivity, measure: Measure) -> str:
    parts = found.indices[measure.name]
    ranked = sorted(found.kept, key=lambda path: -parts.total[path].value)
    lead, part = ranked[0], parts.total[ranked[0]]
    if not parts.visible or not part.low > 0:
        return (
            f"How the declared ranges move the {measure.phrase} cannot be told from chance with "
            f"{found.effort.runs} histories a point: more of them are needed."
        )
    amount = "Most" if part.value >= _MOST else "The largest single part"
    also = [
        f"{label(found, path)} ({_percent(parts.total[path])})"
        for path in ranked[1:4]
        if parts.total[path].value >= _WORTH and parts.total[path].low > 0
    ]
    if OTHERS in parts.total:
        also.append(f"{label(found, OTHERS)} ({_percent(parts.total[OTHERS])})")
    deviation = parts.deviation.value
    points = f"{100 * deviation:.2g} percentage points"
    width = points if measure.is_share else spell(measure, deviation)
    return (
        f"{amount} of what we do not know about the {measure.phrase} comes from "
        f"{label(found, lead)} ({_percent(part)} of the variance)"
        + (f", then {join_words(also)}" if also else "")
        + f", each with its interplay. Over the declared ranges the standard deviation is {width}."
    )


def _percent(index: Estimate) -> str:
    low, high = max(0.0, index.low), min(1.0, index.high)
    return f"{100 * max(0.0, index.value):.0f}%, {100 * low:.0f} to {100 * high:.0f}%"


def overview(found: Sensitivity) -> tuple[str, list[Section]]:
    """Return a title and tables for people."""
    title = (
        f"{found.scenario.title}: {len(found.paths)} uncertain numbers, seed {found.seed}; parts "
        f"of the variance over their ranges ({NOTE})"
    )
    said = tuple((measure.name, text) for measure, text in _said(found))
    sections = [Section("sentences", "What it hangs on", ("measure", "in words"), said)]
    headers = ("number", "alone", "with its interplay", "range", "measure at its ends")
    for measure in found.measures:
        parts = found.indices[measure.name]
        if parts.visible:
            rows = tuple(_row(found, measure, path) for path in parts.total)
            sections.append(Section(measure.name, capital(measure.label), headers, rows))
    return title, sections


def _said(found: Sensitivity) -> Iterator[tuple[Measure, str]]:
    said = sentences(found)
    for measure in found.measures:
        yield measure, said[measure.name]


def _row(found: Sensitivity, measure: Measure, path: str) -> tuple[str, ...]:
    parts = found.indices[measure.name]
    cells = (label(found, path), _percent(parts.first[path]), _percent(parts.total[path]))
    swing = found.swings[measure.name].get(path)
    if swing is None:
        return (*cells, "-", "-")
    ends = f"{spell(measure, swing.at_low)} to {spell(measure, swing.at_high)}"
    return (*cells, f"{swing.low:g} to {swing.high:g}", ends)


_COLUMNS = (
    *("measure", "path", "low", "high"),
    *("screening_mean", "screening_size", "screening_spread", "screening_strength"),
    *(f"{kind}{end}" for kind in ("first", "total") for end in ("", "_low", "_high")),
    *("at_best", "at_low", "at_high"),
    *(f"{end}{part}" for end in ("down", "up") for part in ("", "_low", "_high")),
)


def _rows(found: Sensitivity) -> Iterator[dict[str, Any]]:
    numbers = parameters_of(found.scenario)
    for measure in found.measures:
        effects, parts = found.screening[measure.name], found.indices[measure.name]
        for at, path in enumerate(found.paths):
            row: dict[str, Any] = {
                "measure": measure.name,
                "path": path,
                "low": numbers[path].low,
                "high": numbers[path].high,
                "screening_mean": float(effects.mean[at]),
                "screening_size": float(effects.size[at]),
                "screening_spread": float(effects.spread[at]),
                "screening_strength": float(effects.strength[at]),
                "at_best": found.best[measure.name],
            }
            row |= _parts(parts.first.get(path), "first") | _parts(parts.total.get(path), "total")
            swing = found.swings[measure.name].get(path)
            if swing is not None:
                row |= {"at_low": swing.at_low, "at_high": swing.at_high}
                row |= _parts(swing.down, "down") | _parts(swing.up, "up")
            yield row
        if OTHERS in parts.total:
            row = {"measure": measure.name, "path": OTHERS, "at_best": found.best[measure.name]}
            yield row | _parts(parts.first[OTHERS], "first") | _parts(parts.total[OTHERS], "total")


def _parts(part: Any, name: str) -> dict[str, float]:
    if part is None:
        return {}
    return {name: part.value, f"{name}_low": part.low, f"{name}_high": part.high}


def to_csv(found: Sensitivity) -> str:
    """Return everything as tidy CSV: a row for every measure and number."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(found):
        writer.writerow(
            {
                name: f"{item:.10g}" if isinstance(item, float) else item
                for name, item in row.items()
                if item == item
            }
        )
    return buffer.getvalue()


def document(found: Sensitivity) -> dict[str, Any]:
    """Return everything as one plain document: for a machine."""
    said = sentences(found)
    return {
        "scenario": found.scenario.title,
        "digest": canonical.digest(found.scenario),
        "seed": found.seed,
        "effort": asdict(found.effort),
        "uncertain_numbers": len(found.paths),
        "kept": {path: label(found, path) for path in found.kept},
        "measures": {
            measure.name: {
                "what": measure.label,
                "in_words": said[measure.name],
                "at_best": found.best[measure.name],
                "standard_deviation": record_of(found.indices[measure.name].deviation),
                "visible": found.indices[measure.name].visible,
                "numbers": [
                    {name: item for name, item in row.items() if name not in ("measure", "at_best")}
                    for row in _rows(found)
                    if row["measure"] == measure.name
                ],
            }
            for measure in found.measures
        },
        "intervals": "95% intervals: bootstrap over the design for parts of the variance, paired "
        "on common draws for the swings",
        "note": NOTE,
    }
