"""The answer of a run in two small tables: what `wargame run` prints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wargame.analysis.estimates import annual_rates
from wargame.analysis.estimates.uncertainty import Split, split_outcomes
from wargame.engine.results import NOTE, Results
from wargame.findings import Cell, Row, Table, columns
from wargame.scenario.ladder import OUTCOMES, RUNGS


def overview(results: Results) -> tuple[str, list[Table]]:
    """Return a title and the tables of a run.

    Returns
    -------
    tables : list of Table
        Outcomes; under parameter uncertainty, its two kinds; how often things happen.
    """
    spec = results.scenario
    drawn = ", uncertain numbers drawn per history" if results.uncertainty else ""
    histories = "history" if results.replications == 1 else "histories"
    title = (
        f"{spec.title}: {results.replications:,} {histories} of {spec.turns} turns "
        f"({spec.turn_days} days each), seed {results.seed}{drawn}"
    )
    tables = [outcomes_table(results), rates_table(results)]
    if results.sharing > 1 and results.uncertainty:
        tables.insert(1, uncertainty_table(results))
    return title, tables


def outcomes_table(results: Results) -> Table:
    """Return how many histories came to what."""
    said = columns(
        *("outcome", ("worst", "worst that happened"), ("share", "share", "brief")),
        *(("share", "95% interval", "interval"), ("share", "in words", "in words")),
    )
    rows: tuple[Row, ...] = tuple(
        {"outcome": outcome, "worst": _worst(outcome), "share": share}
        for outcome, share in results.outcomes().items()
    )
    return Table("outcomes", f"Outcomes ({NOTE})", said, rows)


def uncertainty_table(results: Results) -> Table:
    """Return what chance and what the uncertain numbers do to each share.

    Parameters
    ----------
    results : Results
        Drawn with groups of replications sharing their numbers.
    """
    said = columns(
        *("outcome", ("share", "share", "brief"), ("share", "error of finite runs", "interval")),
        ("over_numbers", "over draws of the numbers", "interval"),
    )
    rows = tuple(_split(outcome, part) for outcome, part in split_outcomes(results).items())
    title = "Two kinds of uncertainty, 95% each: more runs shrink the first, not the second"
    return Table("uncertainty", title, said, rows)


def _split(outcome: str, part: Split) -> Row:
    share, low, high = part.share.at(()), float(part.from_low), float(part.to_high)
    over: Cell = replace(share, low=low, high=high)
    if np.isnan(low):
        over = "not told apart from chance by so few"
    return {"outcome": outcome, "share": share, "over_numbers": over}


def _worst(outcome: str) -> str:
    rung = OUTCOMES[outcome]
    return "no act above rung 3" if outcome == "calm" else f"rung {rung}, {RUNGS[rung]}"


def rates_table(results: Results) -> Table:
    """Return how often things happen."""
    rates = annual_rates.rates(results)
    named = {
        "incidents": "incidents at rung 2 to 8 between sides",
        "lethal_turns": "turns with a lethal clash (rung 6 or above)",
        "wars": "wars (rung 8 or above)",
    }
    rows: tuple[Row, ...] = tuple(
        {"what": text, "rate": rates[name]} for name, text in named.items()
    )
    said = columns("what", ("rate", "a simulated year, with 95% interval"))
    return Table("rates", "How often", said, rows)
