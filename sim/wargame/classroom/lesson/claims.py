"""Disputed claims held both ways: the scenario as it is, and as if the claim were true.

Both runs meet the same draws, so histories differ only where the claim made them differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from wargame.analysis.estimates.pairs import Pair, compare_levels
from wargame.analysis.estimates.statistics import rate_change, rates
from wargame.classroom.lesson.sheets.handouts import Level
from wargame.classroom.whatif.counterfactuals import headline, points, yearly
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.changes.settings import apply_overrides
from wargame.scenario.ladder import RUNGS
from wargame.scenario.laws.declared import settings_of
from wargame.scenario.loader import to_data
from wargame.scenario.schema import Claim, Scenario
from wargame.show.sheets.sheet import Block, Heading, Items, Table, Text
from wargame.show.words import per_year


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


def claims_table(held: tuple[Held, ...], baseline: Results) -> tuple[Block, ...]:
    """Write what follows from each claim, for the debrief; nothing without claims."""
    if not held:
        return ()
    first, usual = held[0], rates(baseline)
    rows = tuple(
        (
            f"{number}. {item.claim.says}",
            f"{100 * item.after.value:.1f}%",
            change_words(item.difference),
            yearly(item.incidents),
            yearly(item.agreements),
        )
        for number, item in enumerate(held, 1)
    )
    return (
        Heading("What is disputed, held both ways"),
        Text(
            "The scenario stands on neither side of these claims. Here each is switched on, as "
            "strongly as is held possible, all else and all luck equal. Without: "
            f"{100 * first.before.value:.1f}% of histories reach rung {first.level} "
            f"({RUNGS[first.level]}) or above; incidents {per_year(usual['incidents'])}, "
            f"agreements {per_year(usual['agreements'])}."
        ),
        Table(
            (
                "if it were so",
                "share then",
                "change, points",
                "incidents a year",
                "agreements a year",
            ),
            rows,
            (4.6, 1.2, 2.6, 2.6, 2.6),
        ),
        Text(
            "Changes with their 95% intervals, taken before rounding; one that holds zero cannot "
            "be told from luck with so many runs. The interval of the change decides, not those of "
            "the two shares: both met the same luck. A run cannot say whether a claim is true, "
            "only what would follow.",
            small=True,
        ),
    )


def evidence(held: tuple[Held, ...], level: Level) -> tuple[Block, ...]:
    """Write what there is for and against each claim, or nothing.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Advanced: also how to switch it on in the program.
    """
    if not held:
        return ()
    how = (
        " In the program: compare the scenario with its variant {}." if level == "advanced" else ""
    )
    return (
        Heading("Disputed claims"),
        Items(
            tuple(
                (
                    f"{item.claim.says}",
                    f"{in_short(item)} {item.claim.evidence}{how.format(item.claim.variant)}",
                )
                for item in held
            ),
            ordered=True,
        ),
    )


def in_short(item: Held) -> str:
    """Say in a sentence what would follow from a claim."""
    said = {"higher": "more often", "lower": "less often"}
    how = said.get(item.difference.verdict, "no clearly more or less often")
    return (
        f"If it were so, rung {item.level} or above would be reached {how} "
        f"({change_words(item.difference)} points), and incidents would change by "
        f"{yearly(item.incidents)} a year."
    )


def change_words(change: Estimate) -> str:
    """Write a difference of shares in points with its interval."""
    return f"{points(change.value)} ({points(change.low)} to {points(change.high)})"
