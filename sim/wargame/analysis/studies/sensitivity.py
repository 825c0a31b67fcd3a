"""Which of a scenario's uncertain numbers its results hang on.

First Morris screening over all declared ranges, then Sobol indices of the strongest (all the
others together are one group, so nothing is left out of the variance), and how far each of
the strongest moves the results by itself from one end of its range to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs import morris, sobol
from wargame.analysis.designs.points import simulate
from wargame.analysis.estimates.measures import MEASURES, Measure, means
from wargame.analysis.estimates.pairs import rate_difference, share_difference
from wargame.analysis.estimates.statistics import years_each
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.findings import Estimate
from wargame.scenario.paths import parameters_of, uncertain_parameters_of
from wargame.scenario.schema import Scenario

OTHERS = "all others"
"""Name of the group of numbers that screening left out."""
BLOCKS = 5
"""Into so many blocks each half of a point's histories is cut, for the intervals."""

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    trajectories : int
        Of the screening.
    keep : int
        How many numbers are looked at closely.
    base : int
        Points of a Sobol sample, a power of two.
    runs : int
        Histories at each point, a multiple of ten.
    swing_runs : int
        Histories at each end of each range.
    """

    trajectories: int = 30
    keep: int = 10
    base: int = 512
    runs: int = 100
    swing_runs: int = 4000


@dataclass(frozen=True)
class Swing:
    """What one number does to a measure by itself, all others at their best values.

    Attributes
    ----------
    low, high : float
        The ends of its range.
    at_low, at_high : float
        The measure there.
    down, up : Estimate
        From the best value to each end, on common draws.
    """

    low: float
    high: float
    at_low: float
    at_high: float
    down: Estimate
    up: Estimate


@dataclass(frozen=True)
class Sensitivity:
    """What the results of a scenario hang on.

    Attributes
    ----------
    paths : tuple of str
        Every uncertain number.
    kept : tuple of str
        The strongest, strongest first.
    screening : dict of str to Effects
        Measure -> effects in the order of `paths`.
    indices : dict of str to Indices
        Measure -> indices of each kept number, and of `OTHERS` when there are some.
    best : dict of str to float
        Measure -> its value with every number at its best.
    swings : dict of str to dict of str to Swing
        Measure -> kept number -> what it does alone.
    """

    scenario: Scenario
    measures: tuple[Measure, ...]
    effort: Effort
    seed: int
    paths: tuple[str, ...]
    kept: tuple[str, ...]
    screening: dict[str, morris.Effects]
    indices: dict[str, sobol.Indices]
    best: dict[str, float]
    swings: dict[str, dict[str, Swing]]


def analyse(
    scenario: Scenario,
    measures: Sequence[Measure],
    effort: Effort | None = None,
    seed: int = 1,
    *,
    only: Sequence[str] = (),
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> Sensitivity:
    """Find what measures hang on, over the declared ranges of a scenario.

    Parameters
    ----------
    only : sequence of str
        Beginnings of paths: look at the uncertain numbers there and hold all others at their best.
    jobs : int
        Worker processes. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications.

    Raises
    ------
    UsageError
        When no number (named) has a range, or the effort is too small to tell anything.
    """
    effort = effort or Effort()
    _check_effort(effort)
    uncertain = {
        path: number
        for path, number in uncertain_parameters_of(scenario).items()
        if not only or any(_lies_in(path, start) for start in only)
    }
    paths = tuple(uncertain)
    if not paths:
        where = f" under {', '.join(only)}" if only else ""
        raise UsageError(
            f"no number of '{scenario.title}'{where} has a range (low and high). Give some in the "
            "file, for example tempo: {value: 0.05, low: 0.03, high: 0.08}."
        )
    keep = min(effort.keep, len(paths))
    work = _Work(scenario, tuple(measures), seed, jobs, on_progress)
    work.total = (
        effort.trajectories * (len(paths) + 1) * effort.runs
        + effort.base * (keep + 2 + (keep < len(paths))) * effort.runs
        + (2 * keep + 1) * effort.swing_runs
    )
    laid = morris.lay(paths, effort.trajectories, seed)
    values = {path: uncertain[path].draw(laid.points[path]) for path in paths}
    output = work.simulate_blocks(values, effort.runs)
    screening = {
        measure.name: laid.effects(output[measure.name].mean(axis=2)) for measure in measures
    }
    kept = _strongest(paths, screening, keep)

    groups: dict[str, Sequence[str]] = {path: (path,) for path in kept}
    if len(kept) < len(paths):
        groups[OTHERS] = tuple(path for path in paths if path not in kept)
    points = sobol.lay(groups, effort.base, seed)
    values = {path: uncertain[path].draw(points[path]) for path in paths}
    output = work.simulate_blocks(values, effort.runs)
    indices = {
        measure.name: sobol.indices(output[measure.name], tuple(groups), effort.base, seed)
        for measure in measures
    }
    best, swings = _swings(work, kept, effort.swing_runs)
    return Sensitivity(
        scenario,
        tuple(measures),
        effort,
        seed,
        paths,
        kept,
        screening,
        indices,
        best,
        swings,
    )


def _lies_in(path: str, start: str) -> bool:
    return path == start or path.startswith((f"{start}.", f"{start}["))


def _check_effort(effort: Effort) -> None:
    if effort.runs < 1 or effort.runs % (2 * BLOCKS):
        raise UsageError(
            f"{effort.runs} histories a point cannot be cut into two halves of {BLOCKS} "
            f"blocks. Use a multiple of {2 * BLOCKS}.",
            field="runs",
        )
    least = {"trajectories": 2, "keep": 1, "base": 16, "swing_runs": 1}
    for name, smallest in least.items():
        if getattr(effort, name) < smallest:
            raise UsageError(
                f"{getattr(effort, name)} is too few. Use {smallest} or more.", field=name
            )
    if effort.base & (effort.base - 1):
        raise UsageError(f"{effort.base} is no power of two. Use one, such as 512.", field="base")


def _strongest(
    paths: Sequence[str], screening: Mapping[str, morris.Effects], keep: int
) -> tuple[str, ...]:
    """Rank numbers by their part of all squared effects, summed over measures.

    A measure weighs as much as its two halves agree: one that is mostly chance says little.
    """
    parts = np.zeros(len(paths))
    for effects in screening.values():
        agreed = effects.strength**2
        seen = float((effects.mean**2 + effects.spread**2).sum())
        if agreed.sum() > 0:
            parts += agreed / agreed.sum() * min(1.0, float(agreed.sum()) / seen)
    order = np.argsort(-parts, kind="stable")
    return tuple(paths[at] for at in order[:keep])


class _Work:
    """Simulates designs one after the other, as one piece of work."""

    def __init__(
        self,
        scenario: Scenario,
        measures: tuple[Measure, ...],
        seed: int,
        jobs: int,
        on_progress: Progress | None,
    ) -> None:
        self.scenario, self.measures, self.seed, self.jobs = scenario, measures, seed, jobs
        self.names = tuple(measure.name for measure in measures)
        self.total = self._before = 0
        self._tell = on_progress

    def _progress(self, done: int, _: int) -> None:
        if self._tell is not None:
            self._tell(self._before + done, self.total)

    def simulate_blocks(self, values: Mapping[str, Floats], runs: int) -> dict[str, Floats]:
        """Return measure -> its value in the blocks of both halves, shape (point, 2, block)."""
        found = simulate(
            self.scenario,
            values,
            runs,
            self.seed,
            partial(_collect_blocks, names=self.names),
            jobs=self.jobs,
            on_progress=self._progress,
        )
        self._before += len(next(iter(values.values()))) * runs
        return {name: column.astype(np.float64) for name, column in found.items()}

    def simulate_events(self, values: Mapping[str, Floats], runs: int) -> dict[str, Floats]:
        """Return measure -> events in each replication, shape (point, replication); and years."""
        found = simulate(
            self.scenario,
            values,
            runs,
            self.seed,
            partial(_collect_events, names=self.names),
            jobs=self.jobs,
            on_progress=self._progress,
        )
        self._before += len(next(iter(values.values()))) * runs
        return {name: column.astype(np.float64) for name, column in found.items()}


def _collect_blocks(
    results: Results, size: int, names: Sequence[str]
) -> dict[str, NDArray[np.generic]]:
    cut = size // (2 * BLOCKS)
    return {name: means(results, MEASURES[name], cut).reshape(-1, 2, BLOCKS) for name in names}


def _collect_events(
    results: Results, size: int, names: Sequence[str]
) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {
        name: MEASURES[name].events(results).reshape(-1, size) for name in names
    }
    found["years"] = years_each(results).reshape(-1, size)
    return found


def _swings(
    work: _Work, kept: Sequence[str], runs: int
) -> tuple[dict[str, float], dict[str, dict[str, Swing]]]:
    """Move every kept number to each end of its range, by itself."""
    numbers = parameters_of(work.scenario)
    values = {path: np.full(2 * len(kept) + 1, numbers[path].value) for path in kept}
    for at, path in enumerate(kept):
        values[path][1 + 2 * at] = numbers[path].low
        values[path][2 + 2 * at] = numbers[path].high
    found = work.simulate_events(values, runs)
    years = found["years"]
    best: dict[str, float] = {}
    swings: dict[str, dict[str, Swing]] = {}
    for measure in work.measures:
        events = found[measure.name]
        exposure = np.ones_like(years) if measure.is_share else years
        level = events.sum(axis=1) / exposure.sum(axis=1)
        best[measure.name] = float(level[0])
        swings[measure.name] = {}
        for at, path in enumerate(kept):
            ends = (1 + 2 * at, 2 + 2 * at)
            down, up = (
                share_difference(events[0] > 0, events[end] > 0)
                if measure.is_share
                else rate_difference((events[0], events[end]), (years[0], years[end]))
                for end in ends
            )
            swings[measure.name][path] = Swing(
                float(values[path][ends[0]]),
                float(values[path][ends[1]]),
                float(level[ends[0]]),
                float(level[ends[1]]),
                down,
                up,
            )
    return best, swings
