"""Futures of a moment: played on draws of their own, so many and no more."""

from __future__ import annotations

from collections.abc import Callable

from wargame.classroom.futures.moment import Moment
from wargame.engine import ensemble
from wargame.engine.draws import row_key
from wargame.engine.policies import Orders
from wargame.engine.results import Results
from wargame.errors import UsageError

MOST = 1_000_000
"""Futures from one moment, at most: with more, an interval narrows by nothing worth the wait."""


MOST_TURNS = 200_000_000
"""Futures times turns of the scenario, at most: the worst rung of each is held in memory."""


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
