"""The world as arrays, replication last; and snapshots of it.

Actors are indexed as the engine sorts them (by id), actions by their place in
all menus one after the other, pairs of actors as `pair_index` counts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import REPLICATION_COLUMNS


def pair_count(actors: int) -> int:
    """Return how many unordered pairs of actors there are."""
    return actors * (actors - 1) // 2


def pair_index(one: int, other: int, actors: int) -> int:
    """Return the place of an unordered pair among all pairs.

    Parameters
    ----------
    one, other : int
        Two different actor indices, in either order.
    actors : int
        How many actors there are.
    """
    low, high = min(one, other), max(one, other)
    return low * actors - low * (low + 1) // 2 + high - low - 1


@dataclass(frozen=True)
class Shape:
    """How large a world is.

    Attributes
    ----------
    actors, actions, flags, stocks, slots, turns : int
        Actions, stocks and effect slots of all actors together.
    """

    actors: int
    actions: int
    flags: int
    stocks: int
    slots: int
    turns: int


@dataclass
class State:
    """Everything that one turn hands to the next, for n replications.

    Attributes
    ----------
    excitation : ndarray, shape (actor, replication)
        Added acts per week.
    boost : ndarray, shape (actor, replication)
        Product of the tempo factors in force that differ between replications: effects,
        agreements, crisis. Derived; kept because it changes rarely.
    tension : ndarray, shape (actor, actor, replication)
        Felt by the first from the second, 0..1, as it stood at the start of `tension_turn`.
        It fades by itself, so only acts touch it: see `Tables.faded`.
    tension_turn : ndarray of int16, same shape
        The turn at whose start `tension` was right.
    ready : ndarray of int16, shape (action, replication)
        First turn in which the action may be done (again); never, once its limit is reached.
    used : ndarray of int16, shape (action, replication)
        How often it was done, for actions with a cooldown or a limit.
    flags : ndarray of bool, shape (flag, replication)
    stocks : ndarray, shape (stock, replication)
        0..1.
    effect_until : ndarray of int16, shape (slot, replication)
        Last turn in which a tempo effect is in force.
    agreement_until : ndarray of int16, shape (pair, replication)
        Last turn in which an agreement is in force.
    crisis_opened : ndarray of int16, shape (replication,)
        Turn; 0 when no crisis is open.
    crisis_fades : ndarray of int16, shape (replication,)
        Turn in which it fades unless renewed; 0 when none is open.
    crisis_parties : ndarray of bool, shape (actor, replication)
    alive : ndarray of bool, shape (replication,)
        False once a history is over.
    turn_peak : ndarray of int8, shape (turn, replication)
        Highest realised rung of each turn so far.
    tally : dict of str to ndarray, shape (replication,)
        The counts of `results.REPLICATION_COLUMNS` so far.
    """

    excitation: NDArray[np.float64]
    boost: NDArray[np.float64]
    tension: NDArray[np.float64]
    tension_turn: NDArray[np.int16]
    ready: NDArray[np.int16]
    used: NDArray[np.int16]
    flags: NDArray[np.bool_]
    stocks: NDArray[np.float64]
    effect_until: NDArray[np.int16]
    agreement_until: NDArray[np.int16]
    crisis_opened: NDArray[np.int16]
    crisis_fades: NDArray[np.int16]
    crisis_parties: NDArray[np.bool_]
    alive: NDArray[np.bool_]
    turn_peak: NDArray[np.int8]
    tally: dict[str, NDArray[Any]] = field(default_factory=dict)

    @classmethod
    def fresh(cls, shape: Shape, count: int) -> State:
        """Return the empty state: nothing felt, nothing done, nothing in force.

        Parameters
        ----------
        shape : Shape
            How large the world is.
        count : int
            Replications.
        """
        tally: dict[str, NDArray[Any]] = {
            name: np.zeros(count, dtype) for name, (dtype, _) in REPLICATION_COLUMNS.items()
        }
        for name in ("crosser_4", "crosser_5", "crosser_6"):
            tally[name] -= 1
        return cls(
            excitation=np.zeros((shape.actors, count)),
            boost=np.ones((shape.actors, count)),
            tension=np.zeros((shape.actors, shape.actors, count)),
            tension_turn=np.zeros((shape.actors, shape.actors, count), np.int16),
            ready=np.zeros((shape.actions, count), np.int16),
            used=np.zeros((shape.actions, count), np.int16),
            flags=np.zeros((shape.flags, count), np.bool_),
            stocks=np.zeros((shape.stocks, count)),
            effect_until=np.zeros((shape.slots, count), np.int16),
            agreement_until=np.zeros((pair_count(shape.actors), count), np.int16),
            crisis_opened=np.zeros(count, np.int16),
            crisis_fades=np.zeros(count, np.int16),
            crisis_parties=np.zeros((shape.actors, count), np.bool_),
            alive=np.ones(count, np.bool_),
            turn_peak=np.zeros((shape.turns, count), np.int8),
            tally=tally,
        )

    def take(self, replications: NDArray[np.intp]) -> State:
        """Return a copy holding the given replications, in the given order; repeats are allowed.

        Parameters
        ----------
        replications : ndarray of int, shape (k,)
        """
        arrays = {
            part.name: getattr(self, part.name)[..., replications].copy()
            for part in fields(self)
            if part.name != "tally"
        }
        tally = {name: column[replications].copy() for name, column in self.tally.items()}
        return State(**arrays, tally=tally)


@dataclass(frozen=True)
class Snapshot:
    """The whole state of one replication at the start of a turn.

    Attributes
    ----------
    turn : int
        The turn about to be played, 1 is the first.
    state : State
        With one replication.
    """

    turn: int
    state: State
