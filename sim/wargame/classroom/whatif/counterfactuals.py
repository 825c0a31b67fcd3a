"""What if one party had played by another rule throughout: paired runs of a whole scenario.

Every run meets the same draws, so histories differ only where the rule made them differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wargame.analysis.estimates.annual_rates import rate_change
from wargame.analysis.estimates.paired import Pair, compare_levels
from wargame.engine import ensemble
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.ladder import CROSSING_LEVELS, ENCROACHMENT
from wargame.scenario.schema import Scenario

RULES: dict[str, tuple[Order, str]] = {
    "never_opens": (
        Order(HOLD, MODEL),
        "never acted first, and answered others as before",
    ),
    "lets_pass": (
        Order(None, "hold"),
        "let every act of the others pass without an answer",
    ),
    "one_lower": (
        Order(None, "one_lower"),
        "answered every act against it one rung below what it took the act for",
    ),
    "one_higher": (
        Order(None, "one_higher"),
        "answered every act against it one rung above what it took the act for",
    ),
}
"""Name -> what the party is told in every turn, and how a card says it."""

SHORT = {
    "never_opens": "never began, answered as before",
    "lets_pass": "let every act pass",
    "one_lower": "always answered one rung below",
    "one_higher": "always answered one rung above",
}
"""Name -> how a table says it."""

_COMMON = 0.05


@dataclass(frozen=True)
class Counterfactual(Pair):
    """One party under another rule, in every turn of every history.

    Attributes
    ----------
    actor, rule : str
        Whose, and which of `RULES`.
    incidents : Estimate
        After minus before, how many a year.
    """

    actor: str
    rule: str
    incidents: Estimate

    @property
    def size(self) -> float:
        """How far the share moved, 0..1, whichever way."""
        return abs(self.difference.value)


def headline(results: Results) -> int:
    """Return the highest of the rungs 6, 5 and 4 that is not rare: a class can see it move."""
    peaks = results.table["peak"]
    common = [level for level in CROSSING_LEVELS if (peaks >= level).mean() >= _COMMON]
    return max(common, default=ENCROACHMENT)


def run_counterfactuals(
    scenario: Scenario,
    baseline: Results,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Counterfactual, ...]:
    """Run every party under every rule and compare with the baseline.

    Parameters
    ----------
    baseline : Results
        Of the same scenario without orders; its seed and count are used.
    on_progress : callable, optional
        Called with (done, total) runs.

    Returns
    -------
    tuple of Counterfactual
        In the order of the scenario's actors and of `RULES`.
    """
    level = headline(baseline)
    made = []
    total = len(scenario.actors) * len(RULES)
    for actor in scenario.actors:
        for rule, (order, _) in RULES.items():
            orders = {(turn, actor): order for turn in range(1, scenario.turns + 1)}
            other = ensemble.run(
                scenario, baseline.replications, baseline.seed, orders=orders, acts_kept=0
            )
            (pair,) = compare_levels(baseline.table["peak"], other.table["peak"], [level])
            incidents = rate_change(baseline, other, "incidents")
            made.append(Counterfactual(**vars(pair), actor=actor, rule=rule, incidents=incidents))
            if on_progress is not None:
                on_progress(len(made), total)
    return tuple(made)


def yearly(change: Estimate) -> str:
    """Write a difference of yearly rates with its interval."""
    value, low, high = (
        "0.00" if abs(number) < 0.005 else f"{number:+.2f}"
        for number in (change.value, change.low, change.high)
    )
    return f"{value} ({low} to {high})"


def choose(found: tuple[Counterfactual, ...], number: int) -> tuple[Counterfactual, ...]:
    """Choose cards for a class: the largest changes, and one that cannot be told from luck.

    Parameters
    ----------
    number : int
        How many, at least 2.

    Returns
    -------
    tuple of Counterfactual
        No rule comes twice while others are left. Fewer when there are not so many; the one
        without a clear change comes last.
    """
    ranked = sorted(found, key=lambda item: -item.size)
    clear = [item for item in ranked if item.difference.verdict != "no clear difference"]
    unclear = [item for item in reversed(ranked) if item not in clear]
    first_of_rule = [
        item for place, item in enumerate(clear) if item.rule not in _rules(clear[:place])
    ]
    rest = [item for item in clear if item not in first_of_rule]
    return (*(first_of_rule + rest)[: number - bool(unclear)], *unclear[:1])


def _rules(items: list[Counterfactual]) -> set[str]:
    return {item.rule for item in items}


def points(value: float) -> str:
    """Write a difference of shares in percentage points.

    Parameters
    ----------
    value : float
        -1..1.

    Returns
    -------
    str
        For example "+18.9".
    """
    text = f"{100 * value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text


def in_words(item: Counterfactual) -> str:
    """Say how often a level is reached under a rule, in the words a card offers to mark."""
    said = {"higher": "more often", "lower": "less often"}
    return said.get(item.difference.verdict, "no clear difference")
