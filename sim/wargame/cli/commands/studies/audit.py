"""`wargame audit`: proves that a scenario is alive, or says what in it is not."""

from __future__ import annotations

from typing import Annotated

import typer

from wargame.cli.commands.studies.frame import study
from wargame.cli.options import MOST, Options, ScenarioName, TheoryName, with_options

FAILED = 4


def register(app: typer.Typer) -> None:
    """Add audit to an application."""
    app.command("audit")(with_options(audit))


def audit(
    scenario: ScenarioName,
    options: Options,
    theory: TheoryName = None,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=100, help="Histories at each end of each number.")
    ] = 1000,
    reach: Annotated[
        int,
        typer.Option(
            "--reach",
            min=100,
            max=MOST,
            help="Histories in which every action should come about.",
        ),
    ] = 10_000,
    every: Annotated[bool, typer.Option("--all", help="List the numbers that move, too.")] = False,
) -> None:
    """Audit a scenario: every action comes about, every number matters. Exit code 4 if not."""
    from wargame.analysis.studies.audit.audit import audit as examine
    from wargame.scenario.paths import parameters_of
    from wargame.show.studies.audit import present

    with study("audit", options) as desk:
        spec = desk.load(scenario, theory)
        if options.out is not None:
            desk.claim("audit", spec)
        with desk.simulating(2 * len(parameters_of(spec)) * runs, spec.turns) as how:
            found = examine(spec, runs, desk.seed, reach_runs=reach, **how)
        desk.publish(present(found, every))
    if not found.passed:
        raise typer.Exit(FAILED)
