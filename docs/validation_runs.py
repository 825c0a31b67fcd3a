"""Simulations for the validation page that no command makes: other turns, horizons, ranges."""

from __future__ import annotations

from dataclasses import dataclass

from pace import with_turn_days

from wargame.analysis.estimates.paired import share_difference
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario import loader
from wargame.scenario.horizon import with_turns
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario

SEED = 1
THEORIES = ("spiral", "deterrence")
LEVELS = (5, 6)
STRETCH = 261
"""Weeks (five years) of the history scenario that are also played in days."""


@dataclass(frozen=True)
class Setting:
    """The same scenario in turns of some length, over some horizon.

    Attributes
    ----------
    label : str
    results : Results
        Of the baseline.
    differences : dict of (str, int) to Estimate
        Theory and rung -> share of histories that reach the rung, less the baseline's.
    """

    label: str
    results: Results
    differences: dict[tuple[str, int], Estimate]


def play_settings(runs: int) -> list[Setting]:
    """Play `western_sea` and two theories of it with other turns and other horizons."""
    scenarios = {"": loader.load("western_sea")}
    scenarios |= {name: loader.load("western_sea", (), name) for name in THEORIES}
    weeks = scenarios[""].turns
    found = []
    for label, days, turns in (
        (f"turns of a week, {weeks} weeks (as shipped)", 7, weeks),
        (f"turns of a day, {weeks} weeks", 1, weeks),
        (f"turns of a week, {weeks // 2} weeks", 7, weeks // 2),
        (f"turns of a week, {2 * weeks} weeks", 7, 2 * weeks),
    ):
        played = {
            name: ensemble.run(changed(scenario, days, turns), runs, SEED, acts_kept=0)
            for name, scenario in scenarios.items()
        }
        base = played.pop("")
        gaps = {
            (name, level): share_difference(
                base.table["peak"] >= level, results.table["peak"] >= level
            )
            for name, results in played.items()
            for level in LEVELS
        }
        found.append(Setting(label, base, gaps))
    return found


def changed(scenario: Scenario, days: int, turns: int) -> Scenario:
    """Return a scenario over a number of its own turns, then put into turns of some days."""
    return with_turn_days(with_turns(scenario, turns)[0], days)


def play_unseen(runs: int) -> dict[str, Results]:
    """Play `western_sea` with the numbers that no event speaks of at either end of their range."""
    ranges = {
        path: item
        for path, item in uncertain_parameters_of(loader.load("western_sea")).items()
        if path.endswith(".restraint") or path == "world.war_from_strikes"
    }
    bold, careful = [], []
    for path, item in ranges.items():
        ends = [item.low, item.high] if path.endswith(".restraint") else [item.high, item.low]
        bold.append(f"{path}={ends[0]}")
        careful.append(f"{path}={ends[1]}")
    return {
        label: ensemble.run(loader.load("western_sea", settings), runs, SEED, acts_kept=0)
        for label, settings in (
            ("all at the careful end", careful),
            ("as shipped", []),
            ("all at the bold end", bold),
        )
    }


def play_stretches(runs: int) -> dict[str, Results]:
    """Play five years of the history scenario in weeks and in days."""
    scenario = loader.load("history_1993_2010")
    return {
        label: ensemble.run(changed(scenario, days, STRETCH), runs, SEED, acts_kept=0)
        for label, days in (("a week", 7), ("a day", 1))
    }
