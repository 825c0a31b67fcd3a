"""What an ensemble says: shares, first acts, answers, rates. Pure functions on `Results`.

Every share is a share of simulated histories under the scenario's assumptions. A
history that ended early by war stays in every denominator: what it had reached, it
has reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.intervals import counted_rate, mean_rate
from wargame.analysis.estimates.pairs import rate_difference
from wargame.engine.results import CRISIS_ENDS, RUNG_AXIS, Results
from wargame.findings import Estimate, Estimates, share_of, shares_of, wilson
from wargame.scenario.ladder import CROSSING_LEVELS, FORCE, HIGHEST_RUNG, LOWEST_RUNG, WAR

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Answers:
    """What answered what: acts aimed at an actor, by rung, against the rung of its answer.

    Attributes
    ----------
    triggers : tuple of int
        Rungs that were met at least once, rising.
    columns : tuple of int
        Rungs of answers, every rung from -2 to 9.
    count : ndarray of int64, shape (trigger, column + 1)
        The last column counts those not answered.
    total : ndarray of int64, shape (trigger,)
        Acts met at that rung.
    share, low, high : ndarray of float64, shape (trigger, column + 1)
        Of the acts met at that rung.
    """

    triggers: tuple[int, ...]
    columns: tuple[int, ...]
    count: NDArray[np.int64]
    total: NDArray[np.int64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True)
class Crises:
    """Episodes of a scenario's crisis rules.

    Attributes
    ----------
    per_year : Estimate
        Crises opened a year.
    median_turns : float
        Median length from opening to end, both counted; nan without crises. Crises still open at
        the horizon count with the length they had reached, so it is a lower bound when many are.
    ended : dict of str to Estimate
        "open", "agreement", "faded", "war": share of crises; empty without crises.
    """

    per_year: Estimate
    median_turns: float
    ended: dict[str, Estimate]


def years_each(results: Results) -> NDArray[np.float64]:
    """Return the simulated years of each replication, shape (replication,)."""
    return results.table["turns"].astype(np.float64) * (results.scenario.turn_days / DAYS_A_YEAR)


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


def answers(results: Results) -> Answers:
    """Return what answered what: shares of the acts met, by rung."""
    total = results.answers.sum(axis=1)
    met = np.flatnonzero(total)
    count, size = results.answers[met], total[met]
    low, high = wilson(count, size[:, None])
    return Answers(
        tuple(RUNG_AXIS[index] for index in met),
        RUNG_AXIS,
        count,
        size,
        count / size[:, None],
        low,
        high,
    )


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


def rates(results: Results) -> dict[str, Estimate]:
    """Return what happens per simulated year.

    Returns
    -------
    dict of str to Estimate
        "incidents" (rung 2 to 8, sides counted once), "lethal_turns" (turns at rung 6 or above),
        "wars" (histories that reached rung 8 or 9), "agreements", "broken" agreements.
    """
    each = years_each(results)
    wars = int((results.table["peak"] >= WAR).sum())
    return {
        "incidents": mean_rate(results.table["incidents"], each),
        "lethal_turns": mean_rate(results.table["lethal_turns"], each),
        "wars": counted_rate(wars, float(each.sum())),
        "agreements": mean_rate(results.table["agreements"], each),
        "broken": mean_rate(results.table["broken"], each),
    }


def rate_change(baseline: Results, other: Results, name: str) -> Estimate:
    """Return how much oftener something comes in other runs on the same draws, a year.

    Parameters
    ----------
    name : str
        A column of their tables that counts: "incidents", "agreements".
    """
    counts = (baseline.table[name], other.table[name])
    return rate_difference(counts, (years_each(baseline), years_each(other)))


def crises(results: Results) -> Crises:
    """Return how often crises open, how long they last and how they end."""
    log = results.crises
    number = len(log["how"])
    per_year = mean_rate(results.table["crises"], years_each(results))
    if not number:
        return Crises(per_year, float("nan"), {})
    lengths = log["ended"].astype(np.int64) - log["opened"] + 1
    tally = np.bincount(log["how"], minlength=len(CRISIS_ENDS))
    ended = {how: share_of(int(tally[i]), number) for i, how in enumerate(CRISIS_ENDS)}
    return Crises(per_year, float(np.median(lengths)), ended)


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
