"""Sweeps: measures as one or more values of a scenario move over a design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.axes import Axis, Level
from wargame.analysis.designs.design_matrix import Points, plan
from wargame.analysis.designs.simulation import simulate
from wargame.analysis.estimates.measures import MEASURES, Measure, estimate
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.findings import Estimates
from wargame.scenario import loader
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario


@dataclass(frozen=True)
class Base:
    """A scenario and how it is had, so that values which are no numbers can be set, too.

    Attributes
    ----------
    source : str
        A file or a shipped name.
    settings : tuple of str
        Made first.
    """

    source: str
    settings: tuple[str, ...] = ()
    theory: str | None = None

    def load(self, extra: Sequence[str] = ()) -> Scenario:
        """Return the scenario with further settings.

        Raises
        ------
        UsageError, ScenarioError
            As for `wargame.scenario.loader.load`.
        """
        return loader.load(self.source, [*self.settings, *extra], self.theory)


@dataclass(frozen=True)
class Sweep:
    """A sweep, carried out.

    Attributes
    ----------
    scenario : Scenario
        Before anything was moved.
    design : str
        "grid" or "lhs".
    points : dict of str to tuple
        Path -> its value at each point.
    estimates : dict of str to Estimates
        Name of a measure -> its value at each point.
    runs, seed : int
        Histories at each point; the same draws at all of them.
    uncertainty : bool
        Whether the other uncertain numbers were drawn.
    """

    scenario: Scenario
    design: str
    axes: tuple[Axis, ...]
    points: Points
    estimates: dict[str, Estimates]
    runs: int
    seed: int
    uncertainty: bool

    @property
    def size(self) -> int:
        """How many points."""
        return len(next(iter(self.points.values())))


def run(
    base: Base,
    axes: Sequence[Axis],
    measures: Sequence[Measure],
    runs: int = 1000,
    seed: int = 1,
    *,
    design: Literal["grid", "lhs"] = "grid",
    points: int = 200,
    uncertainty: bool = False,
    jobs: int = 1,
    alter: Callable[[Scenario], Scenario] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Simulate a scenario at every point of a design, all on the same draws.

    Numbers move inside one compiled ensemble; values of another kind (a rung, a flag, a count
    of turns) make a scenario of their own for each combination.

    Parameters
    ----------
    runs : int
        Histories at each point.
    design, points
        As for `plan`.
    uncertainty : bool
        Draw the other uncertain numbers.
    jobs : int
        Threads. Does not change the results.
    alter : callable, optional
        Applied to every scenario after it is loaded, such as another number of turns.
    on_progress : callable, optional
        Called with (done, total), in replications.

    Raises
    ------
    UsageError, ScenarioError
        When a value of the design is unlawful: nothing is simulated then.
    """

    def load(settings: Sequence[str] = ()) -> Scenario:
        scenario = base.load(settings)
        return scenario if alter is None else alter(scenario)

    scenario = load()
    values = plan(axes, design, points, seed)
    known = parameters_of(scenario)
    numbers = [
        axis.path for axis in axes if axis.path in known and all(map(_is_number, axis.levels))
    ]
    others = [axis.path for axis in axes if axis.path not in numbers]
    for axis in axes:
        if design == "lhs" and axis.path not in known:
            raise UsageError(
                f"«design» lhs moves numbers only, and {axis.path} is none of this scenario. "
                "Use «design» grid."
            )
        for level in (axis.levels[0], axis.levels[-1]) if axis.is_range else axis.levels:
            load([_setting(axis.path, level)])
    combinations = list(zip(*(values[path] for path in others), strict=True)) if others else []
    total = len(next(iter(values.values())))
    groups: dict[tuple[Level, ...], list[int]] = {}
    for point in range(total):
        groups.setdefault(combinations[point] if others else (), []).append(point)
    collect = partial(collect_estimates, names=tuple(measure.name for measure in measures))
    columns = {measure.name: np.empty((total, 3)) for measure in measures}
    done = 0
    for combination, members in groups.items():
        settings = [_setting(path, level) for path, level in zip(others, combination, strict=True)]
        moved = {path: np.array([values[path][at] for at in members]) for path in numbers}
        before = done

        def tell(count: int, _: int, before: int = before) -> None:
            if on_progress is not None:
                on_progress(before + count, total * runs)

        found = simulate(
            load(settings) if settings else scenario,
            moved,
            runs,
            seed,
            collect,
            points=len(members),
            uncertainty=uncertainty,
            jobs=jobs,
            on_progress=tell,
        )
        done += len(members) * runs
        for name, column in found.items():
            columns[name][members] = column
    estimates = {
        name: Estimates(value, low, high, runs, "share" if MEASURES[name].is_share else "number")
        for name, (value, low, high) in ((name, column.T) for name, column in columns.items())
    }
    return Sweep(scenario, design, tuple(axes), values, estimates, runs, seed, uncertainty)


def collect_estimates(
    results: Results, size: int, names: Sequence[str]
) -> dict[str, NDArray[np.generic]]:
    """Return name -> value, low and high in every block, shape (block, 3).

    Parameters
    ----------
    size : int
        Replications in a block.
    names : sequence of str
        Of measures.
    """
    found: dict[str, NDArray[np.generic]] = {}
    for name in names:
        made = estimate(results, MEASURES[name], size)
        found[name] = np.stack([made.value, made.low, made.high], axis=1)
    return found


def _is_number(level: Level) -> bool:
    return not isinstance(level, str)


def _setting(path: str, level: Level) -> str:
    if isinstance(level, float) and level.is_integer():
        level = str(int(level))
    return f"{path}={level}"
