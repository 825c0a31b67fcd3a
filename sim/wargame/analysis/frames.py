"""Results for other tools: pandas DataFrames, an xarray Dataset, Parquet files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wargame.analysis import statistics
from wargame.analysis.tables import SLICE
from wargame.analysis.uncertainty import draws_of
from wargame.engine.results import CRISIS_ENDS, REPLICATION_COLUMNS, Results
from wargame.errors import MissingExtra, RecordError, UnknownName
from wargame.scenario.schema import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = ["Table", "require_parquet", "to_frame", "to_xarray", "write_parquet"]

Table = Literal["replications", "acts", "turns", "crises", "parameters"]
_CROSSERS = ("crosser_4", "crosser_5", "crosser_6")


def to_frame(results: Results, table: Table = "replications") -> pd.DataFrame:
    """Return a table of results as a pandas DataFrame, ids in place of indices.

    Parameters
    ----------
    results : Results
    table : {"replications", "acts", "turns", "crises", "parameters"}
        A row a replication; an act; a turn and rung; a crisis; a draw of the uncertain numbers
        (its first replication).

    Returns
    -------
    DataFrame
        Names are categories. "Never" is a missing value; so is "none" of an act.

    Raises
    ------
    UnknownName
        For another table.
    """
    import pandas as pd

    makers: Mapping[str, Callable[[Results], dict[str, Any]]] = {
        "replications": _replications,
        "acts": _acts,
        "turns": _turns,
        "crises": _crises,
        "parameters": _parameters,
    }
    if table not in makers:
        raise UnknownName("table", table, get_args(Table))
    return pd.DataFrame(makers[table](results))


def _category(codes: NDArray[Any], names: Sequence[str]) -> Any:
    """Return names by code; a code outside them is a missing value."""
    import pandas as pd

    known = np.where((codes >= 0) & (codes < len(names)), codes, -1)
    return pd.Categorical.from_codes(known.astype(np.int32), categories=list(names))


def _never(turns: NDArray[Any]) -> Any:
    import pandas as pd

    return pd.arrays.IntegerArray(turns.astype(np.int16), turns == 0)  # type: ignore[attr-defined,unused-ignore]


def _dates(results: Results, turns: NDArray[Any]) -> NDArray[np.datetime64]:
    days = np.array(results.scenario.start, dtype="datetime64[D]")
    return (days + (turns.astype(np.int64) - 1) * results.scenario.turn_days).astype(
        "datetime64[s]"
    )


def _replications(results: Results) -> dict[str, Any]:
    highest = np.array(list(OUTCOMES.values()))
    outcome = np.searchsorted(highest, results.table["peak"])
    first, count = results.first, results.replications
    columns: dict[str, Any] = {
        "replication": np.arange(first, first + count, dtype=np.int64),
        "outcome": _category(outcome, list(OUTCOMES)),
    }
    for name in REPLICATION_COLUMNS:
        column = results.table[name]
        if name in _CROSSERS:
            columns[name] = _category(column, [*results.actors, "several"])
        elif name.startswith("first_"):
            columns[name] = _never(column)
        else:
            columns[name] = column
    return columns


def _acts(results: Results) -> dict[str, Any]:
    log = results.acts
    ids = list(dict.fromkeys(name for actor in results.actors for name in results.menus[actor]))
    place = {name: at for at, name in enumerate(ids)}
    sizes = [len(results.menus[actor]) for actor in results.actors]
    starts = np.cumsum([0, *sizes])
    flat = [place[name] for actor in results.actors for name in results.menus[actor]]
    action = np.array(flat)[starts[log["actor"]] + log["action"]]
    names = ("actor", "provoker", "behalf")
    columns: dict[str, Any] = {name: log[name] for name in ("replication", "turn", "link")}
    columns["date"] = _dates(results, log["turn"])
    columns["actor"] = _category(log["actor"], results.actors)
    columns["action"] = _category(action, ids)
    columns |= {name: log[name] for name in ("intended", "realised", "accidental")}
    columns |= {name: _category(log[name], results.actors) for name in names[1:]}
    answered = log["provoker"] >= 0
    columns["trigger"] = np.where(answered, log["trigger"].astype(np.float32), np.float32("nan"))
    columns |= {name: log[name] for name in ("perceived", "deaths")}
    return columns


def _turns(results: Results) -> dict[str, Any]:
    reached, in_turn = statistics.at_or_above(results)
    turns, rungs = reached.share.shape
    turn = np.repeat(np.arange(1, turns + 1), rungs)
    columns: dict[str, Any] = {
        "turn": turn,
        "date": _dates(results, turn),
        "rung": np.tile(np.array(statistics.RUNG_AXIS, dtype=np.int8), turns),
    }
    for name, band in (("reached", reached), ("in_turn", in_turn)):
        columns[name] = band.share.ravel()
        columns[f"{name}_low"] = band.low.ravel()
        columns[f"{name}_high"] = band.high.ravel()
    for at, actor in enumerate(results.actors):
        columns[f"acts_{actor}"] = results.activity[:, at].ravel() / results.replications
    return columns


def _crises(results: Results) -> dict[str, Any]:
    log = results.crises
    return {
        **{name: log[name] for name in ("replication", "opened", "ended")},
        "how": _category(log["how"], CRISIS_ENDS),
    }


def _parameters(results: Results) -> dict[str, Any]:
    draws = draws_of(results)
    drawn = {path: values[draws] for path, values in sorted(results.parameters.items())}
    return {"replication": results.first + draws, **drawn}


def to_xarray(results: Results) -> xr.Dataset:
    """Return results as an xarray Dataset, replication the last axis as everywhere.

    Parameters
    ----------
    results : Results

    Returns
    -------
    Dataset
        Dimensions ``turn``, ``actor``, ``rung``, ``trigger``, ``answer`` and ``replication``; every
        column of `REPLICATION_COLUMNS` and every drawn number a variable of its own; the acts are
        not in it (see `to_frame`).

    Raises
    ------
    MissingExtra
        When xarray is not installed.
    """
    try:
        import xarray as xr
    except ImportError as error:
        raise MissingExtra("an xarray Dataset", "xarray", "xarray") from error
    first, count = results.first, results.replications
    rungs = np.array(statistics.RUNG_AXIS)
    turn = np.arange(1, results.turn_peak.shape[0] + 1)
    variables: dict[str, Any] = {
        "turn_peak": (("turn", "replication"), results.turn_peak),
        "activity": (("turn", "actor", "rung"), results.activity),
        "answers": (("trigger", "answer"), results.answers),
        "joined": (("actor", "ally"), results.joined),
    }
    for name, (_, meaning) in REPLICATION_COLUMNS.items():
        # the matrix of who answered for whom has the name joined
        own = "joined_count" if name == "joined" else name
        variables[own] = (("replication",), results.table[name], {"description": meaning})
    for path, drawn in sorted(results.parameters.items()):
        variables[path] = (("replication",), drawn)
    return xr.Dataset(
        variables,
        coords={
            "replication": np.arange(first, first + count),
            "turn": turn,
            "date": (("turn",), _dates(results, turn)),
            "actor": list(results.actors),
            "ally": list(results.actors),
            "rung": rungs,
            "trigger": rungs,
            "answer": [*map(str, rungs), "none"],
        },
        attrs={
            "scenario": results.scenario.title,
            "seed": results.seed,
            "uncertainty": int(results.uncertainty),
        },
    )


def write_parquet(results: Results, folder: Path) -> dict[Path, int]:
    """Write the large tables as Parquet, slice by slice.

    Parameters
    ----------
    results : Results
    folder : Path
        There already.

    Returns
    -------
    dict of Path to int
        ``replications.parquet``, ``acts.parquet``, ``crises.parquet``, and with drawn numbers
        ``parameters.parquet``, each with its rows; synced to the disk. The same results give the
        same bytes under the same version of pyarrow.

    Raises
    ------
    MissingExtra
        When pyarrow is not installed.
    RecordError
        When the disk is full or the folder cannot be written.
    """
    require_parquet()
    lengths: dict[Table, int] = {
        "replications": results.replications,
        "acts": len(results.acts["turn"]),
        "crises": len(results.crises["how"]),
    }
    if results.parameters:
        lengths["parameters"] = len(draws_of(results))
    rows = {}
    for name, length in lengths.items():
        path = folder / f"{name}.parquet"
        try:
            with path.open("wb") as file:
                _write_parquet(results, name, length, file)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise RecordError(
                f"{path}: cannot be written ({error.strerror or error}). Free some space or choose "
                "another place."
            ) from error
        rows[path] = length
    return rows


def _write_parquet(results: Results, name: Table, length: int, file: BinaryIO) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    def cut(rows: slice) -> Any:
        frame = to_frame(_rows(results, rows), name)
        return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()

    everything = slice(0, results.replications)  # a draw may begin before a slice does
    slices = [slice(start, start + SLICE) for start in range(0, length, SLICE)]
    with parquet.ParquetWriter(file, cut(slice(0, 1)).schema, compression="zstd") as writer:
        for rows in [everything] if name == "parameters" else slices:
            writer.write_table(cut(rows))


def require_parquet() -> None:
    """Check that Parquet files can be written.

    Raises
    ------
    MissingExtra
        When pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingExtra("--format parquet", "pyarrow", "parquet") from error


def _rows(results: Results, rows: slice) -> Results:
    """Return a slice of the rows of every large table: not an ensemble, only its tables."""
    cut: dict[str, Any] = {
        group: {name: column[rows] for name, column in getattr(results, group).items()}
        for group in ("table", "acts", "crises", "parameters")
    }
    return replace(
        results,
        first=results.first + rows.start,
        replications=len(cut["table"]["peak"]),
        **cut,
    )
