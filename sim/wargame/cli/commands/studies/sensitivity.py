"""`wargame sensitivity`: which uncertain numbers the results hang on."""

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
    ScenarioName,
    Seed,
    Settings,
    TheoryName,
    default_folder,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.notes import Notes


def register(app: typer.Typer) -> None:
    """Add sensitivity to an application."""
    app.command("sensitivity")(sensitivity)


def sensitivity(
    scenario: ScenarioName,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="What to look at (repeatable): reached_4 to reached_7, war, incidents, lethal, "
            "crises, agreements, acts.",
        ),
    ] = None,
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
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, help="Turns of a history, not the file's.")
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    jobs: Jobs = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder; results/... unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier analysis.")] = False,
    as_json: AsJson = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    quiet: Quiet = False,
) -> None:
    """Say which uncertain numbers the results hang on: screening, then parts of the variance."""
    from wargame.analysis.estimates.measures import find_measures
    from wargame.analysis.studies.sensitivity import Effort, analyse
    from wargame.engine.workers import workers_for
    from wargame.scenario import canonical, loader
    from wargame.scenario.horizon import with_turns
    from wargame.show.studies import sensitivity_tables as texts
    from wargame.store.files import as_json as to_json
    from wargame.store.folder import claim
    from wargame.store.manifest import circumstances

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet)
    workers, drawn = read_jobs(jobs), read_seed(seed)
    measures = find_measures(measure or ())
    spec = loader.load(scenario, read_settings(params, settings), theory)
    if turns is not None:
        spec, dropped = with_turns(spec, turns)
        notes.left_out(dropped, turns)
    digest = canonical.digest(spec)
    folder = out or default_folder(f"sensitivity-{Path(scenario).stem}", digest, started)
    with claim(folder, "sensitivity", replace=force) as place:
        notes.put_right(place.note)
        if seed == "random":
            notes.say(f"seed {drawn}")
        effort = Effort(trajectories, keep, base, runs)
        with notes.progress("simulating") as on_progress:
            found = analyse(
                spec,
                measures,
                effort,
                drawn,
                only=only or (),
                jobs=workers or workers_for(base * (keep + 2) * runs, spec.turns),
                on_progress=on_progress,
            )
        text = to_json(texts.document(found))
        place.save(
            {
                "scenario.yaml": canonical.dump(spec),
                "sensitivity.csv": texts.to_csv(found),
                "sensitivity.json": text,
            },
            {
                "digest": digest,
                "seed": drawn,
                **circumstances(["wargame", *sys.argv[1:]], started),
            },
        )
        if as_json:
            typer.echo(text, nl=False)
        else:
            from wargame.cli.terminal.layout import emit_sections

            emit_sections(*texts.overview(found))
        if plots:
            with notes.drawing("the same command with --force", spec):
                from wargame.show.figure.canvas import draw_all
                from wargame.show.studies.sensitivity_plots import sensitivity_figures

                place.add(lambda made: draw_all(sensitivity_figures(found), made / "figures"))
    notes.say(f"folder: {folder}")
