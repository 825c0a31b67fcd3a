"""`wargame forecast-sheet` and `wargame score`: what students expect, and how it fared."""

from __future__ import annotations

import datetime
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.commands.teaching.frame import (
    Desk,
    ReplaceFile,
    form_of,
    results_of,
    write_page,
)
from wargame.cli.options import (
    AsJson,
    Drops,
    ParameterFile,
    Quiet,
    ScenarioName,
    Settings,
    TheoryName,
)
from wargame.cli.terminal.notes import Notes

_ENDINGS = {".csv": "csv", ".html": "html", ".txt": "text"}


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
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    force: ReplaceFile = False,
) -> None:
    """Print a sheet on which students state the chance of each outcome before the run."""
    from wargame.classroom.forecasts import sheet
    from wargame.store.files import check_file

    spec = Desk(Notes()).load(scenario, theory, params, settings, drops)
    form = "text" if out is None else form_of(out, _ENDINGS, ".csv, .html or .txt.")
    if out is not None:
        check_file(out, force)
    if form == "csv":
        text = sheet.sheet_csv(spec, students)
    else:
        text = sheet.sheet_html(spec) if form == "html" else sheet.sheet_text(spec)
    write_page(text, out, force=force)


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
    from wargame.store.files import plain
    from wargame.store.manifest import circumstances

    started = datetime.datetime.now(datetime.UTC)
    desk = Desk(Notes(quiet), as_json)
    with nullcontext() if out is None else desk.claim(out, "forecasts", force=force) as place:
        results = results_of(folder)
        roll = read_class(forecasts, asked(results.scenario))
        scored = score_class(roll.forecasts, results, run)
        document = score_document(scored, roll.notes)
        for note in roll.notes:
            desk.notes.say(f"note: {note}")
        if place is not None:
            place.save(
                {"scores.csv": tables.scores_csv(scored), "scores.json": to_json(document)},
                {
                    "digest": document["digest"],
                    "seed": results.seed,
                    **circumstances(["wargame", *sys.argv[1:]], started),
                },
            )
        desk.show(plain(document), *tables.score_tables(scored))
        if place is not None and plots:
            with desk.notes.drawing("the same command with --force", results.scenario):
                from wargame.classroom.forecasts.figures import score_figures
                from wargame.show.figure.files import draw_all

                place.add(lambda made: draw_all(score_figures(scored), made / "figures"))
    if out is not None:
        desk.notes.say(f"folder: {out}")
