"""`wargame compare`: variants of a scenario side by side, on the same draws."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import (
    AsJson,
    Jobs,
    ParameterFile,
    Quiet,
    Seed,
    Settings,
    Uncertainty,
    default_folder,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.notes import Notes


def register(app: typer.Typer) -> None:
    """Add compare to an application."""
    app.command("compare")(compare)


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...", help="Files or shipped names; the first is the baseline."
        ),
    ],
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
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, help="Turns of a history, not the files'.")
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    uncertainty: Uncertainty = False,
    jobs: Jobs = "auto",
    acts: Annotated[
        int,
        typer.Option(
            "--acts", min=1, help="Look for partings and other scales in this many histories."
        ),
    ] = 10_000,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder; results/... unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier comparison.")] = False,
    as_json: AsJson = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    quiet: Quiet = False,
) -> None:
    """Compare scenarios, theories or values: differences with intervals, on the same draws."""
    from wargame.analysis.designs.variants import gather, run_all, shorten_all
    from wargame.analysis.studies.compare import compare as hold
    from wargame.engine.workers import workers_for
    from wargame.scenario import canonical
    from wargame.show.studies.comparison_records import save_comparison
    from wargame.store.folder import claim

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet)
    workers, drawn = read_jobs(jobs), read_seed(seed)
    members = gather(scenarios, theories or (), variants or (), read_settings(params, settings))
    if turns is not None:
        members, dropped = shorten_all(members, turns)
        notes.left_out(dropped, turns)
    if seed == "random":
        notes.say(f"seed {drawn}")
    name = f"compare-{Path(scenarios[0]).stem}"
    folder = out or default_folder(name, canonical.digest(members[0].scenario), started)
    with claim(folder, "comparison", replace=force) as place:
        notes.put_right(place.note)
        longest = max(member.scenario.turns for member in members)
        with notes.progress("simulating") as on_progress:
            results = run_all(
                members,
                runs,
                drawn,
                uncertainty=uncertainty,
                jobs=workers or workers_for(runs, longest),
                acts_kept=acts,
                on_progress=on_progress,
            )
        comparison = hold(members, results)
        command = ["wargame", *sys.argv[1:]]
        save_comparison(comparison, place, command=command, started=started)
        if as_json:
            typer.echo((folder / "comparison.json").read_text(encoding="utf-8"), nl=False)
        else:
            from wargame.cli.terminal.layout import emit_sections
            from wargame.show.studies.comparison_tables import overview

            emit_sections(*overview(comparison))
        if plots:
            with notes.drawing(
                "the same command with --force", *(made.scenario for made, _ in comparison.members)
            ):
                from wargame.show.figure.canvas import draw_all
                from wargame.show.studies.comparison_plots import comparison_figures

                place.add(lambda made: draw_all(comparison_figures(comparison), made / "figures"))
    notes.say(f"folder: {folder}")
