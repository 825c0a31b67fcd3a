"""One history at one moment: what every law is given."""

from __future__ import annotations

from typing import Any, NamedTuple


class Here(NamedTuple):
    """One history at one moment, as records; see `wargame.engine.world.layout`.

    Attributes
    ----------
    world : record
        The scenario's structure, the same in all histories.
    numbers : record
        The scenario's numbers, as this history has them.
    turn : record
        What the turn brings: events, orders, the keys of draws.
    state : record
        How this history stands; written by what is done.
    work : record
        Working space, and what is counted over all histories.
    """

    world: Any
    numbers: Any
    turn: Any
    state: Any
    work: Any
