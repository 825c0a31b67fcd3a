"""The odds from a moment of a history: many futures from its state, on draws of their own.

All futures of a run, from whatever moment, meet the same draws: those of a seed derived from
the run's. So the odds at two moments of a history, or before and after a change, differ only by
what had happened, and not by luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.statistics import band
from wargame.classroom.history import chunk_of
from wargame.engine import chunks, ensemble, snapshots
from wargame.engine.policies import Orders
from wargame.engine.results import Results, Share, share_of
from wargame.engine.state import Snapshot
from wargame.engine.streams import row_key
from wargame.errors import UsageError
from wargame.scenario.schema import OUTCOMES, Scenario

__all__ = [
    "LEVELS",
    "Curve",
    "Moment",
    "Odds",
    "follow",
    "futures_of",
    "futures_seed",
    "moment_of",
    "odds_at",
    "trace",
]

LEVELS = (4, 5, 6, 8)
"""Rungs whose odds are followed over a history."""

DECISIVE = 3
"""How many turns of a history are marked as decisive, at most."""

LEAST_SHIFT = 0.05
"""Share of futures that a decisive turn moves to another outcome, at least."""


@dataclass(frozen=True)
class Moment:
    """The start of a turn in one history.

    Attributes
    ----------
    scenario : Scenario
        With every drawn number at the value this history had.
    seed : int
        Of the run.
    number : int
        Which history; -1 for a game.
    snapshot : Snapshot
        Its whole state, with the past that led there.
    """

    scenario: Scenario
    seed: int
    number: int
    snapshot: Snapshot

    @property
    def turn(self) -> int:
        """The turn about to be played."""
        return self.snapshot.turn


@dataclass(frozen=True)
class Odds:
    """What may come from a moment.

    Attributes
    ----------
    moment : Moment
    futures : Results
        The past before the moment is the history's own, in all of them.
    outcomes : dict of str to Share
    reached : dict of int to Share
        Rung of `LEVELS` -> share of futures whose history, past included, reaches it.
    """

    moment: Moment
    futures: Results
    outcomes: dict[str, Share]
    reached: dict[int, Share]


@dataclass(frozen=True)
class Curve:
    """The odds over a whole history.

    Attributes
    ----------
    turns : ndarray of int, shape (moment,)
        Start of turn 1, 2, ...; the last moment is the end.
    outcomes : ndarray, shape (moment, outcome)
        Shares of futures, in the order of `OUTCOMES`; at the end 1 for what it came to.
    reached, low, high : ndarray, shape (moment, level)
        Shares of futures that reach a rung of `LEVELS`, and their 95% intervals.
    shift : ndarray, shape (moment - 1,)
        How far a turn moved the odds: the share of futures that would have to change class
        (total variation distance between its start and its end), 0..1.
    decisive : tuple of int
        Up to three turns with acts that moved them most, by 0.05 at least, in order of time.
    futures : int
        At each moment.
    peaks : ndarray of int8, shape (moment, futures)
        The worst rung of each future, the past included; future k meets the same draws at every
        moment.
    """

    turns: NDArray[np.int64]
    outcomes: NDArray[np.float64]
    reached: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    shift: NDArray[np.float64]
    decisive: tuple[int, ...]
    futures: int
    peaks: NDArray[np.int8]


def moment_of(results: Results, number: int, turn: int) -> Moment:
    """Return the start of a turn in one history of a run.

    Parameters
    ----------
    results : Results
    number : int
        Which history, 0 is the first.
    turn : int
        1 to the last turn it played.

    Raises
    ------
    UsageError
        If there is no such history or turn, or the history was over by then.
    """
    chunk = chunk_of(results, number)
    last = int(results.table["turns"][number - results.first])
    if not 1 <= turn <= last:
        why = f"it ended in turn {last}" if last < results.scenario.turns else "it has no such turn"
        raise UsageError(f"--turn: history {number} has no turn {turn}: {why}. Use 1..{last}.")
    return Moment(chunk.scenario, results.seed, number, snapshots.take_snapshot(chunk, turn))


def odds_at(moment: Moment, futures: int = 2000) -> Odds:
    """Return the odds from a moment.

    Parameters
    ----------
    moment : Moment
    futures : int
        How many, at least 1.
    """
    results = futures_of(moment, futures)
    peaks = results.table["peak"]
    reached = {level: share_of(int((peaks >= level).sum()), futures) for level in LEVELS}
    return Odds(moment, results, results.outcomes(), reached)


def futures_of(moment: Moment, futures: int, orders: Orders | None = None) -> Results:
    """Play futures from a moment, on the draws all futures of this run meet.

    Parameters
    ----------
    moment : Moment
    futures : int
    orders : mapping of (turn, actor id) to Order, optional

    Raises
    ------
    UsageError
        For fewer than 1.
    """
    return ensemble.run(
        moment.scenario,
        futures,
        futures_seed(moment.seed),
        orders=orders,
        start=moment.snapshot,
        acts_kept=0,
    )


def futures_seed(seed: int) -> int:
    """Return the seed of a run's futures: their draws are none that any of its histories met.

    Parameters
    ----------
    seed : int
        Of the run.
    """
    return int(row_key(f"{seed}/futures"))


def follow(
    results: Results,
    number: int,
    futures: int = 1000,
    on_progress: Callable[[int, int], None] | None = None,
) -> Curve:
    """Work out the odds at the start of every turn of a history, and at its end.

    Parameters
    ----------
    results : Results
    number : int
    futures : int
        At each moment.
    on_progress : callable, optional
        Called with (done, total) moments.

    Raises
    ------
    UsageError
        If there is no such history.
    """
    place = number - results.first
    chunk = chunk_of(results, number)
    last, peak = (int(results.table[name][place]) for name in ("turns", "peak"))
    return trace(chunk, last, peak, futures, on_progress)


def trace(
    chunk: chunks.Chunk,
    last: int,
    peak: int,
    futures: int,
    on_progress: Callable[[int, int], None] | None = None,
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
        Called with (done, total) moments.
    """
    worst: list[NDArray[np.int8]] = []
    for snapshot in snapshots.take_snapshots(chunk, range(1, last + 1)):
        moment = Moment(chunk.scenario, chunk.seed, chunk.first, snapshot)
        worst.append(futures_of(moment, futures).table["peak"])
        if on_progress is not None:
            on_progress(snapshot.turn, last)
    peaks = np.array([*worst, np.full(futures, peak)], dtype=np.int8)
    tops = np.array(list(OUTCOMES.values()))
    classes = [np.bincount(np.searchsorted(tops, row), minlength=len(tops)) for row in peaks]
    outcomes = np.array(classes) / futures
    shares = band(np.array([[(row >= level).sum() for level in LEVELS] for row in peaks]), futures)
    shift: NDArray[np.float64] = np.abs(np.diff(outcomes, axis=0)).sum(axis=1) / 2
    return Curve(
        turns=np.arange(1, last + 2),
        outcomes=outcomes,
        reached=shares.share,
        low=shares.low,
        high=shares.high,
        shift=shift,
        decisive=_decisive(shift, _busy_turns(replace(chunk, kept=1))),
        futures=futures,
        peaks=peaks,
    )


def _busy_turns(chunk: chunks.Chunk) -> NDArray[np.int64]:
    """Return the turns of a history in which somebody acted."""
    turns: NDArray[np.int64] = np.unique(chunks.run_chunk(chunk).acts["turn"])
    return turns.astype(np.int64)


def _decisive(
    shift: NDArray[np.float64], busy: Sequence[int] | NDArray[np.int64]
) -> tuple[int, ...]:
    ranked = sorted((int(turn) for turn in busy), key=lambda turn: (-shift[turn - 1], turn))
    return tuple(sorted(turn for turn in ranked[:DECISIVE] if shift[turn - 1] >= LEAST_SHIFT))
