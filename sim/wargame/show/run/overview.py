"""The answer of a run in two small tables: what `wargame run` prints."""

from __future__ import annotations

import numpy as np

from wargame.analysis.estimates import statistics
from wargame.analysis.estimates.uncertainty import Split, split_outcomes
from wargame.engine.results import NOTE, Results
from wargame.findings import Estimate
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.section import Section
from wargame.show.words import brief, in_words, per_year, percent, span


def overview(results: Results) -> tuple[str, list[Section]]:
    """Return a title and the tables of a run.

    Returns
    -------
    sections : list of Section
        Outcomes; under parameter uncertainty, its two kinds; how often things happen.
    """
    spec = results.scenario
    drawn = ", uncertain numbers drawn per history" if results.uncertainty else ""
    title = (
        f"{spec.title}: {_histories(results.replications)} of {spec.turns} turns "
        f"({spec.turn_days} days each), seed {results.seed}{drawn}"
    )
    sections = [_outcomes(results), _rates(results)]
    if results.sharing > 1 and results.uncertainty:
        sections.insert(1, uncertainty_section(results))
    return title, sections


def _histories(count: int) -> str:
    return f"{count:,} {'history' if count == 1 else 'histories'}"


def _outcomes(results: Results) -> Section:
    headers = ("outcome", "worst that happened", "share", "95% interval", "in words")
    rows = tuple(
        (outcome, _worst(outcome), brief(share), _span(share), in_words(share))
        for outcome, share in results.outcomes().items()
    )
    return Section("outcomes", f"Outcomes ({NOTE})", headers, rows)


def uncertainty_section(results: Results) -> Section:
    """Return what chance and what the uncertain numbers do to each share.

    Parameters
    ----------
    results : Results
        Drawn with groups of replications sharing their numbers.
    """
    headers = ("outcome", "share", "error of finite runs", "over draws of the numbers")
    rows = tuple(
        (
            outcome,
            percent(float(part.share)) if part.share > 0 else "none seen",
            span(float(part.low), float(part.high)),
            _numbers(part),
        )
        for outcome, part in split_outcomes(results).items()
    )
    title = "Two kinds of uncertainty, 95% each: more runs shrink the first, not the second"
    return Section("uncertainty", title, headers, rows)


def _numbers(part: Split) -> str:
    if np.isnan(part.from_low):
        return "not told apart from chance by so few"
    return span(float(part.from_low), float(part.to_high))


def _worst(outcome: str) -> str:
    return "no act above rung 3" if outcome == "calm" else f"rung {_rung(outcome)}"


def _rung(outcome: str) -> str:
    rung = OUTCOMES[outcome]
    return f"{rung}, {RUNGS[rung]}"


def _span(share: Estimate) -> str:
    return span(share.low, share.high)


def _rates(results: Results) -> Section:
    rates = statistics.rates(results)
    named = {
        "incidents": "incidents at rung 2 to 8 between sides",
        "lethal_turns": "turns with a lethal clash (rung 6 or above)",
        "wars": "wars (rung 8 or above)",
    }
    rows = tuple((text, per_year(rates[name])) for name, text in named.items())
    return Section("rates", "How often", ("what", "a simulated year, with 95% interval"), rows)
