"""A class's forecasts, read from the table that a spreadsheet saved; all that is wrong at once."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wargame.errors import RecordError, did_you_mean
from wargame.scenario.ladder import outcomes_allowed
from wargame.scenario.schema import Scenario
from wargame.show.table import guard
from wargame.store.reader import read_bytes

Floats = NDArray[np.float64]

TOLERANCE = 1.0
"""Percent by which a row may miss 100: rounding, which is evened out and said."""

MOST_STUDENTS = 5000
MOST_PROBLEMS = 100
"""Bad rows named in one message."""
_MOST_BYTES = 5_000_000
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Letters that leave no mark of their own."""


@dataclass(frozen=True)
class Forecast:
    """A student's chances.

    Attributes
    ----------
    chances : ndarray, shape (outcome,)
        0..1, summing to 1.
    line : int
        In the file; 0 for one that is not from a file.
    """

    student: str
    chances: Floats
    line: int = 0


@dataclass(frozen=True)
class Roll:
    """A class as read.

    Attributes
    ----------
    forecasts : tuple of Forecast
        In the order of the file.
    notes : tuple of str
        What was evened out or passed over, by line and student.
    """

    forecasts: tuple[Forecast, ...]
    notes: tuple[str, ...]


def asked(scenario: Scenario) -> tuple[str, ...]:
    """Return the outcomes a forecast of a scenario is about, in order of severity."""
    return outcomes_allowed(scenario.world.nuclear)


def read_class(path: Path | str, outcomes: Sequence[str]) -> Roll:
    """Read a class's forecasts.

    Parameters
    ----------
    path : Path or str
        CSV in UTF-8, cells apart by comma, semicolon or tab, or by what a first line ``sep=;``
        says: a column ``student`` and one for each outcome, in percent. Rows without any chance,
        and columns without a known name, are passed over.
    outcomes : sequence of str
        See `asked`.

    Raises
    ------
    RecordError
        When it cannot be read; with every bad row by its line.
    """
    path = Path(path)
    rows, commas = _rows(path)
    places = _places(path, *(rows[0] if rows else (1, [])), outcomes)
    forecasts: list[Forecast] = []
    notes: list[str] = []
    problems: list[str] = []
    lines: dict[str, int] = {}
    for line, cells in rows[1:]:
        try:
            _check_width(cells, len(rows[0][1]), commas)
            found, note = _forecast(line, cells, places, outcomes)
        except ValueError as error:
            problems.append(f"{path}:{line}: {error}")
            continue
        if note:
            notes.append(note)
        if found is None:
            continue
        person = _same_person(found.student)
        if person in lines:
            earlier = lines[person]
            problems.append(
                f"{path}:{line}: '{found.student}' stands in line {earlier} already. Give each "
                "student one row."
            )
            continue
        lines[person] = line
        forecasts.append(found)
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = [f"{path}: and {more:,} more. Mend these first."] if more > 0 else []
        raise RecordError("\n".join(problems[:MOST_PROBLEMS] + rest))
    if not forecasts:
        raise RecordError(
            f"{path}: holds no forecast: no row has a number. Fill in a sheet of "
            "`wargame forecast-sheet`, a row a student."
        )
    if len(forecasts) > MOST_STUDENTS:
        raise RecordError(f"{path}: {len(forecasts):,} rows. {MOST_STUDENTS:,} is the most.")
    return Roll(tuple(forecasts), tuple(notes))


def _rows(path: Path) -> tuple[list[tuple[int, list[str]]], bool]:
    """Return (line, cells) of every row that is not blank, and whether commas part the cells."""
    raw = read_bytes(path, _MOST_BYTES, _remedy)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(
            f"{path}: is not UTF-8 text (byte {error.start}). In the spreadsheet, save it as "
            "'CSV UTF-8'."
        ) from error
    if "\0" in text:
        raise RecordError(f"{path}: is not a table of text. Save it as 'CSV UTF-8'.")
    told = re.match(r"sep=([,;\t])\r?\n", text, re.IGNORECASE)
    head = text.lstrip("\r\n").partition("\n")[0]
    parted_by = told[1] if told else max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True)
    rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (told and line == 1):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise RecordError(
            f"{path}:{line}: is not a row of CSV ({error}). Check the quotes."
        ) from error
    return rows, parted_by == ","


def _remedy(path: Path) -> str:
    """Say what to do about a file that cannot be read."""
    if len(path.name) > 255:
        return ""
    if path.is_dir():
        return " It is a folder. Give the filled-in table itself, a CSV."
    tables = path.parent.glob("*.csv") if path.parent.is_dir() else ()
    meant = did_you_mean(path.name, (table.name for table in tables))
    return (
        f"{meant} Give the table that the class filled in; `wargame forecast-sheet` makes an "
        "empty one."
    )


def _check_width(cells: Sequence[str], columns: int, commas: bool) -> None:
    """Refuse a row with something in cells that belong to no column."""
    filled = max((place + 1 for place, cell in enumerate(cells) if cell), default=0)
    if filled > columns:
        hint = (
            ": decimal commas? Save with semicolons, or write 50.5."
            if commas
            else ". Keep a cell for each column."
        )
        raise ValueError(f"{filled} cells for {columns} columns{hint}")


def _places(
    path: Path, line: int, header: Sequence[str], outcomes: Sequence[str]
) -> dict[str, int]:
    """Return column name -> place."""
    names = [re.sub(r"[\s_-]+", " ", _same_person(cell)).strip(" %") for cell in header]
    wanted = ["student", *outcomes]
    twice = sorted({name for name in names if name in wanted and names.count(name) > 1})
    if twice:
        raise RecordError(f"{path}:{line}: the column '{twice[0]}' is there twice. Keep one.")
    missing = [name for name in wanted if name not in names]
    if missing:
        hint = did_you_mean(missing[0], [name for name in names if name not in wanted])
        hint = hint.replace("Did you mean", "Is it") if hint else ""
        raise RecordError(
            f"{path}:{line}: no column '{missing[0]}'.{hint} The first row must name: "
            f"{', '.join(wanted)}."
        )
    return {name: names.index(name) for name in wanted}


def _forecast(
    line: int, cells: list[str], places: Mapping[str, int], outcomes: Sequence[str]
) -> tuple[Forecast | None, str]:
    """Read a row: None if no chance was filled in; and a note, or nothing, for the teacher."""
    row = cells + [""] * (max(places.values()) + 1 - len(cells))
    student = _plain(row[places["student"]])
    given = [row[places[name]] for name in outcomes]
    if not any(given):
        return None, f"line {line}, {student}: no forecast, passed over" if student else ""
    if not student:
        raise ValueError("no name in the column 'student'. Give one, or a number.")
    percents = np.array([_percent(cell, name) for cell, name in zip(given, outcomes, strict=True)])
    total = round(float(percents.sum()), 3)  # as it is shown
    if abs(total - 100) > TOLERANCE:
        raise ValueError(
            f"the chances of '{student}' sum to {total:g}, not to 100{_why_not(given, total)}"
        )
    note = "" if total == 100 else f"line {line}, {student}: sums to {total:g}, scaled to 100"
    return Forecast(student, percents / percents.sum(), line), note


def _why_not(given: Sequence[str], total: float) -> str:
    """Guess why the cells of a row do not make 100, and say what to write."""
    for cell in given:
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3}|\.000)", cell):
            mark = "comma" if "," in cell else "point"
            return (
                f": '{cell}' is read as {_percent(cell, ''):g}, its {mark} as a decimal {mark}. "
                "Write percent, from 0 to 100."
            )
    if 0.9 < total < 1.1:
        return ". Write percent: 25, not 0.25."
    return f"; only rounding, {100 - TOLERANCE:g} to {100 + TOLERANCE:g}, is evened out."


def _plain(name: str) -> str:
    """Return a name without what a spreadsheet put in front of it, on one line."""
    unguarded = name[1:] if name == guard(name[1:]) else name
    seen = _INVISIBLE.sub("", unicodedata.normalize("NFC", unguarded))
    return "".join(letter if letter.isprintable() else " " for letter in seen)[:100].strip()


def _same_person(name: str) -> str:
    """Return what two spellings of one name have in common, however they were typed."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", name)).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


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
