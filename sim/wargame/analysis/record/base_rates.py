"""What the historical record would give over a scenario's span, to stand beside the simulated."""

from __future__ import annotations

import math

from wargame.analysis.estimates.annual_rates import DAYS_A_YEAR
from wargame.findings import Estimate
from wargame.scenario import library
from wargame.scenario.schema import Scenario

_RATES = {"lethal clash": "lethal_per_year", "war": "war_per_year"}
"""Outcome -> entry of the record with its yearly rate."""


def base_rates(scenario: Scenario) -> dict[str, Estimate]:
    """Return the record's chances over a scenario's span, by outcome.

    Parameters
    ----------
    scenario : Scenario
        One that does not list ``record`` among its sources is not set beside it.

    Returns
    -------
    dict of str to Estimate
        Outcome -> 1 - exp(-rate x years): the chance of one or more if such events came
        independently at the record's mean rate. Empty when there is nothing to compare.
    """
    if "record" not in scenario.sources:
        return {}
    years = scenario.turns * scenario.turn_days / DAYS_A_YEAR
    chances = {}
    for outcome, key in _RATES.items():
        if key not in library.keys_of("record"):
            continue
        entry = library.record(key)
        share, low, high = (
            1 - math.exp(-float(entry[name]) * years) for name in ("value", "low", "high")
        )
        chances[outcome] = Estimate(share, low, high, years, "share")
    return chances
