"""`wargame sweep`: measures as values of a scenario move over a design."""

from __future__ import annotations

import datetime
import sys
from enum import StrEnum
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
    Uncertainty,
    default_folder,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.notes import Notes


class Design(StrEnum):
    """How points are laid."""

    grid = "grid"
    lhs = "lhs"


def register(app: typer.Typer) -> None:
    """Add sweep to an application."""
    app.command("sweep")(sweep)


def sweep(
    scenario: ScenarioName,
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
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=1, help="How many histories at each point.")
    ] = 1000,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="What to look at (repeatable): reached_4 to reached_7, war, incidents, lethal, "
            "crises, agreements, acts.",
        ),
    ] = None,
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, help="Turns of a history, not the file's.")
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    uncertainty: Uncertainty = False,
    jobs: Jobs = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder; results/... unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier sweep.")] = False,
    as_json: AsJson = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    quiet: Quiet = False,
) -> None:
    """Sweep values over a grid, a list or a Latin hypercube, all points on the same draws."""
    from wargame.analysis.designs.axes import plan, read_axis
    from wargame.analysis.estimates.measures import find_measures
    from wargame.analysis.studies import sweep as sweeps
    from wargame.engine.workers import workers_for
    from wargame.scenario import canonical
    from wargame.scenario.horizon import with_turns
    from wargame.scenario.schema import Scenario
    from wargame.show.studies import sweep_tables as texts
    from wargame.store.files import as_json as to_json
    from wargame.store.folder import claim
    from wargame.store.manifest import circumstances

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet)
    workers, drawn = read_jobs(jobs), read_seed(seed)
    measures = find_measures(measure or ())

    def alter(loaded: Scenario) -> Scenario:
        return loaded if turns is None else with_turns(loaded, turns)[0]

    base = sweeps.Base(scenario, tuple(read_settings(params, settings)), theory)
    spec = alter(base.load())
    axes = [read_axis(text, spec) for text in over or ()]
    size = len(next(iter(plan(axes, design.value, points, drawn).values())))
    folder = out or default_folder(f"sweep-{Path(scenario).stem}", canonical.digest(spec), started)
    with claim(folder, "sweep", replace=force) as place:
        notes.put_right(place.note)
        if seed == "random":
            notes.say(f"seed {drawn}")
        with notes.progress("simulating") as on_progress:
            found = sweeps.run(
                base,
                axes,
                measures,
                runs,
                drawn,
                design=design.value,
                points=points,
                uncertainty=uncertainty,
                jobs=workers or workers_for(size * runs, spec.turns),
                alter=alter,
                on_progress=on_progress,
            )
        text = to_json(texts.document(found))
        place.save(
            {
                "scenario.yaml": canonical.dump(spec),
                "sweep.csv": texts.to_csv(found),
                "sweep.json": text,
            },
            {
                "digest": canonical.digest(spec),
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
                from wargame.show.studies.sweep_plots import sweep_figures

                place.add(lambda made: draw_all(sweep_figures(found), made / "figures"))
    notes.say(f"folder: {folder}")
