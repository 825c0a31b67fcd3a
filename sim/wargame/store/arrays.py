"""Results as one file of arrays, exact and quick to read; put together on the disk when large.

What is larger than memory is files mapped into it: whatever works from `Results` reads them
piece by piece, and the system keeps of them only what there is room for.
"""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import DrawnNumbers, Streams
from wargame.engine.ensemble.chunks import join_numbers
from wargame.engine.results import RUNG_COUNT, Results
from wargame.engine.results.columns import COUNTS, LOGS
from wargame.errors import RecordError
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.schema import Scenario
from wargame.store.files import failure, synced
from wargame.store.reader import parse_json

LARGE = 300_000_000
"""Bytes of results beyond which they are left on the disk and read piece by piece."""

Columns = dict[str, NDArray[Any]]

_ABOUT = {
    **dict.fromkeys(("seed", "replications", "acts_kept", "first", "sharing"), int),
    "uncertainty": bool,
}
"""What is told of results besides actors and menus, and as what it is read."""
_LOCAL_HEADER = 30
"""Bytes before the name in the header of an entry (ZIP application note, 4.3.7)."""


def write(results: Results, path: Path) -> None:
    """Write results to an .npz file, synced to the disk; the same results give the same bytes.

    The scenario is not written: a run folder holds it as text.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written.
    """
    pack(path, *parts_of(results))


def read(path: Path, scenario: Scenario, *, mapped: bool = False) -> Results:
    """Read back results equal to those that were written.

    Parameters
    ----------
    mapped : bool
        Leave the arrays in the file and read of them what is used, for more than memory holds.
        Its checksums are not looked at: for a file whose hash was.

    Raises
    ------
    RecordError
        When the file is missing, cut short, or not one of ours.
    """
    try:
        return results_of(*unpack(path, mapped=mapped), scenario)
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(path, error) from error


def pack(path: Path, about: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays, and plain data that is told of them, to a file, synced to the disk.

    Raises
    ------
    OSError
        When the disk is full or the folder cannot be written.
    """
    text = np.frombuffer(json.dumps(about, sort_keys=True).encode(), dtype=np.uint8)
    with synced(path, "wb") as file:
        np.savez(file, allow_pickle=False, about=text, **columns)


_UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, OverflowError, NotImplementedError),
    *(struct.error, zipfile.BadZipFile, zlib.error),
)
"""What reading an archive that is not ours, or was cut short, can end in."""


def unpack(path: Path, *, mapped: bool = False) -> tuple[dict[str, Any], Columns]:
    """Return what `pack` wrote.

    Parameters
    ----------
    mapped : bool
        As for `read`.

    Raises
    ------
    RecordError
        When the file is missing, cut short, or not one of ours.
    """
    try:
        columns = _map_archive(path) if mapped else _load(path)
        about = parse_json(columns.pop("about").tobytes().decode(), str(path))
        return dict(about), columns
    except FileNotFoundError as error:
        raise RecordError(f"{path}: there is no such file. Run the scenario again.") from error
    except PermissionError as error:
        raise failure(path, error) from error
    except _UNREADABLE as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> RecordError:
    return RecordError(
        f"{path}: cannot be read as the arrays of a run ({error}); it was cut short or "
        "written by something else. Run the scenario again."
    )


def parts_of(results: Results) -> tuple[dict[str, Any], Columns]:
    """Return results as `pack` takes them."""
    about = {name: getattr(results, name) for name in (*_ABOUT, "actors", "menus")}
    columns: Columns = {name: getattr(results, name) for name in ("turn_peak", *COUNTS)}
    columns |= _rows_of(results)
    return about, columns


def _rows_of(results: Results) -> Columns:
    """Return the columns of the tables: group/name -> a value a row."""
    return {
        f"{group}/{name}": getattr(results, group)[name]
        for group, names in LOGS.items()
        for name in names
    }


def _load(path: Path) -> Columns:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return {name: held[name] for name in held.files}


def _map_archive(path: Path) -> Columns:
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


def results_of(about: Mapping[str, Any], arrays: Columns, scenario: Scenario) -> Results:
    """Return the results that `parts_of` took apart.

    Raises
    ------
    ValueError, KeyError, TypeError
        When the parts do not fit together, or not the scenario.
    """
    groups = {
        group: {name: arrays[f"{group}/{name}"] for name in columns}
        for group, columns in LOGS.items()
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
    counts = (arrays["activity"], arrays["answers"], arrays["joined"], groups["table"]["deaths"])
    _require(all(column.min(initial=0) >= 0 for column in counts), "a count in it is below zero")
    acting, peaks = groups["acts"]["actor"], arrays["turn_peak"]
    _require(
        acting.min(initial=0) >= 0
        and acting.max(initial=0) < len(actors)
        and peaks.min(initial=0) >= LOWEST_RUNG
        and peaks.max(initial=0) <= HIGHEST_RUNG,
        "an actor or a rung in it is none of the scenario's",
    )
    held: dict[str, Any] = {
        **{name: as_type(about[name]) for name, as_type in _ABOUT.items()},
        **{name: arrays[name] for name in ("turn_peak", *COUNTS)},
        **groups,
    }
    return Results(
        scenario=scenario,
        actors=actors,
        menus={actor: tuple(menu) for actor, menu in about["menus"].items()},
        parameters=_numbers(scenario, about),
        **held,
    )


def _numbers(scenario: Scenario, about: Mapping[str, Any]) -> Mapping[str, NDArray[np.float64]]:
    """Return the drawn numbers, which no file holds: they follow from the seed."""
    if not about["uncertainty"]:
        return {}
    seed, first = int(about["seed"]), int(about["first"])
    count, sharing = int(about["replications"]), int(about["sharing"])
    return DrawnNumbers(scenario, Streams(seed, first, count, sharing=sharing))


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def assemble(chunks: Iterable[Results], replications: int, folder: Path) -> Results:
    """Put chunks together in files, holding one of them at a time; as `chunks.join` does.

    Parameters
    ----------
    chunks : iterable of Results
        Of one ensemble, by ascending replication.
    replications : int
        Of all of them together.
    folder : Path
        Made; must stay as long as the results are used.

    Raises
    ------
    OSError
        When the disk is full.
    ValueError
        When the chunks do not hold so many.
    """
    folder.mkdir(parents=True)
    first: Results | None = None
    counts: dict[str, Any] = dict.fromkeys(COUNTS, 0)
    dtypes: dict[str, np.dtype[Any]] = {}
    done = kept = 0
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        for chunk in chunks:
            columns = _rows_of(chunk)
            if first is None:
                first, dtypes = chunk, {name: column.dtype for name, column in columns.items()}
                for name in (*columns, "turn_peak"):
                    files[name] = stack.enter_context(_place(folder, name).open("wb"))
            for name, column in columns.items():
                files[name].write(column.tobytes())
            _write_rows(files["turn_peak"], chunk.turn_peak, done, replications)
            counts = {name: counts[name] + getattr(chunk, name) for name in COUNTS}
            done, kept = done + chunk.replications, kept + chunk.acts_kept
    if first is None or done != replications:
        raise ValueError(f"the chunks hold {done} replications, not {replications}")
    groups: dict[str, Any] = {group: {} for group in LOGS}
    for name, dtype in dtypes.items():
        group, column_name = name.split("/")
        groups[group][column_name] = _map(_place(folder, name), dtype)
    peaks = _map(_place(folder, "turn_peak"), first.turn_peak.dtype)
    return replace(
        first,
        replications=replications,
        turn_peak=peaks.reshape(-1, replications),
        acts_kept=kept,
        parameters=join_numbers([first.parameters], replications),
        **counts,
        **groups,
    )


def _place(folder: Path, name: str) -> Path:
    return folder / name.replace("/", ".")


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
