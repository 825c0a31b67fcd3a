"""`wargame sweep`: measures as values of a scenario move over a design."""

from __future__ import annotations

from enum import StrEnum
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
    Uncertainty,
    with_options,
)


class Design(StrEnum):
    """How points are laid."""

    grid = "grid"
    lhs = "lhs"


def register(app: typer.Typer) -> None:
    """Add sweep to an application."""
    app.command("sweep")(with_options(sweep))


def sweep(
    scenario: ScenarioName,
    options: Options,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="PATH=VALUES",
            help="What moves: PATH=LOW:HIGH:NUMBER, PATH=A,B,C, or a PATH with a declared range "
            "(repeatable).",
        ),
    ] = None,
    design: Annotated[
        Design,
        typer.Option("--design", help="Every combination, or a Latin hypercube over the ranges."),
    ] = Design.grid,
    points: Annotated[
        int, typer.Option("--points", min=1, help="Points of a Latin hypercube.")
    ] = 200,
    measure: Measures = None,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=1, help="Histories at each point.")
    ] = 1000,
    turns: Turns = None,
    uncertainty: Uncertainty = False,
    theory: TheoryName = None,
) -> None:
    """Sweep values over a grid, a list or a Latin hypercube, all points on the same draws."""
    from wargame.analysis.designs.axes import read_axis
    from wargame.analysis.designs.design_matrix import plan
    from wargame.analysis.estimates.measures import find_measures
    from wargame.analysis.studies import sweep as sweeps
    from wargame.scenario.horizon import with_turns
    from wargame.scenario.schema import Scenario
    from wargame.show.studies.sweep import present

    def alter(loaded: Scenario) -> Scenario:
        return loaded if turns is None else with_turns(loaded, turns)[0]

    with study("sweep", options) as desk:
        measures = find_measures(measure or ())
        spec = desk.load(scenario, theory, turns)
        axes = [read_axis(text, spec) for text in over or ()]
        size = len(next(iter(plan(axes, design.value, points, desk.seed).values())))
        desk.claim(f"sweep-{Path(scenario).stem}", spec)
        with desk.simulating(size * runs, spec.turns) as how:
            found = sweeps.run(
                sweeps.Base(scenario, tuple(desk.settings), theory),
                axes,
                measures,
                runs,
                desk.seed,
                design=design.value,
                points=points,
                uncertainty=uncertainty,
                alter=alter,
                **how,
            )
        desk.publish(present(found))
