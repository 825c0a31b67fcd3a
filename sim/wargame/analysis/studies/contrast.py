"""One variant held against the first: each measure's difference, and when they part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wargame.analysis.designs.variants import Variant
from wargame.analysis.estimates.annual_rates import rate_change, years_each
from wargame.analysis.estimates.intervals import mean_rate
from wargame.analysis.estimates.paired import (
    NO_CHANGE,
    compare_levels,
    share_difference,
    variance_saved,
)
from wargame.analysis.studies.parting import Parting, first_parting, summarise_parting
from wargame.analysis.studies.scales import Scale
from wargame.analysis.studies.severity import Reading, compare_on
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario import canonical
from wargame.scenario.ladder import CROSSING_LEVELS, OUTCOMES, outcome_classes

RATES: dict[str, str] = {
    "incidents": "incidents at rung 2 to 8 between sides",
    "lethal_turns": "turns with a lethal clash (rung 6 or above)",
    "crises": "crises opened",
    "agreements": "agreements made",
}
"""Column of the results -> what it counts."""


@dataclass(frozen=True)
class Against:
    """One variant against the baseline. Every difference is variant minus baseline.

    Attributes
    ----------
    same : bool
        The two scenarios are equal in every value: all differences are exactly zero.
    outcomes : dict of str to Estimate
        Of the shares of histories that end in each class.
    reached : dict of int to Estimate
        Of the shares that reach rung 4, 5 and 6 at all.
    rates : dict of str to Estimate
        Per simulated year; see `RATES`.
    parting : Parting
        When pairs of histories first differ.
    saved : dict of str to float or None
        Measure -> how many times more histories would be needed without common draws; None when
        no pair differs in it.
    readings : tuple of Reading
        On each scale of severity, this project's rungs first.
    """

    variant: Variant
    results: Results
    same: bool
    outcomes: dict[str, Estimate]
    reached: dict[int, Estimate]
    rates: dict[str, Estimate]
    parting: Parting
    saved: dict[str, float | None]
    readings: tuple[Reading, ...]

    def survives(self, reading: Reading) -> str:
        """Say whether what the rungs say of risk holds on another scale.

        Returns
        -------
        str
            "yes", "no: reversed", "not clearly" (0 inside this one's interval); when the rungs
            themselves show no clear difference, "yes: no clear difference" or "only here: ...".
        """
        said, here = self.readings[0].net.verdict, reading.net.verdict
        if said == "no clear difference":
            return f"yes: {said}" if here == said else f"only here: {reading.verdict}"
        if here == said:
            return "yes"
        return "not clearly" if here == "no clear difference" else "no: reversed"


def contrast_with(
    baseline: Variant, first: Results, variant: Variant, second: Results, rulers: Sequence[Scale]
) -> Against:
    """Hold one variant against the first."""
    same = canonical.digest(baseline.scenario) == canonical.digest(variant.scenario)
    ended = [outcome_classes(arm.table["peak"]) for arm in (first, second)]
    outcomes = {
        outcome: share_difference(ended[0] == at, ended[1] == at)
        for at, outcome in enumerate(OUTCOMES)
    }
    pairs = compare_levels(first.table["peak"], second.table["peak"], CROSSING_LEVELS)
    reached = {pair.level: pair.difference for pair in pairs}
    rates = {name: rate_change(first, second, name) for name in RATES}
    readings = tuple(compare_on(scale, first, second) for scale in rulers)
    turns = min(first.scenario.turns, second.scenario.turns)
    saved = {"incidents": variance_saved(first.table["incidents"], second.table["incidents"])}
    saved |= {f"reached {pair.level}": pair.saved for pair in pairs}
    if same:
        outcomes = dict.fromkeys(outcomes, NO_CHANGE)
        reached = dict.fromkeys(reached, NO_CHANGE)
        rates = dict.fromkeys(rates, replace(NO_CHANGE, kind="change"))
        readings = tuple(replace(item, net=NO_CHANGE) for item in readings)
    return Against(
        variant,
        second,
        same,
        outcomes,
        reached,
        rates,
        summarise_parting(first_parting(first, second), turns),
        saved,
        readings,
    )


def rates_of(results: Results) -> dict[str, Estimate]:
    """Return column -> what happens per simulated year, for each of `RATES`."""
    years = years_each(results)
    return {name: mean_rate(results.table[name], years) for name in RATES}
