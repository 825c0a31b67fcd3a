"""Disputed claims held both ways: the scenario as it is, and as if the claim were true.

Both runs meet the same draws, so histories differ only where the claim made them differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from wargame.analysis.estimates.annual_rates import rate_change
from wargame.analysis.estimates.paired import Pair, compare_levels
from wargame.classroom.whatif.counterfactuals import headline, points
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.canonical import to_data
from wargame.scenario.changes.settings import apply_overrides
from wargame.scenario.laws.declared import settings_of
from wargame.scenario.schema import Claim, Scenario


@dataclass(frozen=True)
class Held(Pair):
    """A claim, and what follows if it holds: before as the scenario is, after as claimed.

    Attributes
    ----------
    incidents, agreements : Estimate
        After minus before, how many a year, paired.
    """

    claim: Claim
    incidents: Estimate
    agreements: Estimate


def run_claims(scenario: Scenario, baseline: Results) -> tuple[Held, ...]:
    """Run the scenario as if each of its disputed claims held, and compare with the baseline.

    Parameters
    ----------
    scenario : Scenario
        Whose ``teaching`` may name claims.
    baseline : Results
        Of the same scenario; its seed and count are used.

    Returns
    -------
    tuple of Held
        In the order of the file; empty without claims.
    """
    level = headline(baseline)
    held = []
    for claim in scenario.teaching.claims if scenario.teaching is not None else ():
        settings = settings_of(scenario.variants[claim.variant])
        changed = Scenario.model_validate(apply_overrides(to_data(scenario), settings))
        other = ensemble.run(changed, baseline.replications, baseline.seed, acts_kept=0)
        (pair,) = compare_levels(baseline.table["peak"], other.table["peak"], [level])
        incidents, agreements = (
            rate_change(baseline, other, name) for name in ("incidents", "agreements")
        )
        held.append(Held(**vars(pair), claim=claim, incidents=incidents, agreements=agreements))
    return tuple(held)


def change_words(change: Estimate) -> str:
    """Write a difference of shares in points with its interval."""
    return f"{points(change.value)} ({points(change.low)} to {points(change.high)})"
