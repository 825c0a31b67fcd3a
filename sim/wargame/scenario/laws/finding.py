"""What a rule found wrong, and two ways to say it: a name unknown, a name used twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from wargame.errors import did_you_mean
from wargame.scenario.text.places import Steps


class Finding(NamedTuple):
    """What a rule found.

    Attributes
    ----------
    steps : Steps
        Where.
    message : str
        What is wrong, the rule, the remedy.
    severity : str
        error or warning.
    offset : int
        How far into the text that stands there, in characters.
    """

    steps: Steps
    message: str
    severity: str = "error"
    offset: int = 0


def unknown(kind: str, name: str, known: Collection[str]) -> str:
    """Say that a name is not among those known."""
    listing = ", ".join(sorted(known)) or "there are none"
    return f"there is no {kind} '{name}'.{did_you_mean(name, known)} Known: {listing}."


def repeated(names: Collection[str]) -> Iterator[int]:
    """Yield the indices of names that stood earlier in the same list."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index
        seen.add(name)
