"""Forecast sheets to fill in: a table for a class, a page or a text for one student."""

from __future__ import annotations

import textwrap

from wargame.classroom.forecasts.roster import asked
from wargame.engine.results import NOTE
from wargame.findings import Table, columns
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.schema import Scenario
from wargame.show.page import render_page
from wargame.show.table import to_csv
from wargame.show.words import capital


def meaning(outcome: str) -> str:
    """Say what has to happen for an outcome."""
    highest = OUTCOMES[outcome]
    if outcome == next(iter(OUTCOMES)):
        return f"no act above rung {highest}: words, threats, displays of force at most"
    return f"the worst is rung {highest}: {RUNGS[highest]}"


def sheet_csv(scenario: Scenario, students: int) -> str:
    """Return an empty table for a class: a row a student, a column an outcome, in percent."""
    seen = columns("student", *asked(scenario))
    return to_csv(Table.of("sheet", "", seen, [("",) * len(seen)] * students))


def sheet_text(scenario: Scenario) -> str:
    """Return a sheet for one student as plain text."""
    outcomes = asked(scenario)
    width = max(map(len, outcomes))
    lines = [
        f"Forecast sheet: {scenario.title}",
        "",
        *(
            line
            for text in (scenario.summary.strip(), *_brief(scenario))
            for line in (*textwrap.wrap(text, 88), "")
        ),
        *(f"  {name.ljust(width)}  ____ %   {meaning(name)}" for name in outcomes),
        f"  {'together'.ljust(width)}   100 %",
        "",
        "Name: ______________________",
        "",
        f"What comes out of the simulation is a {NOTE}.",
    ]
    return "\n".join(lines) + "\n"


def sheet_html(scenario: Scenario) -> str:
    """Return a sheet for one student as a page to print."""
    return render_page(
        "forecast_sheet.html.j2",
        scenario=scenario,
        brief=_brief(scenario),
        outcomes=[(name, meaning(name)) for name in asked(scenario)],
        note=NOTE,
    )


def _brief(scenario: Scenario) -> list[str]:
    """Say in three paragraphs what is asked, in what unit, and what a rung is."""
    rungs: dict[str, list[str]] = {name: [] for name in asked(scenario)}
    for rung in range(1, OUTCOMES[list(rungs)[-1]] + 1):
        name = next(name for name in rungs if rung <= OUTCOMES[name])
        rungs[name].append(f"{rung} {RUNGS[rung]}")
    ladder = "; ".join(f"{name}: {', '.join(steps)}" for name, steps in rungs.items())
    return [
        f"The scenario starts on {scenario.start.isoformat()} and lasts {scenario.turns} turns of "
        f"{scenario.turn_days} days. It is simulated many times; each history counts under the "
        "worst that happens in it.",
        "In what share of the simulated histories does each outcome come? Write percent; together "
        "they make 100. What happens under the scenario's assumptions is asked, not what will "
        "happen in the world.",
        f"A rung is a step on a ladder of severity. {capital(ladder)}.",
    ]
