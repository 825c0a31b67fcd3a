"""The odds over a whole history: what may come from each of its moments, and what moved that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wargame.classroom.futures.futures import futures_of
from wargame.classroom.futures.moment import Moment
from wargame.classroom.history.history import chunk_of
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.findings import Estimate, share_of, shares_of
from wargame.scenario.ladder import OUTCOMES, WATCHED, outcome_classes

DECISIVE = 3
"""How many turns of a history are marked as decisive, at most."""

LEAST_SHIFT = 0.05
"""Share of futures that a decisive turn moves to another outcome, at least."""

MOMENTS = 60
"""Moments of a history whose odds are followed, at most, unless more are asked for."""


@dataclass(frozen=True)
class Curve:
    """The odds over a whole history.

    Attributes
    ----------
    turns : ndarray of int, shape (moment,)
        Start of turn 1, 2, ..., or of every k-th; the last moment is the end.
    past : ndarray of int, shape (moment,)
        The worst rung before each moment.
    outcomes : ndarray, shape (moment, outcome)
        Shares of futures, in the order of `OUTCOMES`; at the end 1 for what it came to.
    reached, low, high : ndarray, shape (moment, level)
        Shares of futures that reach a rung of `WATCHED`, and their 95% intervals; once it is
        reached, and at the end, there is nothing left to estimate and both ends are the share.
    shift : ndarray, shape (moment - 1,)
        How far the turns from one moment to the next moved the odds: the share of futures that
        would have to change class (total variation distance between start and end), 0..1.
    decisive : tuple of int
        Up to three turns with acts that moved them most, by 0.05 at least, in order of time;
        with every k-th moment the first turns of such stretches.
    futures : int
        At each moment.
    peaks : ndarray of int8, shape (moment, futures)
        The worst rung of each future, the past included; future k meets the same draws at every
        moment.
    """

    turns: NDArray[np.int64]
    past: NDArray[np.int64]
    outcomes: NDArray[np.float64]
    reached: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    shift: NDArray[np.float64]
    decisive: tuple[int, ...]
    futures: int
    peaks: NDArray[np.int8]

    @property
    def every(self) -> int:
        """How many turns lie between moments; the last stretch may be shorter."""
        return int(self.turns[1] - self.turns[0]) if len(self.turns) > 2 else 1

    def share(self, place: int, level: int) -> Estimate:
        """Return the share of futures from the moment at a place that reach a rung."""
        return share_of(int((self.peaks[place] >= level).sum()), self.futures)

    def stretch(self, turn: int) -> tuple[int, int]:
        """Return the first and the last of the turns between the moment at a turn and the next."""
        place = int(np.searchsorted(self.turns, turn))
        return turn, int(self.turns[place + 1]) - 1

    def moved(self, turn: int) -> float:
        """Return how far the turns from the moment at a turn to the next moved the odds."""
        return float(self.shift[np.searchsorted(self.turns, turn)])


def follow(
    results: Results,
    number: int,
    futures: int = 1000,
    on_progress: Callable[[int, int], None] | None = None,
    every: int | None = None,
) -> Curve:
    """Work out the odds at the start of every turn of a history, and at its end.

    Parameters
    ----------
    futures : int
        At each moment.
    on_progress : callable, optional
        Called with (done, total) turns.
    every : int, optional
        Only at the start of every so many turns; by itself 1, or of a history of more than
        `MOMENTS` turns as few as make no more moments than that.

    Raises
    ------
    UsageError
        If there is no such history, or `every` is below 1.
    """
    place = number - results.first
    chunk = chunk_of(results, number)
    last, peak = (int(results.table[name][place]) for name in ("turns", "peak"))
    if every is None:
        every = -(-last // MOMENTS)
    if every < 1:
        raise UsageError(f"{every} is too few turns. Give 1 or more, for example 5.", field="every")
    return trace(chunk, last, peak, futures, on_progress, every=every)


def trace(
    chunk: chunks.Chunk,
    last: int,
    peak: int,
    futures: int,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    every: int = 1,
) -> Curve:
    """Work out the odds at the start of every turn of what one replication plays, and at its end.

    Parameters
    ----------
    chunk : Chunk
        Of one replication, its numbers fixed.
    last, peak : int
        The last turn it plays, and the worst rung it comes to.
    futures : int
        At each moment.
    on_progress : callable, optional
        Called with (done, total) turns.
    every : int
        Only at the start of every so many turns.
    """
    turns = np.arange(1, last + 1, every)
    worst: list[NDArray[np.int8]] = []
    past: list[int] = []
    for snapshot in snapshots.take_snapshots(chunk, turns.tolist()):
        moment = Moment(chunk.scenario, chunk.seed, chunk.first, snapshot)
        worst.append(futures_of(moment, futures).table["peak"])
        past.append(moment.past)
        if on_progress is not None:
            on_progress(snapshot.turn, last)
    peaks = np.array([*worst, np.full(futures, peak)], dtype=np.int8)
    classes = [np.bincount(outcome_classes(row), minlength=len(OUTCOMES)) for row in peaks]
    outcomes = np.array(classes) / futures
    counts = np.array([[(row >= level).sum() for level in WATCHED] for row in peaks])
    shares = shares_of(counts, futures)
    settled = np.array(past)[:, np.newaxis] >= np.array(WATCHED)
    settled = np.vstack([settled, np.full((1, len(WATCHED)), True)])  # at the end everything is
    shift: NDArray[np.float64] = np.abs(np.diff(outcomes, axis=0)).sum(axis=1) / 2
    return Curve(
        turns=np.append(turns, last + 1),
        past=np.array([*past, peak]),
        outcomes=outcomes,
        reached=shares.value,
        low=np.where(settled, shares.value, shares.low),
        high=np.where(settled, shares.value, shares.high),
        shift=shift,
        decisive=_decisive(shift, turns, _busy_turns(replace(chunk, kept=1))),
        futures=futures,
        peaks=peaks,
    )


def _busy_turns(chunk: chunks.Chunk) -> NDArray[np.int64]:
    """Return the turns of a history in which somebody acted."""
    turns: NDArray[np.int64] = np.unique(chunks.run_chunk(chunk).acts["turn"])
    return turns.astype(np.int64)


def _decisive(
    shift: NDArray[np.float64], turns: NDArray[np.int64], busy: NDArray[np.int64]
) -> tuple[int, ...]:
    """Return the moments before the busy stretches that moved the odds most."""
    places: list[int] = np.unique(np.searchsorted(turns, busy, side="right") - 1).tolist()
    ranked = sorted(places, key=lambda place: (-shift[place], place))
    most = sorted(place for place in ranked[:DECISIVE] if shift[place] >= LEAST_SHIFT)
    return tuple(int(turns[place]) for place in most)
