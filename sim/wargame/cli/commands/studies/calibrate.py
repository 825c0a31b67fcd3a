"""`wargame calibrate`: which parameters leave the patterns of the record."""

from __future__ import annotations

from typing import Annotated

import typer

from wargame.cli.commands.studies.frame import study
from wargame.cli.options import Options, TheoryName, with_options
from wargame.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the calibrate command to an application."""
    app.command("calibrate")(with_options(calibrate))


def calibrate(
    options: Options,
    scenario: Annotated[
        str, typer.Argument(help="A history scenario: a file or a shipped name.")
    ] = "history_1993_2010",
    draws: Annotated[
        int, typer.Option("--draws", min=200, help="Histories, each with its own parameters.")
    ] = 100_000,
    patterns: Annotated[
        str, typer.Option("--patterns", help="Which to fit: of P1, P2, P3, P4, P6, P7, P8.")
    ] = "P1,P2,P3,P4,P6,P7",
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=100, help="Draws kept; one in a hundred unless given."),
    ] = None,
    theory: TheoryName = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up an interrupted calibration of the same --out.")
    ] = False,
) -> None:
    """Find the parameters that leave the patterns of the record (approximate Bayesian)."""
    from wargame.analysis.record import calibration
    from wargame.analysis.record.draws import simulate_draws
    from wargame.show.studies.calibration import present

    if resume and options.out is None:
        raise UsageError("there is no folder to take up. Name it with «out».", field="resume")
    with study("calibration", options) as desk:
        wanted = [word.strip() for word in patterns.split(",") if word.strip()]
        calibration.observed(wanted)  # a wrong name is told before the long part
        spec = desk.load(scenario, theory)
        calibration.check_length(spec, wanted)
        place = desk.claim("calibrate", spec)
        with desk.notes.keeping(place), desk.simulating(draws, spec.turns) as how:
            found = simulate_draws(spec, draws, desk.seed, place, resume=resume, **how)
        posterior = calibration.calibrate(spec, found, wanted, keep or max(100, draws // 100))
        desk.publish(present(posterior, spec, desk.seed))
