"""A chunk: the part of an ensemble that is played in lockstep, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.observer import Observer
from wargame.engine.policies import Orders
from wargame.engine.results import ACT_COLUMNS, CRISIS_COLUMNS, Results
from wargame.engine.state import Snapshot
from wargame.scenario.schema import Scenario

CHUNK = 131_072
"""Most replications played in lockstep (measured: see benchmarks/README.md)."""


@dataclass(frozen=True)
class Chunk:
    """A part of an ensemble: everything a worker needs.

    Attributes
    ----------
    seed, first, count : int
        The streams, the first replication's number, how many.
    kept : int
        Of how many replications, from the chunk's first, the acts are kept.
    orders, start, aliases, common, sharing
        As for `wargame.engine.ensemble.run`.
    values : mapping of str to ndarray, shape (1,) or (count,)
        Of these replications.
    """

    scenario: Scenario
    seed: int
    first: int
    count: int
    uncertainty: bool = False
    kept: int = 0
    orders: Orders | None = None
    start: Snapshot | None = None
    aliases: Mapping[str, str] | None = None
    values: Mapping[str, NDArray[np.float64]] | None = None
    common: int | None = None
    sharing: int = 1


def chunk_size(replications: int) -> int:
    """Return how many replications to play in lockstep: an even number of even chunks."""
    chunks = -(-max(1, replications) // CHUNK)
    if chunks > 1:
        chunks += chunks % 2
    return -(-max(1, replications) // chunks)


def plan(whole: Chunk, size: int) -> list[Chunk]:
    """Cut an ensemble into chunks.

    Parameters
    ----------
    whole : Chunk
        `kept` counts from its first replication.
    size : int
        Largest number of replications in a chunk.
    """
    end = whole.first + whole.count
    return [
        replace(
            whole,
            first=first,
            count=min(size, end - first),
            kept=int(np.clip(whole.first + whole.kept - first, 0, min(size, end - first))),
            values=_slice(whole.values, first - whole.first, min(size, end - first)),
        )
        for first in range(whole.first, end, size)
    ]


def run_chunk(
    chunk: Chunk,
    on_turn: Callable[[int], None] | None = None,
    observer: Observer | None = None,
) -> Results:
    """Play one chunk to its end.

    Parameters
    ----------
    on_turn : callable, optional
        Called after each turn with the number of replications.
    observer : Observer, optional
        Told of every choice; does not change the results.
    """
    with open_model(chunk) as model:
        model.observer = observer
        while model.running:
            model.step()
            if on_turn is not None:
                on_turn(chunk.count)
        logs = model.columns()
        return Results(
            scenario=chunk.scenario,
            seed=chunk.seed,
            replications=chunk.count,
            uncertainty=chunk.uncertainty,
            actors=model.tables.actors,
            menus={
                actor: menu.ids
                for actor, menu in zip(model.tables.actors, model.tables.menus, strict=True)
            },
            table=model.state.tally,
            turn_peak=model.state.turn_peak,
            activity=model.activity,
            answers=model.answers,
            joined=model.joined,
            acts=logs["acts"],
            acts_kept=chunk.kept,
            crises=logs["crises"],
            parameters=model.drawn,
            first=chunk.first,
            sharing=chunk.sharing,
        )


def join(parts: Sequence[Results]) -> Results:
    """Put chunks together, in the order given.

    Parameters
    ----------
    parts : sequence of Results
        Of one ensemble, by ascending replication.
    """
    first = parts[0]
    if len(parts) == 1:
        return first
    return replace(
        first,
        replications=sum(part.replications for part in parts),
        table={name: np.concatenate([part.table[name] for part in parts]) for name in first.table},
        turn_peak=np.concatenate([part.turn_peak for part in parts], axis=1),
        activity=np.sum([part.activity for part in parts], axis=0),
        answers=np.sum([part.answers for part in parts], axis=0),
        joined=np.sum([part.joined for part in parts], axis=0),
        acts={name: np.concatenate([part.acts[name] for part in parts]) for name in ACT_COLUMNS},
        acts_kept=sum(part.acts_kept for part in parts),
        crises={
            name: np.concatenate([part.crises[name] for part in parts]) for name in CRISIS_COLUMNS
        },
        parameters={
            path: np.concatenate([part.parameters[path] for part in parts])
            for path in first.parameters
        },
    )


def alone(chunk: Chunk) -> Chunk:
    """Return the first replication of a chunk as a chunk of its own."""
    return replace(chunk, count=1, kept=0, values=_slice(chunk.values, 0, 1))


@contextmanager
def open_model(chunk: Chunk, *, track_tension: bool = False) -> Iterator[Any]:
    """Set up the model of a chunk, and let go of it afterwards.

    Parameters
    ----------
    track_tension : bool
        Keep tension up to date even if no choice depends on it.

    Yields
    ------
    Crisis
        At the start of its first turn.
    """
    from wargame.engine.model import Crisis  # brings Mesa, which is slow to import

    model = Crisis(
        chunk.scenario,
        chunk.seed,
        chunk.first,
        chunk.count,
        uncertainty=chunk.uncertainty,
        orders=chunk.orders,
        kept=chunk.kept,
        start=chunk.start,
        aliases=chunk.aliases,
        values=chunk.values,
        common=chunk.common,
        sharing=chunk.sharing,
        track_tension=track_tension,
    )
    try:
        yield model
    finally:
        model.release()


def _slice(
    values: Mapping[str, NDArray[np.float64]] | None, begin: int, count: int
) -> dict[str, NDArray[np.float64]] | None:
    if values is None:
        return None
    return {
        path: column if len(column) == 1 else column[begin : begin + count]
        for path, column in values.items()
    }
