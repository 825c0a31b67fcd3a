"""An actor's actions as arrays, and the small things they are made of.

A number has shape (1,) when it is fixed and (replication,) when it is drawn;
both broadcast, and `value_at` looks either up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
T = TypeVar("T", bound=np.generic)
NO_LIMIT = np.iinfo(np.int16).max
NEVER = np.iinfo(np.int16).max
"""A turn that never comes."""


@dataclass(frozen=True)
class Change:
    """An effect, with names turned into indices.

    Attributes
    ----------
    kind : str
        As in the schema.
    places : tuple of int
        The slot, the actor, the two actors, the flag or the stock.
    amount : ndarray, shape (1,) or (replication,)
        Added (for a flag: 1 sets, 0 clears; for tempo: unused, the slot has the factor).
    turns : int
        How long a tempo effect lasts.
    """

    kind: str
    places: tuple[int, ...]
    amount: Floats
    turns: int = 0


@dataclass(frozen=True)
class Need:
    """What one action requires, with names turned into indices."""

    flags: tuple[tuple[int, bool], ...]
    stocks: tuple[tuple[int, Floats], ...]
    tension_least: Floats | None
    tension_most: Floats | None
    agreement: str | None
    pairs: tuple[int, ...]

    @property
    def asks_tension(self) -> bool:
        """Whether a least or most tension is required."""
        return self.tension_least is not None or self.tension_most is not None


@dataclass(frozen=True)
class Menu:
    """An actor's actions as arrays, in the engine's order.

    Attributes
    ----------
    first : int
        Place of the first action among all menus.
    rungs : ndarray of int8, shape (action,)
    targets : ndarray of bool, shape (action, actor)
    opens, answers, every : ndarray of bool, shape (action,)
        Whether it has an `initiative`, a `reply`; true.
    opening_base, answer_base : ndarray, shape (action, 1 or replication)
        Bias + goals - cost, in logits.
    public : ndarray, shape (action, 1 or replication)
    above_firebreak : ndarray, shape (action,)
    cooldown, limit : ndarray of int16, shape (action,)
    held_back : tuple of int
        The actions with a cooldown or a limit.
    is_limited : ndarray of bool, shape (action,)
    slip_chance : ndarray, shape (action, 1 or replication)
    slip_rung : ndarray of int8, shape (action,)
    needs : dict of int to Need
        Only the actions that require something.
    changes : dict of int to tuple of Change
        Only the actions that have effects.
    hostile_sides : ndarray of bool, shape (action,)
        Whether it is aimed at another side.
    """

    ids: tuple[str, ...]
    first: int
    rungs: NDArray[np.int8]
    targets: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    every: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    opening_base: Floats
    answer_base: Floats
    public: Floats
    above_firebreak: Floats
    cooldown: NDArray[np.int16]
    limit: NDArray[np.int16]
    held_back: tuple[int, ...]
    is_limited: NDArray[np.bool_]
    slip_chance: Floats
    slip_rung: NDArray[np.int8]
    slips: bool
    needs: dict[int, Need]
    changes: dict[int, tuple[Change, ...]]
    hostile_sides: NDArray[np.bool_]


def value_at(numbers: Floats, replications: Indices) -> Floats:
    """Return a number for some replications; a fixed one stays of width 1.

    Parameters
    ----------
    numbers : ndarray, shape (..., 1) or (..., replication)
    replications : ndarray of int, shape (row,)
    """
    return numbers if numbers.shape[-1] == 1 else numbers[..., replications]


def pick_rows(numbers: NDArray[T], actions: Indices, replications: Indices) -> NDArray[T]:
    """Return a number of each act's action.

    Parameters
    ----------
    numbers : ndarray, shape (action, 1 or replication)
    actions, replications : ndarray of int, shape (act,)

    Returns
    -------
    ndarray, shape (act,)
    """
    return numbers[actions, 0] if numbers.shape[-1] == 1 else numbers[actions, replications]


def stack(rows: list[NDArray[T]]) -> NDArray[T]:
    """Stack numbers of width 1 or n; the result is of width 1 only if all are.

    Parameters
    ----------
    rows : list of ndarray, each shape (1,) or (replication,)

    Returns
    -------
    ndarray, shape (row, 1 or replication)
    """
    return np.ascontiguousarray(np.stack(np.broadcast_arrays(*rows)))
