"""Rates per year: incidents by severity, and crises."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.intervals import counted_rate, mean_rate
from wargame.analysis.estimates.paired import rate_difference
from wargame.engine.results import CRISIS_ENDS, Results
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import WAR

DAYS_A_YEAR = 365.25


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
