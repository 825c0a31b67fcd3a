"""Tables for every medium: cells as words for people, as plain data and CSV for machines.

A study hands over tables whose cells are numbers and Estimates; what they look like is
decided here and in `wargame.show.words`, at the last moment.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

from wargame.findings import Cell, Column, Estimate, Table
from wargame.show.words import put

_NAMES = {"share": "share", "rate": "rate", "points": "difference", "change": "difference"}
"""Kind of an estimate -> what its value is called in plain data; "value" for the others."""
_ENDS = ("", "_low", "_high")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r")


def record_of(estimate: Estimate) -> dict[str, float]:
    """Return an estimate as plain data, named for its kind.

    Returns
    -------
    dict
        A share as count, share, low, high; a rate with its years, too; a difference as
        difference, low, high; anything else as value, low, high.
    """
    found: dict[str, float] = {}
    if estimate.kind in ("share", "rate"):
        found["count"] = estimate.count
    if estimate.kind == "rate":
        found["years"] = estimate.n
    found[_NAMES.get(estimate.kind, "value")] = estimate.value
    return found | {"low": estimate.low, "high": estimate.high}


def to_data(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as plain data: an Estimate becomes its record."""
    return [
        {
            name: record_of(cell) if isinstance(cell, Estimate) else cell
            for name, cell in row.items()
        }
        for row in table.rows
    ]


def to_text(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the headers and the cells of a table in words, as many in each row."""
    headers = tuple(column.header for column in table.columns)
    rows = tuple(
        tuple(put(row[column.name], column.manner) for column in table.columns)
        for row in table.rows
    )
    return headers, rows


def pivot(
    name: str,
    title: str,
    rows: Iterable[Mapping[str, Cell]],
    down: Column,
    cell: str,
    absent: str = "-",
) -> Table:
    """Return tidy rows of variants side by side: a row a measure, a column a variant.

    Parameters
    ----------
    rows : iterable of mapping
        Each with a "variant".
    down : Column
        Whose cells stand at the left.
    cell : str
        Key of what stands in each variant's column.
    absent : str
        Where a variant has nothing.
    """
    found: dict[Cell, dict[str, Cell]] = {}
    labels: dict[Cell, str] = {}
    for row in rows:
        place = labels.setdefault(row["variant"], str(len(labels)))
        one = found.setdefault(row[down.name], {down.name: row[down.name]})
        one[place] = row[cell]
    said = (down, *(Column(place, str(label)) for label, place in labels.items()))
    filled = tuple(
        {key: absent if one.get(key) is None else one[key] for key in (down.name, *labels.values())}
        for one in found.values()
    )
    return Table(name, title, said, filled)


def to_csv(table: Table) -> str:
    """Return a table as tidy CSV: an Estimate takes three columns, name, name_low, name_high.

    Numbers have ten significant digits; what nobody worked out is empty; a text that a
    spreadsheet would take for a formula has an apostrophe before it.
    """
    if not table.rows:
        return ""
    ends = {
        name: _ENDS if any(isinstance(row[name], Estimate) for row in table.rows) else ("",)
        for name in table.rows[0]
    }
    header = [f"{name}{end}" for name, several in ends.items() for end in several]
    rows = (
        [item for name, several in ends.items() for item in _fields(row[name], len(several))]
        for row in table.rows
    )
    return csv_text([header, *rows])


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV with bare newlines."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _fields(cell: Cell, width: int) -> tuple[str, ...]:
    if isinstance(cell, Estimate):
        return tuple(_number(end) for end in (cell.value, cell.low, cell.high))
    if isinstance(cell, float):
        text = _number(cell)
    elif isinstance(cell, str):
        text = guard(cell)
    else:
        text = "" if cell is None else str(cell)
    return (text, *[""] * (width - 1))


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.10g}"


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Parameters
    ----------
    text : str
        A cell; one that begins with ``= + - @``, narrow or full width, a tab or a return gets an
        apostrophe in front.
    """
    return f"'{text}" if text[:1] in _FORMULA else text
