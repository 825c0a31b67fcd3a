"""A class's forecasts, read from the table that a spreadsheet saved; all that is wrong at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wargame.errors import RecordError, did_you_mean
from wargame.scenario.schema import OUTCOMES, Scenario

__all__ = ["TOLERANCE", "Forecast", "asked", "read_class"]

Floats = NDArray[np.float64]

TOLERANCE = 1.0
"""Percent by which a row may miss 100; the rest is rounding, and is evened out."""

MOST_STUDENTS = 5000
_MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Forecast:
    """A student's chances.

    Attributes
    ----------
    student : str
    chances : ndarray, shape (outcome,)
        0..1, summing to 1.
    line : int
        In the file; 0 for one that is not from a file.
    """

    student: str
    chances: Floats
    line: int = 0


def asked(scenario: Scenario) -> tuple[str, ...]:
    """Return the outcomes a forecast of a scenario is about, in order of severity."""
    nuclear = scenario.world.nuclear
    return tuple(name for name in OUTCOMES if name != "nuclear use" or nuclear)


def read_class(path: Path | str, outcomes: Sequence[str]) -> list[Forecast]:
    """Read a class's forecasts.

    Parameters
    ----------
    path : Path or str
        CSV in UTF-8, cells apart by comma, semicolon or tab: a column ``student`` and one for each
        outcome, in percent. Rows without any number, and columns without a known name, are passed
        over.
    outcomes : sequence of str
        See `asked`.

    Returns
    -------
    list of Forecast
        In the order of the file.

    Raises
    ------
    RecordError
        When it cannot be read; with every bad row by its line.
    """
    path = Path(path)
    rows = _rows(path)
    places = _places(path, rows[0][1] if rows else [], outcomes)
    forecasts: list[Forecast] = []
    problems: list[str] = []
    lines: dict[str, int] = {}
    for line, cells in rows[1:]:
        try:
            found = _forecast(line, cells, places, outcomes)
        except ValueError as error:
            problems.append(f"{path}:{line}: {error}")
            continue
        if found is None:
            continue
        if found.student.casefold() in lines:
            earlier = lines[found.student.casefold()]
            problems.append(
                f"{path}:{line}: '{found.student}' stands in line {earlier} already. Give each "
                "student one row."
            )
            continue
        lines[found.student.casefold()] = line
        forecasts.append(found)
    if problems:
        raise RecordError("\n".join(problems))
    if not forecasts:
        raise RecordError(
            f"{path}: holds no forecast: no row has a number. Fill in a sheet of "
            "`wargame forecast-sheet`, a row a student."
        )
    if len(forecasts) > MOST_STUDENTS:
        raise RecordError(f"{path}: {len(forecasts):,} rows. {MOST_STUDENTS:,} is the most.")
    return forecasts


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Return (line, cells) of every row that is not blank."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordError(f"{path}: cannot be read ({reason}).") from error
    if len(raw) > _MOST_BYTES:
        raise RecordError(f"{path}: {len(raw):,} bytes. {_MOST_BYTES:,} is the most for a class.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(
            f"{path}: is not UTF-8 text (byte {error.start}). In the spreadsheet, save it as "
            "'CSV UTF-8'."
        ) from error
    if "\0" in text:
        raise RecordError(f"{path}: is not a table of text. Save it as 'CSV UTF-8'.")
    head = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True
    )
    rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise RecordError(
            f"{path}:{line}: is not a row of CSV ({error}). Check the quotes."
        ) from error
    return rows


def _places(path: Path, header: list[str], outcomes: Sequence[str]) -> dict[str, int]:
    """Return column name -> place."""
    names = [re.sub(r"[\s_-]+", " ", cell).casefold().strip(" %") for cell in header]
    wanted = ["student", *outcomes]
    twice = sorted({name for name in names if name in wanted and names.count(name) > 1})
    if twice:
        raise RecordError(f"{path}:1: the column '{twice[0]}' is there twice. Keep one.")
    missing = [name for name in wanted if name not in names]
    if missing:
        hint = did_you_mean(missing[0], [name for name in names if name not in wanted])
        hint = hint.replace("Did you mean", "Is it") if hint else ""
        raise RecordError(
            f"{path}:1: no column '{missing[0]}'.{hint} The first row must name: "
            f"{', '.join(wanted)}."
        )
    return {name: names.index(name) for name in wanted}


def _forecast(
    line: int, cells: list[str], places: Mapping[str, int], outcomes: Sequence[str]
) -> Forecast | None:
    """Read a row; None if nothing was filled in."""
    row = cells + [""] * (max(places.values()) + 1 - len(cells))
    student = _plain(row[places["student"]])
    given = [row[places[name]] for name in outcomes]
    if not any(given):
        return None
    if not student:
        raise ValueError("no name in the column 'student'. Give one, or a number.")
    percents = np.array([_percent(cell, name) for cell, name in zip(given, outcomes, strict=True)])
    total = float(percents.sum())
    if abs(total - 100) > TOLERANCE:
        hint = " Write percent: 25, not 0.25." if 0.9 < total < 1.1 else ""
        raise ValueError(f"the chances of '{student}' sum to {total:g}, not to 100.{hint}")
    return Forecast(student, percents / total, line)


def _plain(name: str) -> str:
    """Return a name without what a spreadsheet put in front of it, on one line."""
    unguarded = name[1:] if re.match(r"'[=+\-@]", name) else name
    return "".join(letter if letter.isprintable() else " " for letter in unguarded)[:100].strip()


def _percent(cell: str, name: str) -> float:
    text = cell.removesuffix("%").strip()
    if not text:
        raise ValueError(f"no chance of '{name}'. Write 0 if it is none.")
    if not re.fullmatch(r"\d{1,3}([.,]\d{0,12})?", text):
        raise ValueError(
            f"'{cell[:40]}' is no chance of '{name}'. Write percent, a number from 0 to 100."
        )
    value = float(text.replace(",", "."))
    if value > 100:
        raise ValueError(f"{value:g} is no chance of '{name}': it is above 100.")
    return value
