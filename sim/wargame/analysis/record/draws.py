"""Many histories, each with its own parameters, measured and kept in chunks on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record import patterns
from wargame.engine import ensemble
from wargame.engine.ensemble.workers import carry_out
from wargame.errors import UsageError
from wargame.scenario import canonical
from wargame.scenario.schema import Scenario
from wargame.store.folder import Claim
from wargame.store.unfinished import open_unfinished

CHUNK = 5000
"""Histories measured together; their acts are held in memory meanwhile."""

Floats = NDArray[np.float64]
Columns = dict[str, Floats]


@dataclass(frozen=True)
class Draws:
    """Parameters and what they led to.

    Attributes
    ----------
    parameters : dict of str to ndarray, shape (draw,)
        Path -> drawn value.
    summaries : dict of str to ndarray, shape (draw,)
        See `patterns.summaries`.
    """

    parameters: Columns
    summaries: Columns


class _Part(NamedTuple):
    first: int
    size: int


def simulate_draws(
    scenario: Scenario,
    draws: int,
    seed: int,
    place: Claim,
    *,
    resume: bool = False,
    jobs: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> Draws:
    """Simulate one history for each draw of the parameters.

    Parameters
    ----------
    scenario : Scenario
        Its declared ranges are drawn from.
    draws : int
        At least 1.
    seed : int
        Of the streams.
    place : Claim
        Finished chunks are kept beside it until its folder is saved.
    resume : bool
        Use chunks that an interrupted call left there.
    jobs : int
        Threads; changes no result.
    on_progress : callable, optional
        Told (done, total), in draws.

    Raises
    ------
    UsageError
        For less than 1 draw.
    RecordError
        When chunks of another calibration are there, or they cannot be written.
    """
    if draws < 1:
        raise UsageError(f"{draws} is too few. Use 1 or more.", field="draws")
    size = min(CHUNK, -(-draws // 2))
    plan = {"digest": canonical.digest(scenario), "seed": seed, "draws": draws, "chunk": size}
    kept = open_unfinished(place, plan, resume=resume)
    columns = {first: found for first, _, found in kept.load_sound()}
    parts = [_Part(first, min(size, draws - first)) for first in range(0, draws, size)]
    todo = [part for part in parts if part.first not in columns]
    done = draws - sum(part.size for part in todo)
    tell = on_progress or (lambda done, total: None)
    tell(done, draws)
    for part, found in carry_out(partial(_measure, scenario, seed), todo, jobs=jobs):
        kept.save(part.first, {}, found)
        columns[part.first] = found
        done += part.size
        tell(done, draws)
    whole = {
        name: np.concatenate([columns[part.first][name] for part in parts]) for name in columns[0]
    }
    return Draws(
        {name[2:]: values for name, values in whole.items() if name.startswith("p:")},
        {name[2:]: values for name, values in whole.items() if name.startswith("s:")},
    )


def _measure(scenario: Scenario, seed: int, part: _Part) -> Columns:
    """Simulate and measure a range of draws: ``p:PATH`` a parameter, ``s:NAME`` a summary."""
    results = ensemble.run(scenario, part.size, seed, uncertainty=True, first=part.first)
    columns = {f"p:{path}": values for path, values in results.parameters.items()}
    found = patterns.summaries(results, seed)
    return columns | {f"s:{name}": values for name, values in found.items()}
