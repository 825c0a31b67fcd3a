"""`wargame plot` and `wargame report`: figures and report again, from a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import Quiet
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
    quiet: Quiet = False,
) -> None:
    """Draw the figures of a run again."""
    from wargame.show import run_folder
    from wargame.show.figure.canvas import draw_all
    from wargame.show.figure.run_figures import run_figures

    saved = run_folder.load(folder)
    with Notes(quiet).progress("drawing"):
        paths = draw_all(run_figures(saved.results), out or folder / "figures")
    for path in paths:
        typer.echo(str(path))


def report(folder: Folder, quiet: Quiet = False) -> None:
    """Write report.html of a run again, with its figures."""
    from wargame.show import report as pages
    from wargame.show import run_folder
    from wargame.show.figure.canvas import draw_all
    from wargame.show.figure.run_figures import run_figures

    saved = run_folder.load(folder)
    with Notes(quiet).progress("drawing"):
        draw_all(run_figures(saved.results), folder / "figures")
        path = pages.write(saved.results, folder, saved.summary, saved.manifest)
    typer.echo(str(path))
