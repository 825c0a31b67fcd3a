"""Forecast sheets to fill in, and scores: as text, tables, CSV, HTML and plain data."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from wargame.classroom.forecasts.roster import asked
from wargame.classroom.forecasts.scores import Mark, Scored
from wargame.engine.results import NOTE
from wargame.findings import share_of
from wargame.scenario import loader
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.schema import Scenario
from wargame.scenario.section import Section
from wargame.show.page import render_page
from wargame.show.table import guard
from wargame.show.words import capital, percent, span
from wargame.store.manifest import FORMAT


def meaning(outcome: str) -> str:
    """Say what has to happen for an outcome."""
    highest = OUTCOMES[outcome]
    if outcome == next(iter(OUTCOMES)):
        return f"no act above rung {highest}: words, threats, displays of force at most"
    return f"the worst is rung {highest}: {RUNGS[highest]}"


def sheet_csv(scenario: Scenario, students: int) -> str:
    """Return an empty table for a class: a row a student, a column an outcome, in percent."""
    outcomes = asked(scenario)
    rows: list[Sequence[str]] = [("student", *outcomes)]
    rows += [("", *[""] * len(outcomes))] * students
    return _csv(rows)


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


def scores_csv(scored: Scored) -> str:
    """Return the scores as a table: the students, then what they are held against."""
    rows: list[Sequence[Any]] = [
        ("who", "brier", "brier_low", "brier_high", "rps", "rps_low", "rps_high", "rps_above_best")
    ]
    rows += [
        (guard(mark.name), *map(_number, _numbers(mark)))
        for mark in (*scored.students, *_held_against(scored))
    ]
    return _csv(rows)


def basis(scored: Scored) -> str:
    """Say how many forecasts were scored, and against what."""
    results, number = scored.results, len(scored.students)
    against = (
        f"{results.replications:,} histories, seed {results.seed}"
        if scored.number is None
        else f"history {scored.number} alone"
    )
    forecasts = "forecast" if number == 1 else "forecasts"
    return f"{results.scenario.title}: {number} {forecasts} against {against}"


def _held_against(scored: Scored) -> tuple[Mark, ...]:
    """Return what stands beside the students, in order."""
    return (scored.mean, scored.pooled, scored.model, scored.uniform)


def sections(scored: Scored) -> tuple[str, list[Section]]:
    """Return a title and the tables of a class scored."""
    luck = (
        "no forecast can do better than the model's own shares, the rest is luck."
        if scored.number is None
        else "against a single history luck decides much."
    )
    title = f"{basis(scored)}\nLower is better; 0 is perfect, and {luck}"
    found = [_class_section(scored), _outcome_section(scored), _student_section(scored)]
    if scored.thresholds:
        found.insert(1, _threshold_section(scored))
    return title, found


def _class_section(scored: Scored) -> Section:
    rows = [(mark.name, *_cells(mark, scored)) for mark in _held_against(scored)]
    rated = " and ".join(item.outcome for item in scored.thresholds)
    why = (
        f"No base rate here: the record has rates for {rated} only (next table)."
        if rated
        else "No base rate here: nothing in the record is set beside this scenario."
    )
    headers = ("who", "Brier score", "95% interval", "ranked probability score", "95% interval")
    title = f"Class and model, over all outcomes ({NOTE})\n{why}"
    return Section("class", title, headers, tuple(rows))


def _outcome_section(scored: Scored) -> Section:
    rows = []
    total = scored.results.replications if scored.number is None else 1
    for place, name in enumerate(scored.outcomes):
        given = sorted(float(mark.chances[place]) for mark in scored.students)
        share = share_of(round(float(scored.shares[place]) * total), total)
        came = percent(share.value) if share.count or total == 1 else "none seen"
        rows.append(
            (
                name,
                percent(float(scored.pooled.chances[place])),
                f"{percent(given[0])} to {percent(given[-1])}",
                came,
                span(share.low, share.high) if scored.number is None else "",
            )
        )
    headers = ("outcome", "class mean", "from, to", "came to pass", "95% interval")
    return Section("outcomes", f"What was expected, what came ({NOTE})", headers, tuple(rows))


def _threshold_section(scored: Scored) -> Section:
    rows = tuple(
        (
            f"{item.outcome} or worse",
            *(
                f"{percent(item.chances[who])} ({item.scores[who]:.3f})"
                for who in ("class", "model", "uniform", "record")
            ),
            span(*item.record),
        )
        for item in scored.thresholds
    )
    headers = ("at least", "class mean", "model", "same for each", "base rate", "its 95% interval")
    title = (
        "Class, model, base rate: the chance of what the record has a rate for\n"
        "In brackets the Brier score of that chance, as the answer to a yes-or-no question."
    )
    return Section("thresholds", title, headers, rows)


def _student_section(scored: Scored) -> Section:
    ranked = sorted(scored.students, key=lambda mark: (mark.rps, mark.name))
    rows = tuple((mark.name, *_cells(mark, scored)) for mark in ranked)
    headers = ("student", "Brier score", "95% interval", "ranked probability score", "95% interval")
    title = "Each forecast, the lowest ranked probability score first"
    return Section("students", title, headers, rows)


def _cells(mark: Mark, scored: Scored) -> tuple[str, str, str, str]:
    if scored.number is not None:  # one history: nothing to take an interval over
        return (f"{mark.brier:.3f}", "", f"{mark.rps:.3f}", "")
    return (
        f"{mark.brier:.3f}",
        f"{mark.brier_low:.3f} to {mark.brier_high:.3f}",
        f"{mark.rps:.3f}",
        f"{mark.rps_low:.3f} to {mark.rps_high:.3f}",
    )


def document(scored: Scored, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Return the scores as plain data, with the notes of the roll."""
    results = scored.results
    return {
        "format": FORMAT,
        "scenario": results.scenario.title,
        "digest": loader.digest(results.scenario),
        "seed": results.seed,
        "histories": results.replications,
        "run": scored.number,
        "outcomes": [
            {
                "outcome": name,
                "class": float(scored.pooled.chances[place]),
                "model": float(scored.model.chances[place]),
                "came": float(scored.shares[place]),
            }
            for place, name in enumerate(scored.outcomes)
        ],
        "class": {
            "forecasts": len(scored.students),
            "mean_brier": scored.mean.brier,
            "mean_rps": scored.mean.rps,
        },
        "pooled": _plain(scored.pooled),
        "model": _plain(scored.model),
        "uniform": _plain(scored.uniform),
        "thresholds": [
            {
                "outcome": item.outcome,
                "came": item.happened,
                "chances": item.chances,
                "brier": item.scores,
                "record_interval": list(item.record),
            }
            for item in scored.thresholds
        ],
        "students": [_plain(mark) for mark in scored.students],
        "notes": list(notes),
        "note": NOTE,
    }


def _plain(mark: Mark) -> dict[str, Any]:
    names = ("brier", "brier_low", "brier_high", "rps", "rps_low", "rps_high", "rps_above_best")
    return {"name": mark.name, **dict(zip(names, _numbers(mark), strict=True))}


def _numbers(mark: Mark) -> tuple[float, ...]:
    return (
        mark.brier,
        mark.brier_low,
        mark.brier_high,
        mark.rps,
        mark.rps_low,
        mark.rps_high,
        mark.gap,
    )


def _number(value: float) -> str:
    return f"{value:.10g}"


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
