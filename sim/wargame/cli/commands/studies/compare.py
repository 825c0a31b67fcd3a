"""`wargame compare`: variants of a scenario side by side, on the same draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.commands.studies.frame import study
from wargame.cli.options import Options, Turns, Uncertainty, with_options


def register(app: typer.Typer) -> None:
    """Add compare to an application."""
    app.command("compare")(with_options(compare))


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...", help="Files or shipped names; the first is the baseline."
        ),
    ],
    options: Options,
    theories: Annotated[
        list[str] | None,
        typer.Option(
            "--theory",
            metavar="NAME",
            help="The first scenario under a theory (repeatable); see `wargame theories`.",
        ),
    ] = None,
    variants: Annotated[
        list[str] | None,
        typer.Option(
            "--variant",
            metavar="NAME[:PATH=VALUE,...]",
            help="The first scenario with other values, or a variant its file declares "
            "(repeatable). With nothing else to compare: all that the file declares.",
        ),
    ] = None,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=1, help="How many histories of each.")
    ] = 10_000,
    turns: Turns = None,
    uncertainty: Uncertainty = False,
    acts: Annotated[
        int,
        typer.Option(
            "--acts", min=1, help="Look for partings and other scales in this many histories."
        ),
    ] = 10_000,
) -> None:
    """Compare scenarios, theories or values: differences with intervals, on the same draws."""
    from wargame.analysis.designs.common_draws import run_all, shorten_all
    from wargame.analysis.designs.variants import gather
    from wargame.analysis.studies.compare import compare as hold
    from wargame.show.studies.comparison import present

    with study("comparison", options) as desk:
        members = gather(scenarios, theories or (), variants or (), desk.settings)
        if turns is not None:
            members, dropped = shorten_all(members, turns)
            desk.notes.left_out(dropped, turns)
        desk.scenarios = [member.scenario for member in members]
        desk.claim(f"compare-{Path(scenarios[0]).stem}", members[0].scenario)
        longest = max(spec.turns for spec in desk.scenarios)
        with desk.simulating(runs, longest) as how:
            results = run_all(
                members, runs, desk.seed, uncertainty=uncertainty, acts_kept=acts, **how
            )
        desk.publish(present(hold(members, results)))
