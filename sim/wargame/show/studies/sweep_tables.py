"""A sweep as text: tidy CSV, one JSON document, tables for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from wargame.analysis.designs.axes import Level
from wargame.analysis.estimates.measures import MEASURES, Measure
from wargame.analysis.studies.sweep import Sweep
from wargame.engine.results import NOTE
from wargame.scenario import canonical
from wargame.scenario.section import Section
from wargame.show.table import guard
from wargame.show.words import percent, span

_SHOWN = 24
"""Points that a table for people shows; the CSV has them all."""


def to_csv(sweep: Sweep) -> str:
    """Return a sweep as tidy CSV: a row for every point and measure."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("point", *sweep.points, "measure", "value", "low", "high"))
    columns = [
        [guard(level) if isinstance(level, str) else level for level in column]
        for column in sweep.points.values()
    ]
    for point, levels in enumerate(zip(*columns, strict=True)):
        for name, made in sweep.estimates.items():
            numbers = (made.value[point], made.low[point], made.high[point])
            writer.writerow((point, *levels, name, *(f"{number:.10g}" for number in numbers)))
    return buffer.getvalue()


def document(sweep: Sweep) -> dict[str, Any]:
    """Return a sweep as one plain document: for a machine."""
    points: Mapping[str, Sequence[Level]] = sweep.points
    return {
        "scenario": sweep.scenario.title,
        "digest": canonical.digest(sweep.scenario),
        "seed": sweep.seed,
        "design": sweep.design,
        "points": sweep.size,
        "replications_each": sweep.runs,
        "uncertainty": sweep.uncertainty,
        "over": {path: list(column) for path, column in points.items()},
        "measures": {
            name: {
                "what": MEASURES[name].label,
                "value": made.value.tolist(),
                "low": made.low.tolist(),
                "high": made.high.tolist(),
            }
            for name, made in sweep.estimates.items()
        },
        "intervals": "95% intervals of each point by itself; all points meet the same draws, so "
        "differences between points are surer than the intervals look",
        "note": NOTE,
    }


def overview(sweep: Sweep) -> tuple[str, list[Section]]:
    """Return a title and a table for people."""
    title = (
        f"{sweep.scenario.title}: {sweep.size:,} points of {sweep.runs:,} histories each on the "
        f"same draws, seed {sweep.seed}"
    )
    measures = [MEASURES[name] for name in sweep.estimates]
    rows = tuple(_row(sweep, measures, point) for point in range(min(sweep.size, _SHOWN)))
    more = sweep.size - len(rows)
    heading = f"At each point ({NOTE})" + (f"; {more:,} more in sweep.csv" if more else "")
    headers = (*sweep.points, *(measure.name for measure in measures))
    meanings = tuple((measure.name, measure.label) for measure in measures)
    return title, [
        Section("sweep", heading, headers, rows),
        Section("measures", "Measures", ("name", "what"), meanings),
    ]


def _row(sweep: Sweep, measures: Sequence[Measure], point: int) -> tuple[str, ...]:
    levels = (column[point] for column in sweep.points.values())
    cells = [f"{level:.6g}" if isinstance(level, float) else level for level in levels]
    for measure in measures:
        made = sweep.estimates[measure.name]
        ends = spell_span(measure, float(made.low[point]), float(made.high[point]))
        cells.append(f"{spell(measure, float(made.value[point]))} ({ends})")
    return tuple(cells)


def spell(measure: Measure, value: float) -> str:
    """Write a measure's value: a share in percent, a rate with three significant digits."""
    return percent(value) if measure.is_share else _number(value)


def spell_span(measure: Measure, low: float, high: float) -> str:
    """Write the interval of a measure."""
    return span(low, high) if measure.is_share else f"{_number(low)} to {_number(high)}"


def _number(value: float) -> str:
    return "0" if value == 0 else f"{value:#.3g}".rstrip(".")
