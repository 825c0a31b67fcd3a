"""What ships with the program, found by name: scenarios, facts, record, literature, tables.

Looked for inside the installed package first (the wheel carries them), then beside
``sim/`` in a checkout.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wargame.errors import RecordError, ScenarioError, UnknownName, UsageError, did_you_mean
from wargame.scenario.text.reader import LARGEST, read_document

SOURCES = ("article", "record", "literature", "tables")
"""The tables of seeds/ that cites may point to."""

_LISTS = {"article": "facts", "record": "entries", "literature": "references"}
_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


@dataclass(frozen=True)
class License:
    """What a fact allows a scenario to contain.

    Attributes
    ----------
    kind : str
        actor, action, inject, parameter or contested.
    what : str
        In words.
    """

    kind: str
    what: str


@dataclass(frozen=True)
class Fact:
    """A numbered claim of the article.

    Attributes
    ----------
    id : str
        For example F01.
    claim : str
        In the project's own words.
    licenses : tuple of License
        What it allows.
    contested : bool
        Whether research disagrees about it.
    """

    id: str
    claim: str
    licenses: tuple[License, ...] = ()
    contested: bool = False


def scenario_names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, sorted."""
    folder = _folder("scenarios")
    return tuple(sorted(path.stem for path in folder.glob("*.yaml"))) if folder else ()


def find_scenario(name: str | Path) -> Path:
    """Return the file of a scenario.

    Parameters
    ----------
    name : str or Path
        A file, or the name of a shipped scenario (with or without .yaml).

    Returns
    -------
    Path
        Of an existing file; as given when it was a path.

    Raises
    ------
    UsageError
        When there is no such file or name, or it is a folder.
    """
    text, path = str(name), Path(name)
    if text == "-":
        raise UsageError("standard input is no scenario by itself. Name it as a file: /dev/stdin.")
    try:
        if path.exists() and not path.is_dir():
            return path
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # a name too long, or one with a null character
        raise UsageError(f"'{text[:60]}' cannot be a file name. Name a scenario file.") from error
    bare = path.name == text
    stem = path.stem if path.suffix in {".yaml", ".yml"} else path.name
    shipped = scenario_names()
    if bare and stem in shipped:
        folder = _folder("scenarios")
        assert folder is not None
        return folder / f"{stem}.yaml"
    if is_folder:
        raise UsageError(f"'{text}' is a folder. Name a scenario file inside it.")
    if bare and not path.suffix:
        raise UnknownName("scenario", text, shipped)
    if stem in shipped:
        hint = f" A scenario of that name is shipped: write {stem}."
    else:
        hint = did_you_mean(stem, shipped) or f" Shipped scenarios: {', '.join(shipped) or 'none'}."
    raise UsageError(f"there is no file '{text}'.{hint}")


def theory_names() -> tuple[str, ...]:
    """Return the names of the shipped theories, sorted."""
    folder = _folder("scenarios")
    return (
        tuple(sorted(path.stem for path in (folder / "theories").glob("*.yaml"))) if folder else ()
    )


def find_theory(name: str | Path) -> Path:
    """Return the file of a theory.

    Parameters
    ----------
    name : str or Path
        The name of a shipped theory, or a file that ends with .yaml.

    Raises
    ------
    UnknownName
        When there is no such theory.
    """
    path, folder = Path(name), _folder("scenarios")
    if folder is not None and str(name) in theory_names():
        return folder / "theories" / f"{name}.yaml"
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return path
    raise UnknownName("theory", str(name)[:60], theory_names())


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, or just over the largest size that is read.

    Parameters
    ----------
    path : Path
        An existing file.

    Raises
    ------
    UsageError
        When it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"'{path}' cannot be read: {reason}. Check its permissions.") from error


def starting_text() -> str:
    """Return the commented scenario that ``wargame new`` writes."""
    return (Path(__file__).resolve().parent / "starting.yaml").read_text(encoding="utf-8")


def facts() -> dict[str, Fact]:
    """Return id -> fact, in the order of the article.

    Raises
    ------
    RecordError
        When the seeds are missing or damaged.
    """
    return {
        entry["id"]: Fact(
            id=entry["id"],
            claim=str(entry.get("claim", "")),
            licenses=tuple(License(**item) for item in entry.get("licenses") or ()),
            contested=bool(entry.get("contested", False)),
        )
        for entry in _entries("article")
    }


def keys_of(source: str) -> frozenset[str]:
    """Return what can be cited from one source.

    Parameters
    ----------
    source : str
        One of `SOURCES`.

    Raises
    ------
    RecordError
        When the seeds are missing or damaged.
    """
    if source == "tables":
        return frozenset(path.stem for path in _tables())
    return frozenset(entry["id"] for entry in _entries(source))


def describe_cite(cite: str) -> str:
    """Return what a cite says, in one line.

    Parameters
    ----------
    cite : str
        ``source.key``, for example ``article.F01``.

    Raises
    ------
    UnknownName
        When it does not resolve.
    """
    source, _, key = cite.partition(".")
    if source not in SOURCES:
        raise UnknownName("source", source, SOURCES)
    if key not in keys_of(source):
        raise UnknownName(f"key of {source}", key, keys_of(source))
    if source == "tables":
        return f"table {key} of the record"
    entry = next(entry for entry in _entries(source) if entry["id"] == key)
    if source == "article":
        contested = " (contested)" if entry.get("contested") else ""
        return f"{entry.get('claim', '')}{contested}"
    if source == "literature":
        return f"{entry.get('reference', '')} {entry.get('says') or ''}".strip()
    span = f" [{entry['low']}, {entry['high']}]" if entry.get("low") is not None else ""
    unit = f" {entry['unit']}" if entry.get("unit") else ""
    return f"{entry.get('what', '')}: {entry.get('value')}{span}{unit}"


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
    entries = {entry["id"]: entry for entry in _entries("record")}
    if key not in entries:
        raise UnknownName("key of record", key, entries)
    return dict(entries[key])


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
    paths = {path.stem: path for path in _tables()}
    if name not in paths:
        raise UnknownName("table", name, paths)
    with paths[name].open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _folder(name: str) -> Path | None:
    for parent in (_PACKAGE, _CHECKOUT):
        if (parent / name).is_dir():
            return parent / name
    return None


def _tables() -> Iterator[Path]:
    seeds = _folder("seeds")
    if seeds is not None:
        yield from sorted((seeds / "tables").glob("*.csv"))


@cache
def _entries(source: str) -> list[dict[str, Any]]:
    seeds = _folder("seeds")
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
