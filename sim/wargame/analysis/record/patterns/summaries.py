"""Patterns that a history leaves, worked out the same way for the record and for simulations.

Every estimator returns one number a history, so that the record (one history) stands beside
an ensemble (many).
"""

from __future__ import annotations

from functools import partial

import numpy as np

from wargame.analysis.record.incidents import (
    ALLIES,
    NORTH,
    incidents_of,
    weekly_counts,
    weekly_peaks,
)
from wargame.analysis.record.patterns.clusters import LEAST_WEEKS, clustering
from wargame.analysis.record.patterns.ratios import Floats, ratio
from wargame.analysis.record.patterns.replies import levels, reply_within_week
from wargame.engine.results import CRISIS_ENDS, Results
from wargame.scenario.ladder import ENCROACHMENT, STRIKES, WAR

YEAR_WEEKS = 365.25 / 7
SERIOUS_WEEKS = 16
"""Crises at least this long are set beside the ICB list. Fitted, not observed."""
LEAST = LEAST_WEEKS | dict.fromkeys(
    ("crisis_days", "crisis_agreement", "crisis_faded"), SERIOUS_WEEKS
)
"""Number -> weeks a history must have for it; the others take one."""


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
    return {name: ratio(tally(history[step == sign]), total) for name, sign in names.items()}


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
        found[f"crisis_{end}"] = ratio(ended, total)
    return found
