"""What an actor is told from outside: an opening, and how it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wargame.errors import UnknownName

NOTHING = -1
"""Stands for "does nothing" where an action index is expected."""

HOLD, MODEL = "hold", "model"
POLICIES = (MODEL, HOLD, "one_lower", "match", "one_higher")
"""Standing orders: how an actor may be told to answer."""

ANSWER_AS_MODEL, ANSWER_NOTHING, MATCH = (POLICIES.index(name) for name in (MODEL, HOLD, "match"))
"""Their codes; those beside `MATCH` answer a rung lower and a rung higher."""

OPEN_AS_MODEL, OPEN_NOTHING = -1, -2
"""Codes of openings that are no action."""


@dataclass(frozen=True)
class Order:
    """What an actor is told from outside for one turn.

    Attributes
    ----------
    opening : str or None
        An action id, "hold", or None to let the model decide.
    standing : str
        How it answers this turn: a name in `POLICIES`.

    Raises
    ------
    UnknownName
        If there is no standing order of that name.
    """

    opening: str | None = None
    standing: str = MODEL

    def __post_init__(self) -> None:
        if self.standing not in POLICIES:
            raise UnknownName("standing order", self.standing, POLICIES)


Orders = Mapping[tuple[int, str], Order]
"""(turn, actor id) -> order."""
