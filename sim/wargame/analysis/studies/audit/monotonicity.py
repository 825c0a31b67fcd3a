"""Monotonicity: what a change of numbers must not do, whatever the scenario."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.points import change_points
from wargame.analysis.designs.simulation import simulate
from wargame.analysis.estimates.annual_rates import years_each
from wargame.analysis.estimates.measures import MEASURES
from wargame.analysis.estimates.paired import rate_difference, share_difference
from wargame.analysis.studies.audit.checks import Check
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario

_MORE_RESTRAINT = 2.0
_COLUMNS = ("reached_7", "war", "incidents", "acts")
_COUNTS = ("joined", "accidental")

_ORDERED = (
    ("more restraint never raises major strikes", "reached_7", "restraint", "higher"),
    ("more restraint never raises war", "war", "restraint", "higher"),
    ("strikes that never become war never raise war", "war", "no war from strikes", "higher"),
    ("twice the tempo never lowers incidents", "incidents", "tempo", "lower"),
)
"""What must hold, the measure, the changed scenario, and the verdict that must not come."""

_ABSENT = (
    ("no commitments, no one joins for an ally", "joined", "commitments"),
    ("no slips, no accidents", "accidental", "slips"),
    ("no tempo and no excitation, no acts", "acts", "silence"),
)
"""What must hold, and what nothing may be left of where; the last unless the calendar forces."""

Floats = NDArray[np.float64]


def _ending(path: str, *ends: str) -> bool:
    return any(path.endswith(f".{end}") for end in ends)


def _changes(scenario: Scenario) -> dict[str, dict[str, float]]:
    """Return point -> path -> value; the first point is the scenario as it is."""
    numbers = {path: number.value for path, number in parameters_of(scenario).items()}
    own = {path: value for path, value in numbers.items() if path.count(".") == 2}
    points: dict[str, dict[str, float]] = {"as it is": {}}
    points["restraint"] = {
        path: min(value + _MORE_RESTRAINT, 1000.0)
        for path, value in own.items()
        if _ending(path, "restraint")
    }
    points["commitments"] = {path: 0.0 for path in numbers if ".commitments." in path}
    points["slips"] = {path: 0.0 for path in numbers if ".slip[" in path}
    points["no war from strikes"] = {"world.war_from_strikes": 0.0}
    points["tempo"] = {
        path: min(2 * value, 20.0) for path, value in own.items() if _ending(path, "tempo")
    }
    points["silence"] = {path: 0.0 for path in own if _ending(path, "tempo", "excitation")}
    points["silence"] |= {
        path: 0.0 for path in numbers if path.startswith("calendar.") and _ending(path, "amount")
    }
    return points


def check_directions(
    scenario: Scenario,
    runs: int = 4000,
    seed: int = 1,
    *,
    jobs: int = 1,
) -> tuple[Check, ...]:
    """Carry out the checks, all on common draws.

    Parameters
    ----------
    runs : int
        Histories of each.
    jobs : int
        Threads. Does not change the results.
    """
    points = _changes(scenario)
    place = {name: at for at, name in enumerate(points)}
    base = {path: number.value for path, number in parameters_of(scenario).items()}
    values = change_points(base, list(points.values()))
    found = simulate(scenario, values, runs, seed, _collect, jobs=jobs)
    columns = {name: column.astype(np.float64) for name, column in found.items()}

    checks = []
    for name, measure, point, wrong in _ORDERED:
        gap = _gap(columns, measure, place[point])
        said = f"difference {gap.value:+.3g} ({gap.low:+.2g} to {gap.high:+.2g})"
        checks.append(Check(name, "fail" if gap.verdict == wrong else "ok", said))
    forced = any(event.act is not None for event in scenario.calendar)
    for name, measure, point in _ABSENT[: -1 if forced else None]:
        counts = columns[measure][place[point]]
        said = f"{int(counts.sum()):,} in {len(counts):,} histories"
        checks.append(Check(name, "fail" if counts.any() else "ok", said))
    return tuple(checks)


def _collect(results: Results, size: int) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {
        name: MEASURES[name].events(results).reshape(-1, size) for name in _COLUMNS
    }
    found |= {name: results.table[name].reshape(-1, size) for name in _COUNTS}
    found["years"] = years_each(results).reshape(-1, size)
    return found


def _gap(columns: Mapping[str, Floats], measure: str, point: int) -> Estimate:
    before, after = columns[measure][0], columns[measure][point]
    if MEASURES[measure].is_share:
        return share_difference(before > 0, after > 0)
    years = columns["years"]
    return rate_difference((before, after), (years[0], years[point]))
