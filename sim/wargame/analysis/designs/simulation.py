"""Points of a design simulated together, in batches on common draws.

All points of a design meet the same draws (replication k of every point has the draws of
number k), so that what differs between points is the numbers' doing. Each batch is one
compiled ensemble; only what a collector makes of it is kept, so memory does not grow with
the number of histories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.points import Floats
from wargame.engine import ensemble
from wargame.engine.ensemble.workers import carry_out
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.scenario.schema import Scenario

BATCH = 50_000
"""Most histories played at a time."""


KEPT_BATCH = 20_000
"""The same when single acts are kept."""


Collected = dict[str, NDArray[np.generic]]


Collect = Callable[[Results, int], Collected]
"""(results, replications a point) -> name -> array, shape (point, ...)."""


@dataclass(frozen=True)
class _Batch:
    scenario: Scenario
    values: Mapping[str, Floats]
    points: int
    runs: int
    seed: int
    first: int
    uncertainty: bool
    keep_acts: bool
    collect: Collect


def simulate(
    scenario: Scenario,
    values: Mapping[str, Floats],
    runs: int,
    seed: int,
    collect: Collect,
    *,
    points: int | None = None,
    uncertainty: bool = False,
    keep_acts: bool = False,
    jobs: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> Collected:
    """Simulate a scenario at every point of a design, on common draws.

    Parameters
    ----------
    values : mapping of str to ndarray, shape (point,)
        Path -> the value that number has at each point.
    runs : int
        Replications at each point, 1 or more.
    collect : callable
        Makes small arrays of a batch's results.
    points : int, optional
        How many; needed only when no values are given.
    uncertainty : bool
        Draw the other uncertain numbers, the same draws at every point.
    keep_acts : bool
        Whether the collector needs the single acts.
    jobs : int
        Threads. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications.

    Returns
    -------
    dict of str to ndarray, shape (point, ...)
        What the collector made, points in order.

    Raises
    ------
    UsageError
        For an empty design, or an unknown path.
    """
    if points is None:
        points = len(next(iter(values.values()), ()))
    if points < 1 or runs < 1 or jobs < 1:
        raise UsageError(
            f"a design needs a point, a run and a worker at least, not {points}, {runs}, {jobs}."
        )
    most = KEPT_BATCH if keep_acts else BATCH
    size = max(1, min(most // runs, -(-points // jobs)))
    batches = [
        _Batch(
            scenario,
            {path: column[begin : begin + size] for path, column in values.items()},
            min(size, points - begin),
            runs,
            seed,
            begin * runs,
            uncertainty,
            keep_acts,
            collect,
        )
        for begin in range(0, points, size)
    ]
    found: dict[int, Collected] = {}
    done = 0
    for batch, collected in carry_out(_play, batches, jobs=jobs):
        found[batch.first] = collected
        done += batch.points * runs
        if on_progress is not None:
            on_progress(done, points * runs)
    parts = [found[first] for first in sorted(found)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _play(batch: _Batch) -> Collected:
    total = batch.points * batch.runs
    results = ensemble.run(
        batch.scenario,
        total,
        batch.seed,
        uncertainty=batch.uncertainty,
        first=batch.first,
        acts_kept=total if batch.keep_acts else 0,
        values={path: _spread(column, batch.runs) for path, column in batch.values.items()},
        common=batch.runs,
    )
    return batch.collect(results, batch.runs)


def _spread(column: Floats, runs: int) -> Floats:
    """Return the value of every replication, or only one where all are equal (it is faster)."""
    return column[:1] if np.all(column == column[0]) else np.repeat(column, runs)
