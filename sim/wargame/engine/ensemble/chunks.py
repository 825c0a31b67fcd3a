"""A chunk: the part of an ensemble that is kept together, and played in blocks on threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import DrawnNumbers, Streams
from wargame.engine.ensemble.workers import carry_out
from wargame.engine.policies import Orders
from wargame.engine.results import Results
from wargame.engine.results.columns import COUNTS, LOGS
from wargame.engine.world.snapshot import Snapshot
from wargame.scenario.schema import Scenario

if TYPE_CHECKING:  # they bring Mesa and the compiler, which are slow to import
    from wargame.engine.actor import Actor, Policy
    from wargame.engine.model import Crisis, Observer

CHUNK = 131_072
"""Most replications kept together: what is lost when a run is interrupted, and taken up again."""

BLOCK, BLOCK_OF_OWN_NUMBERS = 1_000, 500
"""Replications played side by side, with the same numbers and with numbers of their own: about what
stays in a core's cache (measured: see benchmarks/README.md)."""

BLOCK_BYTES = 100_000_000
"""What a block of a very large scenario may take in memory."""


@dataclass(frozen=True)
class Chunk:
    """A part of an ensemble: everything a worker needs.

    Attributes
    ----------
    seed, first, count : int
        The streams, the first replication's number, how many.
    kept : int
        Of how many replications, from the chunk's first, the acts are kept.
    orders, start, aliases, common, sharing, actors
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
    actors: Mapping[str, type[Actor] | Policy] | None = None


def chunk_size(replications: int) -> int:
    """Return how many replications to keep together: an even number of even chunks."""
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
    on_progress: Callable[[int], None] | None = None,
    observer: Observer | None = None,
    *,
    jobs: int = 1,
) -> Results:
    """Play one chunk to its end.

    Parameters
    ----------
    on_progress : callable, optional
        Called with how many replications were played.
    observer : callable, optional
        See `wargame.engine.model.Observer`; does not change the results.
    jobs : int
        Threads. Does not change the results.
    """
    varied = chunk.uncertainty or any(len(column) > 1 for column in (chunk.values or {}).values())
    blocks = plan(chunk, _block_size(chunk.scenario, varied))
    done: dict[int, dict[str, Any]] = {}
    work = partial(_play, observer=observer)
    for block, columns in carry_out(work, blocks, jobs=jobs if observer is None else 1):
        done[block.first] = columns
        if on_progress is not None:
            on_progress(block.count)
    from wargame.engine.world.world import world_of

    world = world_of(chunk.scenario)
    streams = Streams(
        chunk.seed, chunk.first, chunk.count, chunk.aliases, chunk.common, chunk.sharing
    )
    return Results(
        scenario=chunk.scenario,
        seed=chunk.seed,
        replications=chunk.count,
        uncertainty=chunk.uncertainty,
        actors=world.actors,
        menus=world.menus,
        acts_kept=chunk.kept,
        parameters=(
            DrawnNumbers(chunk.scenario, streams, chunk.values or {}) if chunk.uncertainty else {}
        ),
        first=chunk.first,
        sharing=chunk.sharing,
        **join_columns([done[block.first] for block in blocks]),
    )


def _block_size(scenario: Scenario, varied: bool) -> int:
    from wargame.engine.world.world import world_of

    forms = world_of(scenario).layout
    each = forms.state.itemsize + (forms.numbers.itemsize if varied else 0)
    return max(1, min(BLOCK_OF_OWN_NUMBERS if varied else BLOCK, BLOCK_BYTES // each))


def _form(chunk: Chunk, observer: Observer | None) -> str:
    """Return which compiled form of the laws a chunk is played by."""
    from wargame.engine.world.world import world_of

    asked = observer is not None or bool(chunk.actors)
    return f"{world_of(chunk.scenario).record.itemsize}{'-asked' if asked else ''}"


def _play(block: Chunk, observer: Observer | None = None) -> dict[str, Any]:
    from wargame.engine.compiled import note_compiled

    with open_model(block, observer=observer) as model:
        while model.running:
            model.step()
        note_compiled(_form(block, observer))
        columns: dict[str, Any] = model.columns()
        return columns


def join_columns(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Put what parts of an ensemble recorded together, in the order given."""
    if len(parts) == 1:
        return dict(parts[0])
    joined = {name: sum(part[name] for part in parts) for name in COUNTS}
    joined["turn_peak"] = np.concatenate([part["turn_peak"] for part in parts], axis=1)
    for name in LOGS:
        joined[name] = {
            column: np.concatenate([part[name][column] for part in parts])
            for column in parts[0][name]
        }
    return joined


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
    replications = sum(part.replications for part in parts)
    return replace(
        first,
        replications=replications,
        acts_kept=sum(part.acts_kept for part in parts),
        parameters=join_numbers([part.parameters for part in parts], replications),
        **join_columns([vars(part) for part in parts]),
    )


def join_numbers(
    parts: Sequence[Mapping[str, NDArray[np.float64]]], replications: int
) -> Mapping[str, NDArray[np.float64]]:
    """Put the drawn numbers of parts of an ensemble together."""
    first = parts[0]
    if isinstance(first, DrawnNumbers):
        return first.of(replications)
    return {path: np.concatenate([part[path] for part in parts]) for path in first}


def alone(chunk: Chunk) -> Chunk:
    """Return the first replication of a chunk as a chunk of its own."""
    return replace(chunk, count=1, kept=0, values=_slice(chunk.values, 0, 1))


@contextmanager
def open_model(chunk: Chunk, *, observer: Observer | None = None) -> Iterator[Crisis]:
    """Set up the model of a chunk, and let go of it afterwards.

    Yields
    ------
    Crisis
        At the start of its first turn.
    """
    from wargame.engine.compiled import tell_of_compiling
    from wargame.engine.model import Crisis  # brings Mesa, which is slow to import

    tell_of_compiling(_form(chunk, observer))
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
        actors=chunk.actors,
        observer=observer,
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
