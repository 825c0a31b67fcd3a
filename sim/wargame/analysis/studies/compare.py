"""Variants held against the first of them, on common draws: what differs, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wargame.analysis.designs.variants import Variant
from wargame.analysis.estimates.intervals import mean_rate
from wargame.analysis.estimates.pairs import (
    NO_CHANGE,
    compare_levels,
    share_difference,
    variance_saved,
)
from wargame.analysis.estimates.statistics import rate_change, years_each
from wargame.analysis.studies.parting import Parting, first_parting, summarise_parting
from wargame.analysis.studies.scales import Reading, Scale, compare_on, scales
from wargame.engine.results import Results
from wargame.errors import UsageError
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


@dataclass(frozen=True)
class Comparison:
    """Variants held against a baseline.

    Attributes
    ----------
    results : Results
        Of the baseline.
    against : tuple of Against
        The others, in the order given.
    scales : tuple of Scale
        On which the worst acts were compared.
    remarks : tuple of str
        What a reader must know.
    """

    baseline: Variant
    results: Results
    against: tuple[Against, ...]
    scales: tuple[Scale, ...]
    remarks: tuple[str, ...]

    @property
    def members(self) -> tuple[tuple[Variant, Results], ...]:
        """All variants with their results, the baseline first."""
        others = ((item.variant, item.results) for item in self.against)
        return ((self.baseline, self.results), *others)

    def outcome_names(self) -> tuple[str, ...]:
        """Return the outcomes that some variant allows, from calm upward."""
        allowed = {name for _, results in self.members for name in results.outcomes()}
        return tuple(name for name in OUTCOMES if name in allowed)


def compare(variants: Sequence[Variant], results: Sequence[Results]) -> Comparison:
    """Hold variants against the first.

    Parameters
    ----------
    variants : sequence of Variant
        At least two.
    results : sequence of Results
        Theirs, from `wargame.analysis.designs.variants.run_all`.

    Raises
    ------
    UsageError
        When the results are not on common draws.
    """
    first = results[0]
    for item in results[1:]:
        if (item.seed, item.replications, item.first, item.uncertainty) != (
            first.seed,
            first.replications,
            first.first,
            first.uncertainty,
        ):
            raise UsageError(
                "the ensembles are not on common draws: seed, replications and uncertainty must "
                "be the same. Run them again with the same."
            )
    rulers = scales()
    pairs = zip(variants[1:], results[1:], strict=True)
    against = tuple(_against(variants[0], first, *pair, rulers) for pair in pairs)
    return Comparison(variants[0], first, against, rulers, tuple(_remarks(variants)))


def _against(
    baseline: Variant, first: Results, variant: Variant, second: Results, rulers: Sequence[Scale]
) -> Against:
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


def _remarks(variants: Sequence[Variant]) -> list[str]:
    remarks = []
    spans = {item.scenario.turns * item.scenario.turn_days for item in variants}
    if len(spans) > 1:
        days = ", ".join(
            f"{item.label} {item.scenario.turns * item.scenario.turn_days} days"
            for item in variants
        )
        remarks.append(
            f"The histories differ in length ({days}): a longer one has more time for "
            "everything. Compare the rates a year, not the shares."
        )
    if len({item.scenario.turn_days for item in variants}) > 1:
        remarks.append(
            "Turns differ in length: draws belong to turns, so the pairing means little."
        )
    if len({frozenset(item.scenario.actors) for item in variants}) > 1:
        remarks.append("The actors differ: the pairing holds only for those in both.")
    if len(variants) > 2:
        remarks.append(
            "Each interval is for one difference; among many, about one in twenty leaves out "
            "the true value."
        )
    return remarks
