"""`wargame odds`: the futures of a moment, or of every turn of a history."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.commands.teaching.frame import Desk, ReplaceFigures, results_of
from wargame.cli.options import AsJson, Quiet
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.screen import fit
from wargame.errors import UsageError

if TYPE_CHECKING:
    from wargame.classroom.futures.moment import Moment
    from wargame.engine.results import Results
    from wargame.show.figure.files import Figures

RUN = typer.Option("--run", metavar="K", help="The number of a history; 0 is the first.")
TURN = typer.Option("--turn", metavar="T", help="From the start of this turn; 1 is the first.")


def register(app: typer.Typer) -> None:
    """Add odds to an application."""
    app.command("odds")(odds)


def odds(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR|GAME", help="A run folder, or a saved game.")
    ],
    run: Annotated[int | None, RUN] = None,
    turn: Annotated[int | None, TURN] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="At every turn, with the decisive turns and a figure.")
    ] = False,
    futures: Annotated[
        int | None,
        typer.Option("--futures", "-n", help="How many; 2,000, or 1,000 a turn with --curve."),
    ] = None,
    every: Annotated[
        int | None,
        typer.Option(
            "--every",
            metavar="TURNS",
            help="With --curve, only every so many turns; of long histories some unless given.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="A folder for the figure; DIR/figures unless given."),
    ] = None,
    force: ReplaceFigures = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw the figure.")] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show how a history may go on from a turn, or how its odds ran over time.

    Of a saved game the start of the turn about to be played is meant, unless --turn names another.
    """
    from wargame.classroom.futures.moment import moment_of

    desk = Desk(Notes(quiet), as_json)
    if folder.is_file():
        if run is not None or curve:
            raise UsageError(
                f"{folder} is a file, so a saved game is meant: --run and --curve are for run "
                "folders. The debrief of a game names its decisive turns."
            )
        _show_odds(moment_of_game(folder, turn), futures, desk)
        return
    results = results_of(folder)
    run, turn = _which(folder, run, turn, curve)
    if turn is not None:
        if every is not None:
            raise UsageError("--every is for --curve. Leave out one of --every and --turn.")
        _show_odds(moment_of(results, run, turn), futures, desk)
        return
    figures = _show_curve(results, run, 1000 if futures is None else futures, every, desk)
    if plots:
        desk.draw(figures, results, folder, out, force=force)


def _which(folder: Path, run: int | None, turn: int | None, curve: bool) -> tuple[int, int | None]:
    """Return which history and turn are meant; no turn for a curve.

    Raises
    ------
    UsageError
        For all that is missing, at once.
    """
    if turn is not None and curve:
        raise UsageError("--turn is one moment, --curve all of them. Leave out one of the two.")
    missing = []
    if run is None:
        missing.append("say which history of the run: --run K, 0 is the first")
    if turn is None and not curve:
        missing.append("say from where: --turn T for one moment, or --curve for all of them")
    if run is None or missing:
        number, where = run or 0, "--curve" if curve else f"--turn {turn or 10}"
        example = f"wargame odds {folder} --run {number} {where}"
        raise UsageError(f"{'; '.join(missing)}. For example: {example}")
    return run, turn


def _show_odds(moment: Moment, futures: int | None, desk: Desk) -> None:
    from wargame.classroom.futures import odds_tables
    from wargame.classroom.futures.odds import odds_at

    number = 2000 if futures is None else futures
    with desk.playing(number, moment.scenario.turns) as on_progress:
        found = odds_at(moment, number, on_progress)
    desk.show(odds_tables.odds_document(found), *odds_tables.odds_tables(found))


def _show_curve(results: Results, run: int, futures: int, every: int | None, desk: Desk) -> Figures:
    """Show the odds over a history; return its figure."""
    from wargame.classroom.futures import curve_document, curve_tables
    from wargame.classroom.futures.curve import follow
    from wargame.classroom.futures.odds_figures import curve_figures
    from wargame.classroom.history.history import relive

    with desk.notes.progress("turn by turn") as on_progress:
        course = follow(results, run, futures, on_progress, every)
    if every is None and course.every > 1:
        desk.notes.say(
            f"note: the history is long, so its odds are those of every {course.every} turns; "
            "--every 1 gives all of them, and takes as much longer"
        )
    history = relive(results, run)
    of = (course, history.scenario, history.results)
    desk.show(curve_document.curve_document(*of), *curve_tables.curve_tables(*of))
    if not desk.as_json:
        typer.echo("\n" + textwrap.fill(curve_tables.curve_note(course), fit(100)))
    return curve_figures(course, results, history.results)


def moment_of_game(path: Path, turn: int | None) -> Moment:
    """Return the start of a turn in a saved game.

    Raises
    ------
    RecordError
        When the file is no game.
    UsageError
        When the game has not come so far, or is over.
    """
    from wargame.classroom.play import log as gamelog

    with gamelog.GameLog.open(path) as log:
        return gamelog.fold(log).game.moment(turn)
