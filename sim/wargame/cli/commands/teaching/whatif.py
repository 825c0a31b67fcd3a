"""`wargame whatif`: the futures of another decision."""

from __future__ import annotations

from typing import Annotated

import typer

from wargame.cli.commands.teaching.frame import Desk, RunFolder, results_of
from wargame.cli.commands.teaching.odds import RUN, TURN
from wargame.cli.options import AsJson, Quiet
from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add whatif to an application."""
    app.command("whatif")(whatif)


def whatif(
    folder: RunFolder,
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

    results = results_of(folder)
    lacking = _lacking(run, turn, actor, action or reply)
    if run is None or turn is None or actor is None or lacking:
        raise UsageError(
            f"say what is changed: {', '.join(lacking)}. For example: wargame whatif {folder} "
            f"--run {run or 0} --turn {turn or 10} --actor {actor or results.actors[0]} "
            "--action hold"
        )
    desk = Desk(Notes(quiet), as_json)
    with desk.playing(2 * futures, results.scenario.turns) as on_progress:
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
    desk.show(whatif_document.what_if_document(found), *whatif_tables.what_if_tables(found))


def _lacking(*given: object) -> list[str]:
    """Return which of a what-if's options were not given."""
    names = (
        "--run K (a history, 0 is the first)",
        "--turn T",
        "--actor ID",
        "--action with an entry of the actor's menu or hold, or --reply",
    )
    return [name for name, value in zip(names, given, strict=True) if value is None]
