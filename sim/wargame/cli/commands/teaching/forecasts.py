"""`wargame forecast-sheet` and `wargame score`: what students expect, and how it fared."""

from __future__ import annotations

import datetime
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import (
    AsJson,
    ParameterFile,
    Quiet,
    ScenarioName,
    Settings,
    TheoryName,
    open_run,
    read_settings,
)
from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add forecast-sheet and score to an application."""
    app.command("forecast-sheet")(forecast_sheet)
    app.command("score")(score)


def forecast_sheet(
    scenario: ScenarioName,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="sheet.csv, a row a student to type into; sheet.html, a page to print; else text.",
        ),
    ] = None,
    students: Annotated[
        int, typer.Option("--students", min=1, max=5000, help="Empty rows of the CSV sheet.")
    ] = 30,
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Print a sheet on which students state the chance of each outcome before the run."""
    from wargame.classroom.forecasts import sheet
    from wargame.scenario import loader
    from wargame.store.files import check_file, write_file

    spec = loader.load(scenario, read_settings(params, settings), theory)
    if out is None:
        typer.echo(sheet.sheet_text(spec), nl=False)
        return
    ending = out.suffix.lower()
    if ending not in (".csv", ".html", ".txt"):
        raise UsageError(f"--out: '{out}' ends in no known form. Use .csv, .html or .txt.")
    check_file(out, force)
    if ending == ".csv":
        text = sheet.sheet_csv(spec, students)
    elif ending == ".html":
        text = sheet.sheet_html(spec)
    else:
        text = sheet.sheet_text(spec)
    write_file(out, text, replace=force)
    typer.echo(str(out))


def score(
    forecasts: Annotated[
        Path, typer.Argument(metavar="CLASS.CSV", help="A filled-in sheet, a row a student.")
    ],
    folder: Annotated[
        Path, typer.Option("--results", metavar="DIR", help="The run folder to score against.")
    ],
    run: Annotated[
        int | None,
        typer.Option(
            "--run", min=0, metavar="K", help="Only history K came to pass; all unless given."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Folder for scores and figures; none unless given."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier scores.")] = False,
    as_json: AsJson = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    quiet: Quiet = False,
) -> None:
    """Score the forecasts of a class against a run, beside the model and the base rate."""
    from wargame.classroom.forecasts import tables
    from wargame.classroom.forecasts.roster import asked, read_class
    from wargame.classroom.forecasts.score_document import score_document
    from wargame.classroom.forecasts.scores import score_class
    from wargame.store.files import as_json as to_json
    from wargame.store.folder import claim
    from wargame.store.manifest import circumstances

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet)
    with nullcontext() if out is None else claim(out, "forecasts", replace=force) as place:
        results = open_run(folder).results
        roll = read_class(forecasts, asked(results.scenario))
        scored = score_class(roll.forecasts, results, run)
        document = score_document(scored, roll.notes)
        for note in roll.notes:
            notes.say(f"note: {note}")
        if place is not None:
            notes.put_right(place.note)
            place.save(
                {"scores.csv": tables.scores_csv(scored), "scores.json": to_json(document)},
                {
                    "digest": document["digest"],
                    "seed": results.seed,
                    **circumstances(["wargame", *sys.argv[1:]], started),
                },
            )
        if as_json:
            typer.echo(to_json(document), nl=False)
        else:
            from wargame.cli.terminal.layout import emit_tables

            emit_tables(*tables.score_tables(scored))
        if place is not None and plots:
            with notes.drawing("the same command with --force", results.scenario):
                from wargame.classroom.forecasts.figures import score_figures
                from wargame.show.figure.files import draw_all

                place.add(lambda made: draw_all(score_figures(scored), made / "figures"))
    if out is not None:
        notes.say(f"folder: {out}")
