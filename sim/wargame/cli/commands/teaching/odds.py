"""`wargame odds` and `wargame whatif`: the futures of a moment, and of another decision."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.commands.teaching.replay import FOLDER, Force, draw_into
from wargame.cli.options import AsJson, Quiet, open_run
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.screen import fit
from wargame.errors import UsageError

if TYPE_CHECKING:
    from wargame.classroom.futures.moment import Moment
    from wargame.classroom.futures.odds import Odds
    from wargame.engine.results import Results
    from wargame.show.figure.files import Figures

RUN = typer.Option("--run", metavar="K", help="The number of a history; 0 is the first.")
TURN = typer.Option("--turn", metavar="T", help="From the start of this turn; 1 is the first.")

_LONG = 500_000
"""Futures times turns from which on a bar shows that something goes on."""


def register(app: typer.Typer) -> None:
    """Add odds and whatif to an application."""
    app.command("odds")(odds)
    app.command("whatif")(whatif)


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
    force: Force = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw the figure.")] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show how a history may go on from a turn, or how its odds ran over time.

    Of a saved game the start of the turn about to be played is meant, unless --turn names another.
    """
    from wargame.classroom.futures.moment import moment_of

    notes = Notes(quiet)
    if folder.is_file():
        if run is not None or curve:
            raise UsageError(
                f"{folder} is a file, so a saved game is meant: --run and --curve are for run "
                "folders. The debrief of a game names its decisive turns."
            )
        _show(_odds_at(moment_of_game(folder, turn), futures, notes), as_json)
        return
    results = open_run(folder).results
    run, turn = _which(folder, run, turn, curve)
    if turn is not None:
        if every is not None:
            raise UsageError("--every is for --curve. Leave out one of --every and --turn.")
        _show(_odds_at(moment_of(results, run, turn), futures, notes), as_json)
        return
    figures = _show_curve(results, run, 1000 if futures is None else futures, every, as_json, notes)
    if plots:
        draw_into(folder, out, force, figures, results.scenario, notes)


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


def _odds_at(moment: Moment, futures: int | None, notes: Notes) -> Odds:
    from wargame.classroom.futures.odds import odds_at

    number = 2000 if futures is None else futures
    with _bar(notes, number * moment.scenario.turns) as on_progress:
        return odds_at(moment, number, on_progress)


@contextmanager
def _bar(notes: Notes, work: int) -> Iterator[Callable[[int, int], None] | None]:
    """Show progress if there is much to wait for."""
    if work < _LONG:
        yield None
        return
    with notes.progress("playing futures") as on_progress:
        yield on_progress


def _show_curve(
    results: Results, run: int, futures: int, every: int | None, as_json: bool, notes: Notes
) -> Figures:
    """Show the odds over a history; return its figure."""
    from wargame.classroom.futures import curve_document, curve_tables
    from wargame.classroom.futures.curve import follow
    from wargame.classroom.futures.odds_figures import curve_figures
    from wargame.classroom.history.history import relive
    from wargame.cli.terminal.layout import emit_json, emit_tables

    with notes.progress("turn by turn") as on_progress:
        course = follow(results, run, futures, on_progress, every)
    if every is None and course.every > 1:
        notes.say(
            f"note: the history is long, so its odds are those of every {course.every} turns; "
            "--every 1 gives all of them, and takes as much longer"
        )
    history = relive(results, run)
    if as_json:
        emit_json(curve_document.curve_document(course, history.scenario, history.results))
    else:
        emit_tables(*curve_tables.curve_tables(course, history.scenario, history.results))
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


def _show(found: Odds, as_json: bool) -> None:
    from wargame.classroom.futures import odds_tables
    from wargame.cli.terminal.layout import emit_json, emit_tables

    if as_json:
        emit_json(odds_tables.odds_document(found))
    else:
        emit_tables(*odds_tables.odds_tables(found))


def whatif(
    folder: Annotated[Path, FOLDER],
    run: Annotated[int | None, RUN] = None,
    turn: Annotated[int | None, TURN] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ID", help="Whose decision.")
    ] = None,
    action: Annotated[
        str | None,
        typer.Option("--action", metavar="ACTION|hold", help="What it opens the turn with."),
    ] = None,
    reply: Annotated[
        str | None,
        typer.Option(
            "--reply",
            metavar="hold|match|one_lower|one_higher",
            help="How it answers in that turn.",
        ),
    ] = None,
    same_luck: Annotated[
        bool,
        typer.Option("--same-luck", help="Play the turn on its own draws; open from the next."),
    ] = False,
    futures: Annotated[
        int, typer.Option("--futures", "-n", help="How many, for each decision.")
    ] = 10_000,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Change one decision of a history and compare how it may go on.

    Needs --run, --turn, --actor, and --action or --reply: whatif DIR --run 7 --turn 12 --actor ROK
    --action hold
    """
    from wargame.classroom.whatif import whatif_document, whatif_tables
    from wargame.classroom.whatif.whatif import what_if
    from wargame.cli.terminal.layout import emit_json, emit_tables

    results = open_run(folder).results
    lacking = _lacking(run, turn, actor, action or reply)
    if run is None or turn is None or actor is None or lacking:
        raise UsageError(
            f"say what is changed: {', '.join(lacking)}. For example: wargame whatif {folder} "
            f"--run {run or 0} --turn {turn or 10} --actor {actor or results.actors[0]} "
            "--action hold"
        )
    with _bar(Notes(quiet), 2 * futures * results.scenario.turns) as on_progress:
        found = what_if(
            results,
            run,
            turn,
            actor,
            action,
            reply or "model",
            futures,
            same_luck=same_luck,
            on_progress=on_progress,
        )
    if as_json:
        emit_json(whatif_document.what_if_document(found))
    else:
        emit_tables(*whatif_tables.what_if_tables(found))


def _lacking(*given: object) -> list[str]:
    """Return which of a what-if's options were not given."""
    names = (
        "--run K (a history, 0 is the first)",
        "--turn T",
        "--actor ID",
        "--action with an entry of the actor's menu or hold, or --reply",
    )
    return [name for name, value in zip(names, given, strict=True) if value is None]
