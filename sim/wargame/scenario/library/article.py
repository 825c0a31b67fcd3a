"""The facts of the article, each with what it allows a scenario to contain."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.scenario.library.seeds import seed_entries


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
        for entry in seed_entries("article")
    }
