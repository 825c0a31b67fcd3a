"""What may be cited, and what a cite says."""

from __future__ import annotations

from wargame.errors import one_of
from wargame.scenario.library.seeds import seed_entries, seed_tables

SOURCES = ("article", "record", "literature", "tables")
"""The tables of seeds/ that cites may point to."""


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
        return frozenset(path.stem for path in seed_tables())
    return frozenset(entry["id"] for entry in seed_entries(source))


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
    one_of("source", source, SOURCES)
    one_of(f"key of {source}", key, keys_of(source))
    if source == "tables":
        return f"table {key} of the record"
    entry = next(entry for entry in seed_entries(source) if entry["id"] == key)
    if source == "article":
        contested = " (contested)" if entry.get("contested") else ""
        return f"{entry.get('claim', '')}{contested}"
    if source == "literature":
        return f"{entry.get('reference', '')} {entry.get('says') or ''}".strip()
    span = f" [{entry['low']}, {entry['high']}]" if entry.get("low") is not None else ""
    unit = f" {entry['unit']}" if entry.get("unit") else ""
    return f"{entry.get('what', '')}: {entry.get('value')}{span}{unit}"
