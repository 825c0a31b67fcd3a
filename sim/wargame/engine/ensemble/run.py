"""Run an ensemble: chunks of replications, on one core or several.

A replication's draws are addressed by its number, so the same replications come
out whatever the chunk size, the number of workers or the order in which chunks
finish; chunks are put together in the order of their numbers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wargame.engine.ensemble.chunks import Chunk, chunk_size, join, plan, run_chunk
from wargame.engine.ensemble.workers import carry_out
from wargame.engine.policies import Orders
from wargame.engine.results import Results
from wargame.engine.world.snapshot import Snapshot
from wargame.errors import UnknownName, UsageError
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario

if TYPE_CHECKING:
    from wargame.engine.actor import Actor, Policy

Progress = Callable[[int, int], None]
"""Told (done, total)."""


def run(
    scenario: Scenario,
    replications: int = 10_000,
    seed: int | None = 1,
    *,
    uncertainty: bool = False,
    orders: Orders | None = None,
    first: int = 0,
    jobs: int = 1,
    executor: Executor | None = None,
    chunk: int | None = None,
    acts_kept: int | None = None,
    start: Snapshot | None = None,
    aliases: Mapping[str, str] | None = None,
    values: Mapping[str, NDArray[np.float64]] | None = None,
    common: int | None = None,
    sharing: int = 1,
    actors: Mapping[str, type[Actor] | Policy] | None = None,
    finished: Sequence[Results] = (),
    on_chunk: Callable[[Results], None] | None = None,
    on_progress: Progress | None = None,
) -> Results:
    """Simulate a scenario many times.

    Parameters
    ----------
    scenario : Scenario
        From `wargame.scenario.loader.load`.
    replications : int
        How many histories, at least 1.
    seed : int or None
        Of the streams; None draws one, and the results say which.
    uncertainty : bool
        Draw every uncertain number afresh in each replication.
    orders : mapping of (turn, actor id) to Order, optional
        Orders from outside, for every replication.
    first : int
        Number of the first replication: ``first=k, replications=1`` is replication k alone.
    jobs : int
        Threads. Does not change the results.
    executor : concurrent.futures.Executor, optional
        Where to run chunks instead. Does not change the results.
    chunk : int, optional
        Replications kept together; see `chunk_size`. Does not change the results.
    acts_kept : int, optional
        Of how many replications, from the first, the single acts are kept; default all.
        All counts are over all replications either way.
    start : Snapshot, optional
        Begin every history from this state.
    aliases : mapping of str to str, optional
        Words to use in place of actor ids when naming draws.
    values : mapping of str to ndarray, shape (1,) or (replication,), optional
        Path of a number -> the value it has in each replication, whatever the scenario says and
        with or without uncertainty. The caller answers for lawful ranges. Not repeated in the
        results' parameters.
    common : int, optional
        Replication k meets the draws of number k modulo this: with the values of a design in
        blocks of so many replications, all points of the design meet the same draws.
    sharing : int
        How many replications in a row share one draw of the uncertain numbers: from groups of
        them, what is due to chance and what to the numbers can be told apart.
    actors : mapping of str to type or callable, optional
        Actor id -> a class of one's own that decides for it, made from
        `wargame.engine.actor.Actor`, or a function from a decision to a place in its menu. Then
        histories are played one decision at a time.
    finished : sequence of Results
        Chunks that an earlier, interrupted call finished.
    on_chunk : callable, optional
        Called with the results of each chunk as it finishes.
    on_progress : callable, optional
        Called with (done, total), in replications times turns.

    Raises
    ------
    UsageError
        For what is no scenario, a count below 1, an order for an unknown actor, action or turn, an
        actor of one's own that is none or picks what is not on offer, or values for an unknown
        number or of another length than the ensemble.
    """
    if not isinstance(scenario, Scenario):
        raise UsageError(
            f"{scenario!r} is not a scenario but {type(scenario).__name__}. Give what "
            "wargame.load('western_sea') returns."
        )
    if chunk is None:
        chunk = chunk_size(replications)
    if replications < 1 or chunk < 1 or jobs < 1:
        raise UsageError(
            f"replications, chunk and jobs must be at least 1, not {replications}, {chunk}, {jobs}."
        )
    if seed is None:
        seed = secrets.randbits(32)
    if (common is not None and common < 1) or sharing < 1:
        raise UsageError(f"common and sharing must be at least 1, not {common}, {sharing}.")
    _check_orders(scenario, orders or {})
    _check_values(scenario, values or {}, replications)
    for actor, own in (actors or {}).items():
        if actor not in scenario.actors:
            raise UnknownName("actor", actor, scenario.actors)
        if not callable(own):
            raise UsageError(
                f"{own!r} cannot decide for {actor}. Give a class made from Actor, or a function."
            )
    kept = replications if acts_kept is None else acts_kept
    whole = Chunk(
        scenario,
        seed,
        first,
        replications,
        uncertainty,
        kept,
        orders,
        start,
        aliases,
        values,
        common,
        sharing,
        actors,
    )
    done = {results.first: results for results in finished}
    waiting = play(whole, chunk, jobs=jobs, executor=executor, done=done, on_progress=on_progress)
    with closing(waiting) as parts:
        for results in parts:
            done[results.first] = results
            if on_chunk is not None:
                on_chunk(results)
    return join([done[number] for number in sorted(done)])


def play(
    whole: Chunk,
    size: int,
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    done: Collection[int] = (),
    on_progress: Progress | None = None,
) -> Generator[Results, None, None]:
    """Simulate an ensemble chunk by chunk and keep none of them: for more than memory holds.

    Parameters
    ----------
    whole : Chunk
        The ensemble.
    size : int
        Replications in a chunk, at least 1.
    jobs, executor, on_progress
        As for `run`.
    done : collection of int
        First replications of the chunks that are finished already.

    Yields
    ------
    Results
        Of a chunk, as it finishes: with workers in no particular order. Close the generator to
        let go of the workers early.
    """
    parts = plan(whole, size)
    todo = [part for part in parts if part.first not in done]
    turns = whole.scenario.turns
    progress = _Progress(on_progress, whole.count * turns)
    progress.add((whole.count - sum(part.count for part in todo)) * turns)
    if executor is None:
        for part in todo:
            yield run_chunk(part, lambda count: progress.add(count * turns), jobs=jobs)
        return
    for part, results in carry_out(run_chunk, todo, executor=executor):
        progress.add(part.count * turns)
        yield results


class _Progress:
    def __init__(self, tell: Progress | None, total: int) -> None:
        self._tell, self._done, self._total = tell, 0, total

    def add(self, work: int) -> None:
        self._done += work
        if self._tell is not None:
            self._tell(self._done, self._total)


def _check_values(
    scenario: Scenario, values: Mapping[str, NDArray[np.float64]], replications: int
) -> None:
    known = parameters_of(scenario) if values else {}
    for path, column in values.items():
        if path not in known:
            raise UnknownName("number of this scenario", path, known)
        if column.shape not in ((1,), (replications,)):
            raise UsageError(
                f"values of {path} have shape {column.shape}. Give one, or one for each of the "
                f"{replications} replications."
            )


def _check_orders(scenario: Scenario, orders: Orders) -> None:
    for (turn, actor), order in orders.items():
        if actor not in scenario.actors:
            raise UnknownName("actor in an order", actor, scenario.actors)
        if not 1 <= turn <= scenario.turns:
            raise UsageError(f"an order is for turn {turn}. Use 1..{scenario.turns}.")
        actions = [action.id for action in scenario.actors[actor].actions]
        if order.opening is not None and order.opening not in ("hold", *actions):
            raise UnknownName(f"opening in an order to {actor}", order.opening, ["hold", *actions])
