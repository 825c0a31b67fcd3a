"""`wargame plot` and `wargame report`: figures and report again, from a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.notes import Notes
from wargame.cli.options import Quiet

__all__ = ["plot", "register", "report"]

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
    from wargame.analysis import plots, records

    saved = records.load(folder)
    with Notes(quiet).progress("drawing"):
        paths = plots.draw_all(saved.results, out or folder / "figures")
    for path in paths:
        typer.echo(str(path))


def report(folder: Folder, quiet: Quiet = False) -> None:
    """Write report.html of a run again, with its figures."""
    from wargame.analysis import plots, records
    from wargame.analysis import report as pages

    saved = records.load(folder)
    with Notes(quiet).progress("drawing"):
        plots.draw_all(saved.results, folder / "figures")
        path = pages.write(saved.results, folder, saved.summary, saved.manifest)
    typer.echo(str(path))
