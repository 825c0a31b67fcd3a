"""`wargame hindcast`: the model held against the historical record."""

from __future__ import annotations

from typing import Annotated

import typer

from wargame.cli.commands.studies.frame import study
from wargame.cli.options import Options, TheoryName, with_options


def register(app: typer.Typer) -> None:
    """Add the hindcast command to an application."""
    app.command("hindcast")(with_options(hindcast))


def hindcast(
    options: Options,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=20, help="Histories of each period.")
    ] = 2000,
    theory: TheoryName = None,
) -> None:
    """Hold the model against the record: its patterns, a hold-out, and scores against a null."""
    from wargame.analysis.record import hindcast as analysis
    from wargame.show.studies.hindcast import present

    with study("hindcast", options) as desk:
        spec = desk.load(analysis.PERIODS["patterns"], theory)
        if options.out is not None:
            desk.claim("hindcast", spec)
        with desk.simulating(runs, 10_000_000) as how:  # workers pay: turns are many
            found = analysis.hindcast(runs, desk.seed, settings=desk.settings, theory=theory, **how)
        desk.publish(present(found))
