"""What an ensemble says: shares, first acts, who crossed a rung. Pure functions on `Results`.

Every share is a share of simulated histories under the scenario's assumptions. A
history that ended early by war stays in every denominator: what it had reached, it
has reached.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import RUNG_AXIS, Results
from wargame.findings import Estimate, Estimates, share_of, shares_of
from wargame.scenario.ladder import CROSSING_LEVELS, FORCE, HIGHEST_RUNG, LOWEST_RUNG


def at_or_above(results: Results) -> tuple[Estimates, Estimates]:
    """Return by turn the share of replications at or above each rung.

    Returns
    -------
    reached, in_turn : Estimates, shape (turn, rung)
        Reached by the end of that turn, and in that very turn; rungs as in `RUNG_AXIS`.
        Every history is at or above rung 0 (a quiet turn counts as 0).
    """
    reached, in_turn = results.turn_counts()
    return shares_of(reached, results.replications), shares_of(in_turn, results.replications)


def first_acts(results: Results) -> dict[int, Estimates]:
    """Return the cumulative incidence of the first act at 4, 5 and 6.

    Returns
    -------
    dict of int to Estimates, shape (turn,)
        Level -> share of replications in which it had come by the end of that turn.
    """
    turns = results.turn_peak.shape[0]
    curves = {}
    for level in CROSSING_LEVELS:
        tally = np.bincount(results.table[f"first_{level}"], minlength=turns + 1)
        curves[level] = shares_of(tally[1 : turns + 1].cumsum(), results.replications)
    return curves


def crossers(results: Results, level: int = FORCE) -> dict[str, Estimate]:
    """Return who first reached a level, as shares of all replications.

    Parameters
    ----------
    level : int
        One of 4, 5 and 6.

    Returns
    -------
    dict of str to Estimate
        Every actor id, then "several" (at the same link of the same turn) and "nobody".
        The shares sum to 1.
    """
    who = results.table[f"crosser_{level}"]
    tally = np.bincount(who + 1, minlength=len(results.actors) + 2)
    named = {actor: int(tally[index + 1]) for index, actor in enumerate(results.actors)}
    named |= {"several": int(tally[len(results.actors) + 1]), "nobody": int(tally[0])}
    return {name: share_of(count, results.replications) for name, count in named.items()}


def crossings(results: Results) -> dict[int, Estimate]:
    """Return level -> share of replications that reached 4, 5 and 6 at all."""
    return {
        level: share_of(
            int(np.count_nonzero(results.table[f"first_{level}"])), results.replications
        )
        for level in CROSSING_LEVELS
    }


def match(results: Results, least: int = 4) -> dict[str, Estimate]:
    """Return how answers compare with what they answer.

    Parameters
    ----------
    least : int
        Only acts at this rung or above.

    Returns
    -------
    dict of str to Estimate
        "same rung", "higher", "lower": of the answered acts; "answered": of all such acts. A share
        of nothing is left out.
    """
    rows = results.answers[least - LOWEST_RUNG :]
    trigger = np.arange(least, HIGHEST_RUNG + 1)[:, None]
    answer = np.asarray(RUNG_AXIS)[None, :]
    given = rows[:, :-1]
    answered, all_met = int(given.sum()), int(rows.sum())
    shares = {"answered": share_of(answered, all_met)} if all_met else {}
    if answered:
        for name, mask in (
            ("same rung", answer == trigger),
            ("higher", answer > trigger),
            ("lower", answer < trigger),
        ):
            shares[name] = share_of(int(given[mask].sum()), answered)
    return shares


def parameter_ranges(results: Results) -> dict[str, tuple[float, float, float]]:
    """Return path -> 5th, 50th and 95th percentile of the values that were drawn."""
    ranges = {}
    for path in sorted(results.parameters):
        low, middle, high = np.percentile(results.parameters[path], (5, 50, 95))
        ranges[path] = (float(low), float(middle), float(high))
    return ranges


def sample_histories(results: Results, number: int = 6) -> NDArray[np.int64]:
    """Choose histories that show the spread of the ensemble.

    Those whose acts were kept are ranked by peak, then acts, then number; all but the last are
    taken at even steps through the ranking, the last is the most severe.

    Parameters
    ----------
    number : int
        How many, fewer when fewer were kept.

    Returns
    -------
    ndarray of int64
        Replications, from the mildest to the most severe.
    """
    kept = results.acts_kept
    if kept <= number:
        return np.arange(kept)
    ranking = np.lexsort(
        (np.arange(kept), results.table["acts"][:kept], results.table["peak"][:kept])
    )
    steps = (2 * np.arange(number - 1) + 1) * kept // (2 * (number - 1))
    chosen: NDArray[np.int64] = ranking[np.append(steps, kept - 1)].astype(np.int64)
    return chosen
