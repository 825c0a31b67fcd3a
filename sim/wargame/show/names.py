"""How actors are called in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.scenario.schema import Scenario

_PLURAL = ("states", "nations", "islands", "emirates", "netherlands", "philippines")


def named(scenario: Scenario, actor: str) -> str:
    """Return an actor's name with the article that English gives it, if any.

    Parameters
    ----------
    actor : str
        Id.

    Returns
    -------
    str
        For example "the United States", "South Korea".
    """
    name = scenario.actors[actor].name
    return f"the {name}" if name.lower().endswith(_PLURAL) and name[0].isupper() else name


def capital(text: str) -> str:
    """Return a text with its first letter as at the head of a sentence."""
    return text[:1].upper() + text[1:]


def join_words(words: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
