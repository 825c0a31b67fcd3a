"""The answer of a run in two small tables: what `wargame run` prints."""

from __future__ import annotations

from wargame.analysis import statistics
from wargame.analysis.wording import about, per_year, percent, span, words
from wargame.engine.results import NOTE, Results, Share
from wargame.scenario.schema import OUTCOMES, RUNGS
from wargame.scenario.section import Section

__all__ = ["overview"]


def overview(results: Results) -> tuple[str, list[Section]]:
    """Return a title and the tables of a run.

    Parameters
    ----------
    results : Results

    Returns
    -------
    title : str
    sections : list of Section
        Outcomes; how often things happen.
    """
    spec = results.scenario
    drawn = ", uncertain numbers drawn per history" if results.uncertainty else ""
    title = (
        f"{spec.title}: {results.replications:,} histories of {spec.turns} turns "
        f"({spec.turn_days} days each), seed {results.seed}{drawn}"
    )
    return title, [_outcomes(results), _rates(results)]


def _outcomes(results: Results) -> Section:
    headers = ("outcome", "worst that happened", "share", "95% interval", "in words")
    rows = tuple(
        (outcome, _worst(outcome), _percent(share), _span(share), _in_words(share))
        for outcome, share in results.outcomes().items()
    )
    return Section("outcomes", f"Outcomes ({NOTE})", headers, rows)


def _worst(outcome: str) -> str:
    return "no act above rung 3" if outcome == "calm" else f"rung {_rung(outcome)}"


def _rung(outcome: str) -> str:
    rung = OUTCOMES[outcome]
    return f"{rung}, {RUNGS[rung]}"


def _percent(share: Share) -> str:
    return percent(share.share) if share.count else "none seen"


def _span(share: Share) -> str:
    return span(share.low, share.high)


def _in_words(share: Share) -> str:
    if share.count == 0:
        return about(share)
    return f"{words(share.share)}: {about(share)}"


def _rates(results: Results) -> Section:
    rates = statistics.rates(results)
    named = {
        "incidents": "incidents at rung 2 to 8 between sides",
        "lethal_turns": "turns with a lethal clash (rung 6 or above)",
        "wars": "wars (rung 8 or above)",
    }
    rows = tuple((text, per_year(rates[name])) for name, text in named.items())
    return Section("rates", "How often", ("what", "a simulated year, with 95% interval"), rows)
