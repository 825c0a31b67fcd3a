"""`wargame sensitivity`: which uncertain numbers the results hang on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.commands.studies.frame import study
from wargame.cli.options import (
    Measures,
    Options,
    ScenarioName,
    TheoryName,
    Turns,
    with_options,
)


def register(app: typer.Typer) -> None:
    """Add sensitivity to an application."""
    app.command("sensitivity")(with_options(sensitivity))


def sensitivity(
    scenario: ScenarioName,
    options: Options,
    measure: Measures = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="PATH", help="Only the numbers there, as actors.PRK (repeatable)."
        ),
    ] = None,
    runs: Annotated[
        int,
        typer.Option("--runs", "-n", min=10, help="Histories at each point, a multiple of ten."),
    ] = 100,
    trajectories: Annotated[
        int, typer.Option("--trajectories", min=2, help="Of the screening.")
    ] = 30,
    keep: Annotated[int, typer.Option("--keep", min=1, help="Numbers to look at closely.")] = 10,
    base: Annotated[
        int,
        typer.Option(
            "--base", min=16, help="Points of each sample behind the indices: 16, 32, ..."
        ),
    ] = 512,
    turns: Turns = None,
    theory: TheoryName = None,
) -> None:
    """Say which uncertain numbers the results hang on: screening, then parts of the variance."""
    from wargame.analysis.estimates.measures import find_measures
    from wargame.analysis.studies.sensitivity import Effort, analyse
    from wargame.show.studies.sensitivity import present

    with study("sensitivity", options) as desk:
        measures = find_measures(measure or ())
        spec = desk.load(scenario, theory, turns)
        desk.claim(f"sensitivity-{Path(scenario).stem}", spec)
        effort = Effort(trajectories, keep, base, runs)
        with desk.simulating(base * (keep + 2) * runs, spec.turns) as how:
            found = analyse(spec, measures, effort, desk.seed, only=only or (), **how)
        desk.publish(present(found))
