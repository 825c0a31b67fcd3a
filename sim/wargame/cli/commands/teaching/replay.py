"""`wargame replay` and `wargame ledger`: one history told; what acts were taken for."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.commands.teaching.frame import (
    Desk,
    ReplaceFigures,
    ReplaceFile,
    RunFolder,
    form_of,
    results_of,
    write_page,
)
from wargame.cli.options import AsJson, Quiet
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.screen import fit
from wargame.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from wargame.classroom.history.history import History
    from wargame.engine.results import Results

RUN = typer.Option("--run", min=0, metavar="K", help="The number of a history; 0 is the first.")
TYPICAL = typer.Option(
    "--typical",
    metavar="OUTCOME",
    help="The history nearest the middle of an outcome: calm, friction, clash, lethal_clash, "
    "major_strikes, war.",
)
_ENDINGS = {"": "text", ".txt": "text", ".md": "md", ".html": "html", ".htm": "html"}
_USE = (
    ".txt, .md, .html, .htm, or say which with --format. For a PDF, print the .html from a browser."
)


def register(app: typer.Typer) -> None:
    """Add replay and ledger to an application."""
    app.command("replay")(replay)
    app.command("ledger")(ledger)


def replay(
    folder: RunFolder,
    run: Annotated[int | None, RUN] = None,
    typical: Annotated[str | None, TYPICAL] = None,
    random: Annotated[bool, typer.Option("--random", help="Any history.")] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Explain each decision: terms, chances, what tips it.")
    ] = False,
    turn: Annotated[
        int | None,
        typer.Option(
            "--turn", min=1, metavar="T", help="This turn only; with --why, its decisions."
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="text|md|html", help="By the ending of --out, else text."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to stdout.")
    ] = None,
    force: ReplaceFile = False,
    quiet: Quiet = False,
) -> None:
    """Tell one history turn by turn: who did what, how it was meant and how it was read.

    Why did it do that? Give the turn and --why: replay DIR --run 7 --turn 12 --why
    """
    from wargame.classroom.history.history import relive
    from wargame.classroom.history.typical import why_typical
    from wargame.classroom.story.narrative import tell
    from wargame.classroom.story.page import FORMATS, excerpt, render
    from wargame.classroom.story.text import WIDTH
    from wargame.store.files import check_file

    if out is not None:
        check_file(out, force)
    if form is None:
        form = form_of(out or Path(), _ENDINGS, _USE)
    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    results = results_of(folder)
    number = pick_history(results, run, typical, random)
    if run is None:
        Notes(quiet).say(f"history {number}: to see it again, --run {number}")
    history = relive(results, number)
    story = tell(history, results, why=why)
    if typical is not None:
        story = replace(story, opening=(*story.opening, why_typical(results, number)))
    if turn is not None:
        story = excerpt(story, turn)
    width = fit(WIDTH) if out is None else WIDTH
    write_page(render(story, history.scenario, form, width), out, force=force)
    if out is None and why and turn is None:
        _point_to_turn(folder, number, history, Notes(quiet))


def _point_to_turn(folder: Path, number: int, history: History, notes: Notes) -> None:
    """Say how to see the cards of one turn only."""
    worst = int(history.results.turn_peak[:, 0].argmax()) + 1
    notes.say(
        f"\none turn only: add --turn T, for example --turn {worst}, its worst. Which turns moved "
        f"the odds most, says wargame odds {folder} --run {number} --curve"
    )


def ledger(
    folder: RunFolder,
    run: Annotated[int | None, RUN] = None,
    typical: Annotated[str | None, TYPICAL] = None,
    level: Annotated[
        int, typer.Option("--level", help="Which first crossing counts as decisive: 4, 5 or 6.")
    ] = 6,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where figures go; DIR/figures unless given.")
    ] = None,
    force: ReplaceFigures = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hold what acts were against what they were taken for, in a run or in one history."""
    from wargame.classroom.explanation import ledger_figures, ledger_tables
    from wargame.classroom.explanation.ledger import keep_ledger
    from wargame.classroom.history.history import relive
    from wargame.show.table import to_data

    desk = Desk(Notes(quiet), as_json)
    results = results_of(folder)
    if run is not None or typical is not None:
        history = relive(results, pick_history(results, run, typical, False))
        table = ledger_tables.history_table(history)
        desk.show(to_data(table), results.scenario.title, [table])
        figures = ledger_figures.belief_figures(history, results)
    else:
        with desk.notes.progress("looking on") as on_progress:
            found = keep_ledger(results, level, on_progress)
        desk.show(ledger_tables.document(found), *ledger_tables.ledger_tables(found))
        figures = ledger_figures.ledger_figures(found)
    if plots:
        desk.draw(figures, results, folder, out, force=force)


def pick_history(results: Results, run: int | None, typical: str | None, random: bool) -> int:
    """Return the number of the history that the options name.

    Raises
    ------
    UsageError
        Unless exactly one of them does.
    """
    from wargame.classroom.history.typical import typical as typical_of

    if (run is not None) + (typical is not None) + random != 1:
        raise UsageError(
            "say which history: one of --run K, --typical OUTCOME and --random, for example "
            "--typical lethal_clash."
        )
    if run is not None:
        return run
    if typical is not None:
        return typical_of(results, typical)
    return results.first + secrets.randbelow(results.replications)
