"""What an actor is provoked by, and which of several provocations it takes up."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wargame.engine.acts import NOBODY, Acts
from wargame.engine.menus import pick_rows
from wargame.engine.tables import Tables

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]


class Links(Protocol):
    """What a model holds from one link of a chain to the next."""

    tables: Tables
    previous: list[Acts]
    scratch: Indices


class Taker(Protocol):
    """An actor, as far as it takes up provocations."""

    place: int

    @property
    def model(self) -> Links:
        """What it reads the link before from."""

    def draw(self, rows: Indices, purpose: str, *more: object) -> Floats:
        """Return its draws of this link for a purpose."""


class Provocations:
    """What an actor takes up in one link: at most one act a replication.

    Attributes
    ----------
    replications : ndarray of int, shape (row,)
        None twice.
    provoker, trigger, behalf : ndarray of int8, shape (row,)
        Whose act, its realised rung, the ally it hit (-1: the actor itself).
    weight : ndarray, shape (row,)
        1 for a target, else the commitment.
    """

    def __init__(
        self,
        replications: Indices,
        provoker: NDArray[np.int8],
        trigger: NDArray[np.int8],
        behalf: NDArray[np.int8],
        weight: Floats,
    ) -> None:
        self.replications = replications
        self.provoker = provoker
        self.trigger = trigger
        self.behalf = behalf
        self.weight = weight

    def __len__(self) -> int:
        return len(self.replications)

    def at(self, rows: Indices | Marks) -> Provocations:
        """Return some of them."""
        return Provocations(
            self.replications[rows],
            self.provoker[rows],
            self.trigger[rows],
            self.behalf[rows],
            self.weight[rows],
        )


def take_up(actor: Taker) -> Provocations:
    """Return what an actor takes up of the link before: at most one act a replication.

    Returns
    -------
    Provocations
        In each replication the one of the highest realised rung, then of the largest
        weight, then with the largest draw.
    """
    tables = actor.model.tables
    found: list[Provocations] = []
    for acts in actor.model.previous:
        if acts.actor == actor.place or not len(acts):
            continue
        if not tables.heeds[actor.place][acts.actor]:
            continue
        weights = tables.weights[actor.place][acts.actor]
        behalf = tables.behalf[actor.place][acts.actor]
        weight = pick_rows(weights, acts.actions, acts.replications)
        rows = (weight > 0.0).nonzero()[0]
        if len(rows):
            found.append(
                Provocations(
                    acts.replications[rows],
                    np.full(len(rows), acts.actor, np.int8),
                    acts.realised[rows],
                    pick_rows(behalf, acts.actions, acts.replications)[rows],
                    weight[rows],
                )
            )
    if len(found) == 1:
        return found[0]
    if not found:
        none = np.zeros(0, np.int8)
        return Provocations(np.zeros(0, np.intp), none, none, none, np.zeros(0))
    return _strongest(actor, found)


def _strongest(actor: Taker, found: list[Provocations]) -> Provocations:
    """Merge acts of several provokers: in each replication the one that is taken up."""
    merged = Provocations(
        np.concatenate([part.replications for part in found]),
        np.concatenate([part.provoker for part in found]),
        np.concatenate([part.trigger for part in found]),
        np.concatenate([part.behalf for part in found]),
        np.concatenate([part.weight for part in found]),
    )
    # The place in `merged` of the strongest act so far, by replication; -1 between calls.
    place = actor.model.scratch
    kept = np.ones(len(merged), np.bool_)
    begin = 0
    for part in found:
        own = np.arange(begin, begin + len(part))
        begin += len(part)
        rival = place[part.replications]
        clash = (rival >= 0).nonzero()[0]
        if len(clash):
            ours, theirs = own[clash], rival[clash]
            wins = _beats(actor, merged, ours, theirs)
            kept[np.where(wins, theirs, ours)] = False
            own[clash] = np.where(wins, ours, theirs)
        place[part.replications] = own
    place[merged.replications] = NOBODY
    return merged.at(kept)


def _beats(actor: Taker, merged: Provocations, ours: Indices, theirs: Indices) -> Marks:
    """Return where one provocation comes before another: by rung, then weight, then a draw."""
    higher = merged.trigger[ours] > merged.trigger[theirs]
    level = merged.trigger[ours] == merged.trigger[theirs]
    heavier = merged.weight[ours] > merged.weight[theirs]
    equal = level & (merged.weight[ours] == merged.weight[theirs])
    wins: Marks = higher | (level & heavier)
    tied = equal.nonzero()[0]
    if len(tied):
        wins[tied] = _tie_draw(actor, merged, ours[tied]) > _tie_draw(actor, merged, theirs[tied])
    return wins


def _tie_draw(actor: Taker, merged: Provocations, places: Indices) -> Floats:
    draws = np.empty(len(places))
    provokers = merged.provoker[places]
    for provoker in range(len(actor.model.tables.actors)):
        here = (provokers == provoker).nonzero()[0]
        if not len(here):
            continue
        rows = merged.replications[places[here]]
        name = actor.model.tables.actors[provoker]
        draws[here] = actor.draw(rows, "provocation", name)
    return draws
