"""Terms of a choice: what each means, and how strongly it weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_WORDS = ((0.05, "no weight"), (0.5, "slightly"), (1.5, ""), (np.inf, "strongly"))


_MEANINGS = {
    "cost": "what the act costs",
    "inclination": "how readily it does this at all",
    "reciprocity": "distance from the act it met",
    "restraint": "steps above the firebreak",
    "audience": "seen to give way in public",
    "spiral": "tension it feels",
}


@dataclass(frozen=True)
class Term:
    """One part of the log-odds of the chosen action, beside the runner-up's.

    Attributes
    ----------
    chosen : float
        Logits.
    runner_up : float or None
        None when nothing else was on offer.
    words : str
        How strongly it speaks for or against the chosen action.
    """

    name: str
    meaning: str
    chosen: float
    runner_up: float | None
    words: str


def strength(logits: float) -> str:
    """Say how strongly a term speaks for or against an action."""
    word = next(word for upper, word in _WORDS if abs(logits) < upper)
    if word == "no weight":
        return word
    return f"{word} {'for' if logits > 0 else 'against'} it".strip()


def meaning_of(name: str) -> str:
    """Return a term in words."""
    if name.startswith("goal "):
        return f"how it serves {name.removeprefix('goal ').replace('_', ' ')}"
    return _MEANINGS[name]
