"""The model evaluated at the points of a design, its outputs collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.simulation import simulate
from wargame.analysis.estimates.annual_rates import years_each
from wargame.analysis.estimates.measures import MEASURES, Measure, means
from wargame.analysis.studies.sensitivity.effort import BLOCKS
from wargame.engine.results import Results
from wargame.scenario.schema import Scenario

Floats = NDArray[np.float64]


Progress = Callable[[int, int], None]


class Evaluation:
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
