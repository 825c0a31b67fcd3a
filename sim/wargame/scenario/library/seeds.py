"""The seeds: the lists and tables that shipped scenarios are built from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from wargame.errors import RecordError, ScenarioError, one_of
from wargame.scenario.library.folders import read_bytes, shipped_folder
from wargame.scenario.text.reader import read_document

_LISTS = {"article": "facts", "record": "entries", "literature": "references"}


def record(key: str) -> dict[str, Any]:
    """Return an entry of the historical record: what, value, low, high, unit, table, source.

    Parameters
    ----------
    key : str
        For example ``lethal_per_year``.

    Raises
    ------
    UnknownName
        When the record has no such entry.
    """
    entries = {entry["id"]: entry for entry in seed_entries("record")}
    return dict(entries[one_of("key of record", key, entries)])


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table, column -> text.

    Parameters
    ----------
    name : str
        Without .csv.

    Raises
    ------
    UnknownName
        When there is no such table.
    """
    paths = {path.stem: path for path in seed_tables()}
    with paths[one_of("table", name, paths)].open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def seed_tables() -> Iterator[Path]:
    """Yield the files of the shipped tables, by name."""
    seeds = shipped_folder("seeds")
    if seeds is not None:
        yield from sorted((seeds / "tables").glob("*.csv"))


@cache
def seed_entries(source: str) -> list[dict[str, Any]]:
    """Return the entries of a seed list, each with an id."""
    seeds = shipped_folder("seeds")
    path = seeds / f"{source}.yaml" if seeds is not None else None
    if path is None or not path.is_file():
        raise RecordError(f"seeds/{source}.yaml is missing from this installation. Install again.")
    try:
        document = read_document(read_bytes(path), f"seeds/{source}.yaml")
    except ScenarioError as error:
        raise RecordError(str(error)) from error
    entries = document.data.get(_LISTS[source])
    sound = isinstance(entries, list) and all(
        isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in entries
    )
    if document.problems or not sound:
        first = document.problems[0] if document.problems else f"'{_LISTS[source]}' has no ids"
        raise RecordError(f"seeds/{source}.yaml is damaged: {first}. Install again.")
    assert isinstance(entries, list)
    return entries
