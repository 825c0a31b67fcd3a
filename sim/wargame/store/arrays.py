"""Results as one file of arrays, exact and quick to read; for run folders and for resuming."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import (
    ACT_COLUMNS,
    CRISIS_COLUMNS,
    REPLICATION_COLUMNS,
    RUNG_COUNT,
    Results,
)
from wargame.errors import RecordError
from wargame.scenario.schema import Scenario

LARGE = 300_000_000
"""Bytes of results beyond which they are left on the disk and read piece by piece."""

_GROUPS = {"table": REPLICATION_COLUMNS, "acts": ACT_COLUMNS, "crises": CRISIS_COLUMNS}
_LOCAL_HEADER = 30
"""Bytes before the name in the header of an entry (ZIP application note, 4.3.7)."""
_WHOLE = ("turn_peak", "activity", "answers", "joined")


def write(results: Results, path: Path) -> None:
    """Write results to a file, synced to the disk; the same results give the same bytes.

    Parameters
    ----------
    results : Results
        Its scenario is not written: a run folder holds it as text.
    path : Path
        Ends with ``.npz``.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written.
    """
    about = {
        "seed": results.seed,
        "replications": results.replications,
        "uncertainty": results.uncertainty,
        "actors": list(results.actors),
        "menus": {actor: list(menu) for actor, menu in results.menus.items()},
        "acts_kept": results.acts_kept,
        "first": results.first,
        "sharing": results.sharing,
    }
    text = json.dumps(about, sort_keys=True).encode()
    arrays: dict[str, NDArray[Any]] = {"about": np.frombuffer(text, dtype=np.uint8)}
    arrays |= {name: getattr(results, name) for name in _WHOLE}
    for group, columns in _GROUPS.items():
        held = getattr(results, group)
        arrays |= {f"{group}/{name}": held[name] for name in columns}
    arrays |= {f"parameters/{name}": drawn for name, drawn in results.parameters.items()}
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, scenario: Scenario, *, mapped: bool = False) -> Results:
    """Read results back.

    Parameters
    ----------
    path : Path
        Written by `write`.
    scenario : Scenario
        As it was run.
    mapped : bool
        Leave the arrays in the file and read of them what is used, for more than memory holds.
        Its checksums are not looked at: for a file whose hash was.

    Returns
    -------
    Results
        Equal to what was written.

    Raises
    ------
    RecordError
        When the file is missing, cut short, or not one of ours.
    """
    try:
        arrays = _map(path) if mapped else _load(path)
        about = json.loads(arrays["about"].tobytes())
        results = _assemble(arrays, about, scenario)
    except FileNotFoundError as error:
        raise RecordError(f"{path}: there is no such file. Run the scenario again.") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise RecordError(
            f"{path}: cannot be read as the arrays of a run ({error}); it was cut short or "
            "written by something else. Run the scenario again."
        ) from error
    return results


def _load(path: Path) -> dict[str, NDArray[Any]]:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return {name: held[name] for name in held.files}


def _map(path: Path) -> dict[str, NDArray[Any]]:
    raw = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    arrays = {}
    with zipfile.ZipFile(path) as held:
        for entry in held.infolist():
            with held.open(entry) as member:
                version = np.lib.format.read_magic(member)
                reader = getattr(np.lib.format, f"read_array_header_{version[0]}_0")
                shape, fortran, dtype = reader(member)
                header = member.tell()
            name, extra = raw[entry.header_offset + 26 :][:4].view("<u2").tolist()
            arrays[entry.filename.removesuffix(".npy")] = np.ndarray(
                shape,
                dtype,
                buffer=raw,
                offset=entry.header_offset + _LOCAL_HEADER + name + extra + header,
                order="F" if fortran else "C",
            )
    return arrays


def _assemble(
    arrays: dict[str, NDArray[Any]], about: dict[str, Any], scenario: Scenario
) -> Results:
    groups = {
        group: {name: arrays[f"{group}/{name}"] for name in columns}
        for group, columns in _GROUPS.items()
    }
    replications, actors = int(about["replications"]), tuple(about["actors"])
    _require(
        {len(column) for column in groups["table"].values()} == {replications}
        and arrays["turn_peak"].shape == (scenario.turns, replications)
        and arrays["activity"].shape == (scenario.turns, len(actors), RUNG_COUNT)
        and arrays["answers"].shape == (RUNG_COUNT, RUNG_COUNT + 1)
        and all(len({len(column) for column in group.values()}) == 1 for group in groups.values()),
        "its arrays do not fit together",
    )
    _require(actors == scenario.actor_ids, "its actors are not the scenario's")
    return Results(
        scenario=scenario,
        seed=int(about["seed"]),
        replications=replications,
        uncertainty=bool(about["uncertainty"]),
        actors=actors,
        menus={actor: tuple(menu) for actor, menu in about["menus"].items()},
        table=groups["table"],
        turn_peak=arrays["turn_peak"],
        activity=arrays["activity"],
        answers=arrays["answers"],
        joined=arrays["joined"],
        acts=groups["acts"],
        acts_kept=int(about["acts_kept"]),
        crises=groups["crises"],
        parameters={
            name.removeprefix("parameters/"): drawn
            for name, drawn in arrays.items()
            if name.startswith("parameters/")
        },
        first=int(about["first"]),
        sharing=int(about["sharing"]),
    )


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)
