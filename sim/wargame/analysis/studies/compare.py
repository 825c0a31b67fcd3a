"""Variants held against the first of them, on common draws: what differs, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wargame.analysis.designs.variants import Variant
from wargame.analysis.studies.contrast import Against, contrast_with
from wargame.analysis.studies.scales import Scale, scales
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.scenario.ladder import OUTCOMES


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
        Theirs, from `wargame.analysis.designs.common_draws.run_all`.

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
    against = tuple(contrast_with(variants[0], first, *pair, rulers) for pair in pairs)
    return Comparison(variants[0], first, against, rulers, tuple(_remarks(variants)))


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
