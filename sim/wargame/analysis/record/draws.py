"""Many histories, each with its own parameters, measured and kept in chunks on disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record import patterns
from wargame.engine import ensemble
from wargame.engine.workers import carry_out
from wargame.errors import RecordError, UsageError
from wargame.scenario import canonical
from wargame.scenario.schema import Scenario

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
    folder: Path,
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
    folder : Path
        Where finished chunks are kept; made when missing.
    resume : bool
        Use chunks that an interrupted call left there.
    jobs : int
        Worker processes; changes no result.
    on_progress : callable, optional
        Told (done, total), in draws.

    Raises
    ------
    UsageError
        For less than 1 draw.
    RecordError
        When the folder holds another calibration, or cannot be written.
    """
    if draws < 1:
        raise UsageError(f"{draws} is too few. Use 1 or more.", field="draws")
    size = min(CHUNK, -(-draws // 2))
    plan = {"digest": canonical.digest(scenario), "seed": seed, "draws": draws, "chunk": size}
    _open(folder, plan, resume)
    tell = on_progress or (lambda done, total: None)
    parts = [_Part(first, min(size, draws - first)) for first in range(0, draws, size)]
    paths = {part: folder / f"chunk-{part.first:08d}.npz" for part in parts}
    todo = [part for part, path in paths.items() if not path.exists()]
    done = draws - sum(part.size for part in todo)
    tell(done, draws)
    for part, columns in carry_out(partial(_measure, scenario, seed), todo, jobs=jobs):
        _save(paths[part], columns)
        done += part.size
        tell(done, draws)
    return _load(list(paths.values()))


def _measure(scenario: Scenario, seed: int, part: _Part) -> Columns:
    """Simulate and measure a range of draws: ``p:PATH`` a parameter, ``s:NAME`` a summary."""
    results = ensemble.run(scenario, part.size, seed, uncertainty=True, first=part.first)
    columns = {f"p:{path}": values for path, values in results.parameters.items()}
    found = patterns.summaries(results, seed)
    return columns | {f"s:{name}": values for name, values in found.items()}


def _open(folder: Path, plan: dict[str, object], resume: bool) -> None:
    path = folder / "plan.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            earlier = json.loads(path.read_text("utf-8"))
            if not resume:
                raise RecordError(
                    f"{folder} holds a calibration already. Give «resume», or another «out»."
                )
            if earlier != plan:
                raise RecordError(
                    f"{folder} holds another calibration (scenario, seed or draws differ). "
                    "Give another «out»."
                )
        else:
            path.write_text(json.dumps(plan, indent=2) + "\n", "utf-8")
    except (OSError, ValueError) as error:
        raise RecordError(f"{folder} cannot be used: {error}. Give another «out».") from error


def _save(path: Path, columns: Columns) -> None:
    """Write a chunk so that a half-written one never bears its name."""
    passing = path.with_suffix(".part")
    try:
        with passing.open("wb") as stream:
            np.savez(stream, **columns)  # type: ignore[arg-type]  # names are not keywords
        os.replace(passing, path)
    except OSError as error:
        raise RecordError(f"{path} cannot be written: {error}. Make room.") from error


def _load(paths: list[Path]) -> Draws:
    parts: list[Columns] = []
    for path in paths:
        try:
            with np.load(path, allow_pickle=False) as stored:
                parts.append({name: stored[name] for name in stored.files})
        except (OSError, ValueError) as error:
            raise RecordError(f"{path} cannot be read: {error}. Delete it and «resume».") from error
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Draws(
        {name[2:]: values for name, values in whole.items() if name.startswith("p:")},
        {name[2:]: values for name, values in whole.items() if name.startswith("s:")},
    )
