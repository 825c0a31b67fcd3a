"""Other orders that a player had, and what each would have changed."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.engine.policies import Order


@dataclass(frozen=True)
class Choice:
    """Another order, and the rung whose odds it changes.

    Attributes
    ----------
    level : int
        One that the game had not reached before the turn.
    gap : float
        By how much the screening saw the share of futures that reach it change, -1..1.
    """

    turn: int
    actor: str
    was: Order
    instead: Order
    level: int
    gap: float


@dataclass(frozen=True)
class Search:
    """What a search for other orders came to.

    Attributes
    ----------
    choices : tuple of Choice
        Those that seem to matter, the most telling first; some to spare.
    tried : int
        Other orders looked at.
    turns : int
        Turns they are from.
    helpless : tuple of int
        Decisive turns whose worst act none of them would have made milder.
    """

    choices: tuple[Choice, ...]
    tried: int
    turns: int
    helpless: tuple[int, ...] = ()
