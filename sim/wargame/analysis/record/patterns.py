"""Patterns that a history leaves, worked out the same way for the record and for simulations.

Every estimator returns one number a history, so that the record (one history) stands beside
an ensemble (many).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record.incidents import (
    ALLIES,
    LEVELS,
    NORTH,
    Counts,
    Incidents,
    Ints,
    incidents_of,
    weekly_counts,
    weekly_peaks,
)
from wargame.engine.results import CRISIS_ENDS, Results
from wargame.engine.streams import Streams
from wargame.scenario.ladder import ENCROACHMENT, STRIKES, WAR

YEAR_WEEKS = 365.25 / 7
SERIOUS_WEEKS = 16
"""Crises at least this long are set beside the ICB list. Fitted, not observed."""

Floats = NDArray[np.float64]
Whole = NDArray[np.integer[Any]]


def clustering(weekly: Whole) -> dict[str, Floats]:
    """Return how unevenly incidents fall over time (pattern P6).

    Parameters
    ----------
    weekly : ndarray of int, shape (history, week)
        Incidents a week.

    Returns
    -------
    dict of str to ndarray, shape (history,)
        ``dispersion_week``, ``_quarter``, ``_year``: variance over mean of counts in blocks of
        1, 13 and 52 weeks, 1 if independent; ``weeks_active``: share of weeks with an incident;
        ``active_after_active``: the same of weeks right after an active one;
        ``active_within_four``: share of active weeks with another in the four weeks after, and
        ``active_within_four_any``: the same of all weeks. nan where there is nothing to count.
    """
    found: dict[str, Floats] = {}
    for name, weeks in (("week", 1), ("quarter", 13), ("year", 52)):
        blocks = weekly.shape[1] // weeks
        if blocks < 2:
            continue
        cut = weekly[:, : blocks * weeks].reshape(len(weekly), blocks, weeks)
        totals = cut.sum(axis=2, dtype=np.int64)
        found[f"dispersion_{name}"] = _ratio(totals.var(axis=1), totals.mean(axis=1))
    active = weekly > 0
    before, after = active[:, :-1], active[:, 1:]
    found["weeks_active"] = active.mean(axis=1)
    found["active_after_active"] = _ratio((before & after).sum(axis=1), before.sum(axis=1))
    soon = np.zeros(active[:, :-4].shape, np.bool_)
    for lead in range(1, 5):
        soon |= active[:, lead : active.shape[1] - 4 + lead]
    now = active[:, :-4]
    found["active_within_four"] = _ratio((now & soon).sum(axis=1), now.sum(axis=1))
    found["active_within_four_any"] = soon.mean(axis=1)
    return found


def block_bootstrap(
    weekly: Counts,
    statistic: Callable[[Counts], dict[str, Floats]],
    draws: int = 2000,
    block: int = 52,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Return 95% intervals of a single history's statistics by resampling blocks of weeks.

    Parameters
    ----------
    weekly : ndarray of int, shape (week, ...)
        One history.
    statistic : callable
        From shape (draw, week, ...) to name -> values, shape (draw,).
    draws, block : int
        Resampled histories; weeks a block. A year keeps whole seasons and what one incident
        sets off together; the sample of 18 of them makes the intervals rough.
    seed : int
        Of the draws.

    References
    ----------
    Politis, D. N. and Romano, J. P. (1992), in LePage and Billard (eds), Exploring the Limits of
    Bootstrap, 263-270 (circular blocks).
    """
    weeks = len(weekly)
    blocks = -(-weeks // block)
    streams = Streams(seed, 0, draws)
    starts = np.stack([streams.row("bootstrap", number) for number in range(blocks)], axis=1)
    begin = (starts * weeks).astype(np.int64)
    places = (begin[:, :, None] + np.arange(block)).reshape(draws, -1)[:, :weeks] % weeks
    low_high = {}
    for name, values in statistic(weekly[places]).items():
        low, high = np.nanpercentile(values, (2.5, 97.5))
        low_high[name] = (float(low), float(high))
    return low_high


def summaries(results: Results, seed: int = 1) -> dict[str, Floats]:
    """Return all patterns of simulated histories that need no fit.

    Parameters
    ----------
    results : Results
        With the acts of every replication.
    seed : int
        Of the placing of acts on days inside their week.

    Returns
    -------
    dict of str to ndarray, shape (history,)
        Rates are per year lived; shares 0..1. nan where a history gives nothing to count, and
        for clustering where it ended early by war.
    """
    incidents = incidents_of(results)
    counts = weekly_counts(incidents)
    years = results.table["turns"] / YEAR_WEEKS
    total = counts.sum(axis=(1, 2, 3), dtype=np.int64)
    found = {"years": years, "incidents_per_year": total / years, **levels(counts)}
    korean, peaks = weekly_peaks(incidents), results.turn_peak
    found["clashes_per_year"] = (korean >= 4).sum(axis=1) / years
    found["lethal_per_year"] = (korean >= 6).sum(axis=1) / years
    found["strikes_per_year"] = (peaks >= STRIKES).sum(axis=0) / years
    found["war_per_year"] = (peaks >= WAR).sum(axis=0) / years
    found |= _answers(results)
    whole = results.table["turns"] == results.scenario.turns
    for name, values in clustering(counts.sum(axis=(2, 3))).items():
        found[name] = np.where(whole, values, np.nan)
    found["reply_within_week"] = reply_within_week(incidents, seed)
    return found | _crises(results, years)


def levels(counts: Counts) -> dict[str, Floats]:
    """Return the make-up of incidents (patterns P1 and P2), shape (history,) each.

    Parameters
    ----------
    counts : ndarray of int, shape (history, week, side, level)

    Returns
    -------
    dict of str to ndarray
        Shares: ``north_share`` by North Korea, ``threat_share``, ``display_share``, ``use_share``,
        and ``both_in_week``: of weeks with a threat or display by North Korea, those in which
        its opponents had an incident too.
    """
    by_side_level = counts.sum(axis=1, dtype=np.int64)
    total = by_side_level.sum(axis=(1, 2))
    found = {"north_share": _ratio(by_side_level[:, 0].sum(axis=1), total)}
    for place, level in enumerate(LEVELS):
        found[f"{level}_share"] = _ratio(by_side_level[:, :, place].sum(axis=1), total)
    low = (counts[:, :, 0, :2] > 0).any(axis=2)
    both = low & (counts[:, :, 1] > 0).any(axis=2)
    found["both_in_week"] = _ratio(both.sum(axis=1), low.sum(axis=1))
    return found


def reply_within_week(incidents: Incidents, seed: int = 1) -> Floats:
    """Return the share of low North Korean incidents with an allied one in 7 days (P7).

    An incident of a later link of the same week follows; one of the same link or of the next
    week does if a uniform placing of each side's acts inside the week says so.

    Parameters
    ----------
    incidents : Incidents
        Simulated.
    seed : int
        Of the placing.

    Returns
    -------
    ndarray, shape (history,)
    """
    shape = (incidents.histories, incidents.weeks)
    allied = incidents.side == 1
    last = np.full((shape[0], shape[1] + 1), -1, np.int8)
    where = (incidents.history[allied], incidents.week[allied])
    np.maximum.at(last, where, incidents.link[allied].astype(np.int8))
    low = (incidents.side == 0) & (incidents.rung <= ENCROACHMENT)
    history, week, link = (
        part[low] for part in (incidents.history, incidents.week, incidents.link)
    )
    streams = Streams(seed, incidents.first, incidents.histories)
    own, other, after = (
        _placed(streams, purpose, history, week + lead)
        for purpose, lead in (("north", 0), ("allies", 0), ("allies", 1))
    )
    here = last[history, week]
    replied = (here > link) | ((here == link) & (other > own))
    replied |= (last[history, week + 1] >= 0) & (after <= own)
    return _ratio(
        np.bincount(history, weights=replied, minlength=shape[0]),
        np.bincount(history, minlength=shape[0]),
    )


def _placed(streams: Streams, purpose: str, history: Ints, week: Ints) -> Floats:
    """Return where in its week each side's acts fall, 0..1."""
    order = np.argsort(week, kind="stable")
    bounds = np.flatnonzero(np.diff(week[order], prepend=-1))
    placed = np.empty(len(week))
    for rows in np.split(order, bounds[1:]):
        if len(rows):
            placed[rows] = streams.at(history[rows], f"place_{purpose}", int(week[rows[0]]))
    return placed


def _answers(results: Results) -> dict[str, Floats]:
    """Return how first answers between the Koreas compare with what they answer (P4)."""
    acts = results.acts
    korean = [results.actors.index(actor) for actor in (NORTH, ALLIES[0])]
    counted = (acts["link"] == 1) & (acts["trigger"] >= ENCROACHMENT) & (acts["behalf"] < 0)
    counted &= np.isin(acts["actor"], korean) & np.isin(acts["provoker"], korean)
    step = np.sign(acts["realised"][counted].astype(int) - acts["trigger"][counted])
    history = acts["replication"][counted] - results.first
    tally = partial(np.bincount, minlength=results.acts_kept)
    total = tally(history)
    names = {"same_rung": 0, "higher": 1, "lower": -1}
    return {name: _ratio(tally(history[step == sign]), total) for name, sign in names.items()}


def _crises(results: Results, years: Floats) -> dict[str, Floats]:
    """Return crises long enough for the ICB list: how many, how long, how they ended (P8)."""
    log, kept = results.crises, results.acts_kept
    weeks = log["ended"].astype(np.int64) - log["opened"] + 1
    serious = weeks >= SERIOUS_WEEKS
    history = (log["replication"] - results.first)[serious]
    weeks, how = weeks[serious], log["how"][serious]
    total = np.bincount(history, minlength=kept)
    days = np.full(kept, np.nan)
    order = np.lexsort((weeks, history))
    begin = np.cumsum(total) - total
    some = total > 0
    lower, upper = begin + (total - 1) // 2, begin + total // 2
    sorted_weeks = weeks[order]
    days[some] = 3.5 * (sorted_weeks[lower[some]] + sorted_weeks[upper[some]])
    found = {"crises_per_year": total / years, "crisis_days": days}
    for end in ("agreement", "faded"):
        ended = np.bincount(history[how == CRISIS_ENDS.index(end)], minlength=kept)
        found[f"crisis_{end}"] = _ratio(ended, total)
    return found


def _ratio(count: NDArray[np.generic], total: NDArray[np.generic]) -> Floats:
    above, below = np.asarray(count, np.float64), np.asarray(total, np.float64)
    ratio = np.full(above.shape, np.nan)
    np.divide(above, below, out=ratio, where=below > 0)
    return ratio
