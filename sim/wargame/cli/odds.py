"""`wargame odds` and `wargame whatif`: the futures of a moment, and of another decision."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.notes import Notes
from wargame.cli.options import AsJson, Quiet
from wargame.cli.replay import FOLDER, draw_into
from wargame.errors import UsageError

if TYPE_CHECKING:
    from wargame.classroom.odds import Moment, Odds

__all__ = ["moment_of_game", "odds", "register", "whatif"]

RUN = typer.Option("--run", min=0, metavar="K", help="The number of a history; 0 is the first.")
TURN = typer.Option("--turn", min=1, metavar="T", help="From the start of this turn.")


def register(app: typer.Typer) -> None:
    """Add odds and whatif to an application."""
    app.command("odds")(odds)
    app.command("whatif")(whatif)


def odds(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR|GAME", help="A run folder, or a saved game.")
    ],
    run: Annotated[
        int | None, typer.Option("--run", min=0, metavar="K", help="A history of a run folder.")
    ] = None,
    turn: Annotated[int | None, TURN] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="At every turn, with the decisive turns and a figure.")
    ] = False,
    futures: Annotated[
        int | None,
        typer.Option(
            "--futures", "-n", min=1, help="How many; 2,000, or 1,000 a turn with --curve."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="A folder for the figure; DIR/figures unless given."),
    ] = None,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw the figure.")] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show how a history may go on from a turn, or how its odds ran over time.

    Of a saved game the start of the turn about to be played is meant, unless --turn names another.
    """
    from wargame.analysis import records
    from wargame.classroom import odds as chances
    from wargame.classroom import odds_tables
    from wargame.cli.layout import emit_json, emit_sections

    if folder.is_file():
        if run is not None or curve:
            raise UsageError(
                f"{folder} is a file, so a saved game is meant: --run and --curve are for run "
                "folders. The debrief of a game names its decisive turns."
            )
        moment = moment_of_game(folder, turn)
        _show(chances.odds_at(moment, futures or 2000), as_json)
        return
    if (turn is None) != curve:
        raise UsageError("say from where: --turn T for one moment, or --curve for all of them.")
    notes = Notes(quiet)
    results = records.load(folder).results
    if run is None:
        raise UsageError("say which history of the run: --run K; 0 is the first.")
    if turn is not None:
        _show(chances.odds_at(chances.moment_of(results, run, turn), futures or 2000), as_json)
        return
    from wargame.classroom.history import relive
    from wargame.classroom.odds_plots import draw_curve

    with notes.progress("turn by turn") as on_progress:
        course = chances.follow(results, run, futures or 1000, on_progress)
    history = relive(results, run)
    if as_json:
        emit_json(odds_tables.curve_document(course, history.scenario, history.results))
    else:
        title, section = odds_tables.curve_section(course, history.scenario, history.results)
        emit_sections(title, [section])
    if plots:
        draw = partial(draw_curve, course, results, history.results)
        draw_into(out or folder / "figures", draw, notes)


def moment_of_game(path: Path, turn: int | None) -> Moment:
    """Return the start of a turn in a saved game.

    Raises
    ------
    RecordError
        When the file is no game.
    UsageError
        When the game has not come so far, or is over.
    """
    from wargame.classroom import gamelog

    with gamelog.GameLog.open(path) as log:
        return gamelog.fold(log).game.moment(turn)


def _show(found: Odds, as_json: bool) -> None:
    from wargame.classroom import odds_tables
    from wargame.cli.layout import emit_json, emit_sections

    if as_json:
        emit_json(odds_tables.odds_document(found))
    else:
        emit_sections(*odds_tables.odds_sections(found))


def whatif(
    folder: Annotated[Path, FOLDER],
    run: Annotated[int, RUN],
    turn: Annotated[int, TURN],
    actor: Annotated[str, typer.Option("--actor", metavar="ID", help="Whose decision.")],
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
        int, typer.Option("--futures", "-n", min=1, help="How many, for each decision.")
    ] = 10_000,
    as_json: AsJson = False,
) -> None:
    """Change one decision of a history and compare how it may go on."""
    from wargame.analysis import records
    from wargame.classroom import odds_tables
    from wargame.classroom.whatif import what_if
    from wargame.cli.layout import emit_json, emit_sections

    if action is None and reply is None:
        raise UsageError(
            "say what is changed: --action with an entry of the actor's menu or hold, or --reply."
        )
    results = records.load(folder).results
    found = what_if(
        results, run, turn, actor, action, reply or "model", futures, same_luck=same_luck
    )
    if as_json:
        emit_json(odds_tables.what_if_document(found))
    else:
        emit_sections(*odds_tables.what_if_sections(found))
