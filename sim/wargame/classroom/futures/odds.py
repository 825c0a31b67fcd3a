"""The odds from a moment of a history: many futures from its state, on draws of their own.

All futures of a run, from whatever moment, meet the same draws: those of a seed derived from
the run's. So the odds at two moments of a history, or before and after a change, differ only by
what had happened, and not by luck.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wargame.classroom.futures.futures import futures_of
from wargame.classroom.futures.moment import Moment
from wargame.engine.results import Results
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import WATCHED

"""Rungs whose odds are followed over a history."""


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
