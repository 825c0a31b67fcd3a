"""The functions of conditions: what each is given, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from wargame.scenario.ladder import HIGHEST_RUNG


@dataclass(frozen=True)
class Function:
    """A function of the language.

    Attributes
    ----------
    takes : tuple of tuple of str
        What it may be given: "actor", "rung", "stock" or "action", in this order.
    range : tuple of float or None
        Between which numbers it lies; None where it holds or does not.
    example : str
        How it is written.
    meaning : str
        What it says.
    """

    takes: tuple[tuple[str, ...], ...]
    range: tuple[float, float] | None
    example: str
    meaning: str


_PAIR = ("actor", "actor")

FUNCTIONS: dict[str, Function] = {
    "turn": Function(((),), (1, inf), "turn >= 10", "the number of the turn, from 1"),
    "peak": Function(
        ((),), (0, HIGHEST_RUNG), "peak >= 5", "the highest realised rung of the history so far"
    ),
    "since": Function(
        (("actor", "rung"), (*_PAIR, "rung")),
        (0, inf),
        "since(PRK, ROK, 4) <= 4 weeks",
        "weeks since the first last acted, at the second or at anyone, at a realised rung or above",
    ),
    "tension": Function(
        (("actor",), _PAIR),
        (0, 1),
        "tension(PRK, ROK) >= 0.15",
        "what the first feels from the second, or from whom it feels most",
    ),
    "stock": Function((("stock",),), (0, 1), "stock(PRK.munitions) >= 0.35", "what is left of it"),
    "agreed": Function((_PAIR,), None, "agreed(PRK, ROK)", "an agreement of the two is in force"),
    "acted": Function((("action",),), None, "acted(PRK.tank_drill)", "it was done before"),
    "deaths": Function(
        (("actor",),), (0, inf), "deaths(PRK) >= 1", "the dead of acts first aimed at it"
    ),
    "crisis": Function((_PAIR,), None, "crisis(PRK, ROK)", "the two are in an open crisis"),
}
"""All of them, by name."""

WORDS = (*FUNCTIONS, "and", "or", "not", "weeks")
"""What no flag can be called."""
