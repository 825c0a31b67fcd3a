"""How a sweep is shown."""

from __future__ import annotations

from wargame.analysis.estimates.measures import MEASURES
from wargame.analysis.studies.sweep import Sweep
from wargame.engine.results import NOTE
from wargame.findings import Cell, Table, columns
from wargame.scenario import canonical
from wargame.show.figure.studies.sweep import sweep_figures
from wargame.show.studies.finding import Finding

_SHOWN = 24
"""Points that people see; the CSV has them all."""


def present(sweep: Sweep) -> Finding:
    """Return a sweep for people (a row a point) and machines (a row a point and measure)."""
    levels = [
        {path: column[point] for path, column in sweep.points.items()}
        for point in range(sweep.size)
    ]
    tidy: list[dict[str, Cell]] = [
        {"point": point, **at, "measure": name, "value": made.at(point)}
        for point, at in enumerate(levels)
        for name, made in sweep.estimates.items()
    ]
    wide: list[dict[str, Cell]] = [
        {**at, **{name: made.at(point) for name, made in sweep.estimates.items()}}
        for point, at in enumerate(levels[:_SHOWN])
    ]
    more = sweep.size - len(wide)
    heading = f"At each point ({NOTE})" + (f"; {more:,} more in sweep.csv" if more else "")
    measures = Table(
        "measures",
        "Measures",
        columns("name", "what"),
        tuple({"name": name, "what": MEASURES[name].label} for name in sweep.estimates),
    )
    points = Table("sweep", heading, columns(*sweep.points, *sweep.estimates), tuple(wide))
    data = Table("values", heading, (), tuple(tidy))
    digest = canonical.digest(sweep.scenario)
    return Finding(
        f"{sweep.scenario.title}: {sweep.size:,} points of {sweep.runs:,} histories each on the "
        f"same draws, seed {sweep.seed}",
        (points, measures),
        (measures, data),
        {
            "scenario": sweep.scenario.title,
            "digest": digest,
            "seed": sweep.seed,
            "design": sweep.design,
            "points": sweep.size,
            "replications_each": sweep.runs,
            "uncertainty": sweep.uncertainty,
            "intervals": "95% intervals of each point by itself; all points meet the same draws, "
            "so differences between points are surer than the intervals look",
        },
        {"sweep.csv": data},
        {"scenario.yaml": canonical.dump(sweep.scenario)},
        {"digest": digest, "seed": sweep.seed},
        sweep_figures(sweep),
    )
