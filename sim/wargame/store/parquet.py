"""Results as Parquet files: the tables that grow with the replications, slice by slice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from wargame.engine.results import Results, Table
from wargame.engine.results.columns import LOGS
from wargame.engine.results.frames import to_frame
from wargame.errors import MissingExtra
from wargame.store.files import synced

SLICE = 200_000
"""Rows written at a time."""


def writers_of(results: Results) -> dict[str, tuple[Callable[[Path], None], int]]:
    """Return file name -> what writes it, synced, and its number of rows, for the large tables.

    ``replications.parquet``, ``acts.parquet``, ``crises.parquet``, ``agreements.parquet``, and
    with drawn numbers ``parameters.parquet``. The same results give the same bytes under the same
    version of pyarrow.

    Raises
    ------
    MissingExtra
        When pyarrow is not installed.
    """
    require()
    return {
        f"{name}.parquet": (partial(_write, results, name, length), length)
        for name, length in _lengths(results).items()
    }


def _write(results: Results, name: Table, length: int, path: Path) -> None:
    from pyarrow import parquet

    schema = _cut(results, name, slice(0, 1)).schema
    with (
        synced(path, "wb") as file,
        parquet.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        for rows in _slices(results, name, length):
            made = _cut(results, name, rows)
            writer.write_table(made, row_group_size=max(1, made.num_rows))  # a slice a group


def compare(results: Results, folder: Path) -> list[str]:
    """Return the names of the Parquet files of a folder that do not hold these results.

    Values are compared, not bytes: another version of pyarrow may write others.

    Raises
    ------
    MissingExtra
        When pyarrow is not installed.
    """
    require()
    import pyarrow as pa
    from pyarrow import parquet

    def same(name: Table, length: int) -> bool:
        try:
            with parquet.ParquetFile(folder / f"{name}.parquet") as file:
                if file.metadata.num_rows != length:
                    return False
                slices = _slices(results, name, length)
                for number, rows in enumerate(slices):
                    made = _cut(results, name, rows)
                    plain = pa.schema([(f.name, _undone(f.type)) for f in made.schema])
                    if file.read_row_group(number).cast(plain) != made.cast(plain):
                        return False
        except (pa.ArrowException, OSError, IndexError, ValueError):  # not Parquet, or another's
            return False
        return True

    return [
        f"{name}.parquet" for name, length in _lengths(results).items() if not same(name, length)
    ]


def _undone(kind: Any) -> Any:
    """Return the type of the values of a dictionary-encoded column, else the type itself."""
    return getattr(kind, "value_type", kind)


def _lengths(results: Results) -> dict[Table, int]:
    lengths: dict[Table, int] = {
        "replications": results.replications,
        "acts": len(results.acts["turn"]),
        "crises": len(results.crises["how"]),
        "agreements": len(results.agreements["how"]),
    }
    return lengths | ({"parameters": len(results.draws())} if results.parameters else {})


def _slices(results: Results, name: Table, length: int) -> list[slice]:
    if name == "parameters":  # a draw may begin before a slice does
        return [slice(0, results.replications)]
    return [slice(start, start + SLICE) for start in range(0, length, SLICE)]


def _cut(results: Results, name: Table, rows: slice) -> Any:
    import pyarrow as pa

    frame = to_frame(_rows(results, rows), name)
    return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()


def require() -> None:
    """Check that Parquet files can be written.

    Raises
    ------
    MissingExtra
        When pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingExtra("«table_format» parquet", "pyarrow", "parquet") from error


def _rows(results: Results, rows: slice) -> Results:
    """Return a slice of the rows of every large table: not an ensemble, only its tables."""
    cut: dict[str, Any] = {
        group: {name: column[rows] for name, column in getattr(results, group).items()}
        for group in LOGS
    }
    return replace(
        results,
        first=results.first + rows.start,
        replications=len(cut["table"]["peak"]),
        **cut,
    )
