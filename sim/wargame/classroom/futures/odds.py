"""The odds from a moment of a history: many futures from its state, on draws of their own.

All futures of a run, from whatever moment, meet the same draws: those of a seed derived from
the run's. So the odds at two moments of a history, or before and after a change, differ only by
what had happened, and not by luck.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wargame.classroom.history.history import chunk_of
from wargame.engine import ensemble, snapshots
from wargame.engine.policies import Orders
from wargame.engine.results import Results
from wargame.engine.state import Snapshot
from wargame.engine.streams import row_key
from wargame.errors import UsageError
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import WATCHED
from wargame.scenario.schema import Scenario

"""Rungs whose odds are followed over a history."""

MOST = 1_000_000
"""Futures from one moment, at most: with more, an interval narrows by nothing worth the wait."""

MOST_TURNS = 200_000_000
"""Futures times turns of the scenario, at most: the worst rung of each is held in memory."""


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

    @property
    def past(self) -> int:
        """The worst rung so far; no future can take it back."""
        return int(self.snapshot.state.tally["peak"][0])


@dataclass(frozen=True)
class Odds:
    """What may come from a moment.

    Attributes
    ----------
    futures : Results
        The past before the moment is the history's own, in all of them.
    reached : dict of int to Estimate
        Rung of `WATCHED` -> share of futures whose history, past included, reaches it.
    """

    moment: Moment
    futures: Results
    outcomes: dict[str, Estimate]
    reached: dict[int, Estimate]


def moment_of(results: Results, number: int, turn: int) -> Moment:
    """Return the start of a turn in one history of a run.

    Parameters
    ----------
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
        whole = results.scenario.turns
        why = "it ended by war" if last < whole else "no history of this scenario is longer"
        raise UsageError(
            f"history {number} has no turn {turn}. Its turns are 1 to {last}"
            + (f" ({why})" if turn > last else "")
            + f". Use one of them, for example «turn» {-(-last // 2)}.",
            field="turn",
        )
    return Moment(chunk.scenario, results.seed, number, snapshots.take_snapshot(chunk, turn))


def odds_at(
    moment: Moment, futures: int = 2000, on_progress: Callable[[int, int], None] | None = None
) -> Odds:
    """Return the odds from a moment.

    Parameters
    ----------
    futures : int
        How many, at least 1.
    on_progress : callable, optional
        Called with (done, total).

    Raises
    ------
    UsageError
        For fewer than 1, or more than `check_futures` allows.
    """
    results = futures_of(moment, futures, on_progress=on_progress)
    peaks = results.table["peak"]
    reached = {level: share_of(int((peaks >= level).sum()), futures) for level in WATCHED}
    return Odds(moment, results, results.outcomes(), reached)


def check_futures(futures: int, turns: int) -> None:
    """Refuse a number of futures that cannot be played, or only after a very long wait.

    Parameters
    ----------
    turns : int
        Of the scenario.

    Raises
    ------
    UsageError
        For fewer than 1, or too many: more than 1,000,000, or than memory holds.
    """
    most = max(1, min(MOST, MOST_TURNS // turns))
    if futures < 1:
        raise UsageError(
            f"{futures} is too few. Give at least 1, for example «futures» 2000.", field="futures"
        )
    if futures > most:
        raise UsageError(
            f"{futures:,} is too many. Give at most {most:,}; with «futures» 10000 "
            "intervals are already within about 1 in 100 to either side.",
            field="futures",
        )


def futures_of(
    moment: Moment,
    futures: int,
    orders: Orders | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Results:
    """Play futures from a moment, on the draws all futures of this run meet.

    Parameters
    ----------
    on_progress : callable, optional
        Called with (done, total).

    Raises
    ------
    UsageError
        For fewer than 1, or more than `check_futures` allows.
    """
    check_futures(futures, moment.scenario.turns)
    return ensemble.run(
        moment.scenario,
        futures,
        futures_seed(moment.seed),
        orders=orders,
        start=moment.snapshot,
        acts_kept=0,
        on_progress=on_progress,
    )


def futures_seed(seed: int) -> int:
    """Return the seed of a run's futures: their draws are none that any of its histories met.

    Parameters
    ----------
    seed : int
        Of the run.
    """
    return int(row_key(f"{seed}/futures"))
