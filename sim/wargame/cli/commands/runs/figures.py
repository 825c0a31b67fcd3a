"""`wargame plot` and `wargame report`: figures and report again, from a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import Quiet, open_run
from wargame.cli.terminal.notes import Notes

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")]


def register(app: typer.Typer) -> None:
    """Add plot and report to an application."""
    app.command("plot")(plot)
    app.command("report")(report)


def plot(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where; DIR/figures unless given.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace figures that are in --out.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Draw the figures of a run again."""
    from wargame.show.figure.files import draw_all
    from wargame.show.figure.run.figures import run_figures
    from wargame.show.run import run_folder
    from wargame.store.folder import reopen

    notes = Notes(quiet)
    saved = open_run(folder)
    notes.boxes(saved.results.scenario)
    with reopen(folder) if out is None else reopen(out, "figures") as place:
        notes.put_right(place.note)
        with notes.progress("drawing"):
            if out is None:
                paths = run_folder.illustrate(place, saved.results, report=False)
            else:
                paths = place.add(
                    lambda made: draw_all(run_figures(saved.results), made), replace=force
                )
    for path in paths:
        typer.echo(str(path))


def report(folder: Folder, quiet: Quiet = False) -> None:
    """Write report.html of a run again, with its figures."""
    from wargame.show.run import run_folder
    from wargame.store.folder import reopen

    notes = Notes(quiet)
    saved = open_run(folder)
    notes.boxes(saved.results.scenario)
    with reopen(folder) as place, notes.progress("drawing"):
        run_folder.illustrate(place, saved.results)
    typer.echo(str(folder / "report.html"))
