"""An ensemble larger than memory, put together on the disk from its chunks.

Its arrays are files mapped into memory: whatever works from `Results` reads them piece by
piece, and the system keeps of them only what there is room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import ACT_COLUMNS, CRISIS_COLUMNS, REPLICATION_COLUMNS, Results
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario

_GROUPS = {"table": REPLICATION_COLUMNS, "acts": ACT_COLUMNS, "crises": CRISIS_COLUMNS}
_COUNTS = ("activity", "answers", "joined")
_CRISES_EACH = 3  # a generous guess


def bytes_each(scenario: Scenario, uncertainty: bool) -> int:
    """Return about how many bytes the results take for each replication, its acts aside.

    Parameters
    ----------
    uncertainty : bool
        Whether the drawn numbers are kept, too.
    """
    row = sum(np.dtype(dtype).itemsize for dtype, _ in REPLICATION_COLUMNS.values())
    crisis = sum(np.dtype(dtype).itemsize for dtype, _ in CRISIS_COLUMNS.values())
    drawn = 8 * len(uncertain_parameters_of(scenario)) if uncertainty else 0
    return row + _CRISES_EACH * crisis + scenario.turns + drawn


def assemble(chunks: Iterable[Results], replications: int, folder: Path) -> Results:
    """Put chunks together in files, holding one of them at a time.

    Parameters
    ----------
    chunks : iterable of Results
        Of one ensemble, by ascending replication.
    replications : int
        Of all of them together.
    folder : Path
        Made; must stay as long as the results are used.

    Returns
    -------
    Results
        Equal to `wargame.engine.chunks.join` of the chunks.

    Raises
    ------
    OSError
        When the disk is full.
    ValueError
        When the chunks do not hold so many.
    """
    folder.mkdir(parents=True)
    first: Results | None = None
    counts: dict[str, Any] = dict.fromkeys(_COUNTS, 0)
    dtypes: dict[str, np.dtype[Any]] = {}
    done = kept = 0
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        for chunk in chunks:
            columns = _columns(chunk)
            if first is None:
                first, dtypes = chunk, {name: column.dtype for name, column in columns.items()}
                for name in (*columns, "turn_peak", "parameters"):
                    files[name] = stack.enter_context((folder / name).open("wb"))
            for name, column in columns.items():
                files[name].write(column.tobytes())
            _write_rows(files["turn_peak"], chunk.turn_peak, done, replications)
            _write_rows(files["parameters"], list(chunk.parameters.values()), done, replications)
            counts = {name: counts[name] + getattr(chunk, name) for name in _COUNTS}
            done, kept = done + chunk.replications, kept + chunk.acts_kept
    if first is None or done != replications:
        raise ValueError(f"the chunks hold {done} replications, not {replications}")
    groups: dict[str, Any] = {group: {} for group in _GROUPS}
    for name, dtype in dtypes.items():
        group, column_name = name.split(".")
        groups[group][column_name] = _map(folder / name, dtype)
    peaks = _map(folder / "turn_peak", first.turn_peak.dtype)
    drawn = _map(folder / "parameters", np.dtype(np.float64)).reshape(-1, replications)
    return replace(
        first,
        replications=replications,
        turn_peak=peaks.reshape(-1, replications),
        acts_kept=kept,
        parameters=dict(zip(first.parameters, drawn, strict=True)),
        **counts,
        **groups,
    )


def _columns(results: Results) -> dict[str, NDArray[Any]]:
    return {
        f"{group}.{name}": getattr(results, group)[name]
        for group, names in _GROUPS.items()
        for name in names
    }


def _write_rows(
    file: BinaryIO, rows: Sequence[NDArray[Any]] | NDArray[Any], done: int, replications: int
) -> None:
    """Put a chunk's part of each row in its place; every row is as long as the ensemble."""
    for number, row in enumerate(rows):
        file.seek((number * replications + done) * row.itemsize)
        file.write(row.tobytes())


def _map(path: Path, dtype: np.dtype[Any]) -> NDArray[Any]:
    if path.stat().st_size == 0:  # nothing can be mapped
        return np.empty(0, dtype)
    return np.asarray(np.memmap(path, dtype=dtype, mode="r"))
