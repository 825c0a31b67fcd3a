"""What the sheets of a lesson name that was found by simulation."""

from __future__ import annotations

import numpy as np

from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.record.base_rates import base_rates
from wargame.classroom.lesson.claims import Held, change_words
from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.plan_values import Values, rung_of
from wargame.classroom.whatif.counterfactuals import (
    RULES,
    SHORT,
    Counterfactual,
    in_words,
    points,
    yearly,
)
from wargame.engine.results import Results
from wargame.findings import Estimate, share_of
from wargame.scenario.library import describe_cite

MISREAD = "Answers to an act read on another rung"


def values_of_run(
    plan: Plan,
    results: Results,
    rules: tuple[Counterfactual, ...],
    chosen: tuple[Counterfactual, ...],
    held: tuple[Held, ...] = (),
) -> Values:
    """Gather what sheets name that was found by simulation.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    rules : tuple of Counterfactual
        All that were run.
    chosen : tuple of Counterfactual
        Those on cards.
    held : tuple of Held
        The scenario's disputed claims.
    """
    scenario = results.scenario
    records, misreadings = base_rates(scenario), misread(results)
    outcome, share = asked_outcome(results)
    first = statistics.crossers(results, 5)
    leaders = sorted(scenario.actors, key=lambda actor: -first[actor].count)[:2]
    cards = scenario.teaching.injects if scenario.teaching else ()
    return {
        "results": results,
        "outcomes": [
            {"name": name, "rung": rung_of(name), "share": seen, "record": records.get(name)}
            for name, seen in results.outcomes().items()
        ],
        "rates": annual_rates.rates(results),
        "matched": statistics.match(results),
        "misreadings": misreadings,
        "misread": misreadings.get(MISREAD),
        "first_at_five": [(scenario.actors[actor].name, first[actor]) for actor in leaders],
        "debrief_minutes": _parts(next(s.minutes for s in plan.slots if s.title == "Debrief")),
        "found": rules,
        "often": max(rules, key=lambda item: abs(item.incidents.value), default=None),
        "far": max(rules, key=lambda item: item.size, default=None),
        "chosen": chosen,
        "held": held,
        "rules": RULES,
        "short_rules": SHORT,
        "ticket": {
            "outcome": outcome,
            "share": share,
            "years": max(2, round(1 / share.value)),
            "questions": (1, 3) if plan.minutes <= 50 else (1, 2, 3, 4),
        },
        "sources": {cite: describe_cite(cite) for card in cards for cite in card.cite},
        "in_words": in_words,
        "points": points,
        "change_words": change_words,
        "yearly": yearly,
        "tenths": lambda seen: f"{100 * seen.value:.1f}%",
    }


def asked_outcome(results: Results) -> tuple[str, Estimate]:
    """Return the outcome the exit ticket asks about: the severest that is not rare."""
    shares = results.outcomes()
    usual = [name for name, share in shares.items() if share.value >= 0.02]
    return usual[-1], shares[usual[-1]]


def misread(results: Results) -> dict[str, Estimate]:
    """Return how often things were not as they were meant, as shares of acts.

    Parameters
    ----------
    results : Results
        With its acts kept.

    Returns
    -------
    dict of str to Estimate
        "Answers to an act read on another rung", "Acts that went further than meant", "Answers
        for an ally". A share of nothing is left out. Acts of one history are not independent, so
        the intervals are somewhat too narrow.
    """
    acts = results.acts
    answers = ~np.isnan(acts["perceived"])
    read = np.rint(acts["perceived"][answers]) != acts["trigger"][answers]
    counted = {
        MISREAD: (read, int(answers.sum())),
        "Answers given for an ally": (acts["behalf"][answers] >= 0, int(answers.sum())),
        "Acts that went further than meant": (acts["accidental"], len(acts["accidental"])),
    }
    return {
        label: share_of(int(np.count_nonzero(hits)), total)
        for label, (hits, total) in counted.items()
        if total
    }


def _parts(minutes: int) -> tuple[int, int, int, int]:
    """Split the debrief's minutes over its four parts; they add up."""
    first, second, last = max(1, minutes // 10), minutes // 4, minutes // 3
    return first, second, minutes - first - second - last, last
