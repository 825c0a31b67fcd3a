"""`wargame replay` and `wargame ledger`: one history told; what acts were taken for."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import AsJson, Quiet, open_run
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.screen import fit
from wargame.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from wargame.classroom.history.history import History
    from wargame.engine.results import Results
    from wargame.scenario.schema import Scenario
    from wargame.show.figure.files import Figures

FOLDER = typer.Argument(metavar="DIR", help="A run folder.")
RUN = typer.Option("--run", min=0, metavar="K", help="The number of a history; 0 is the first.")
TYPICAL = typer.Option(
    "--typical",
    metavar="OUTCOME",
    help="The history nearest the middle of an outcome: calm, friction, clash, lethal_clash, "
    "major_strikes, war.",
)
Force = Annotated[bool, typer.Option("--force", help="Replace figures that are in --out.")]
_ENDINGS = {".txt": "text", ".md": "md", ".html": "html", ".htm": "html"}


def register(app: typer.Typer) -> None:
    """Add replay and ledger to an application."""
    app.command("replay")(replay)
    app.command("ledger")(ledger)


def replay(
    folder: Annotated[Path, FOLDER],
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
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
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
    from wargame.store.files import check_file, write_file

    if out is not None:
        check_file(out, force)
    if form is None:
        form = _form_of(out)
    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    results = open_run(folder).results
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
    text = render(story, history.scenario, form, width)
    if out is None:
        typer.echo(text, nl=False)
        if why and turn is None:
            _point_to_turn(folder, number, history, Notes(quiet))
        return
    write_file(out, text, replace=force)
    typer.echo(str(out))


def _point_to_turn(folder: Path, number: int, history: History, notes: Notes) -> None:
    """Say how to see the cards of one turn only."""
    worst = int(history.results.turn_peak[:, 0].argmax()) + 1
    notes.say(
        f"\none turn only: add --turn T, for example --turn {worst}, its worst. Which turns moved "
        f"the odds most, says wargame odds {folder} --run {number} --curve"
    )


def _form_of(out: Path | None) -> str:
    """Return the format that a file's ending asks for.

    Raises
    ------
    UsageError
        For an ending that says something else.
    """
    ending = "" if out is None else out.suffix.lower()
    if ending and ending not in _ENDINGS:
        raise UsageError(
            f"--out: '{out}' ends in no known form. Use {', '.join(_ENDINGS)}, or say which with "
            "--format. For a PDF, print the .html from a browser."
        )
    return _ENDINGS.get(ending, "text")


def ledger(
    folder: Annotated[Path, FOLDER],
    run: Annotated[int | None, RUN] = None,
    typical: Annotated[str | None, TYPICAL] = None,
    level: Annotated[
        int, typer.Option("--level", help="Which first crossing counts as decisive: 4, 5 or 6.")
    ] = 6,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Where figures go; DIR/figures unless given.")
    ] = None,
    force: Force = False,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hold what acts were against what they were taken for, in a run or in one history."""
    from wargame.classroom.explanation import ledger_figures, ledger_tables
    from wargame.classroom.explanation.ledger import keep_ledger
    from wargame.classroom.history.history import relive
    from wargame.cli.terminal.layout import emit_json, emit_tables
    from wargame.show.table import to_data

    notes = Notes(quiet)
    results = open_run(folder).results
    if run is not None or typical is not None:
        history = relive(results, pick_history(results, run, typical, False))
        table = ledger_tables.history_table(history)
        if as_json:
            emit_json(to_data(table))
        else:
            emit_tables(results.scenario.title, [table])
        figures = ledger_figures.belief_figures(history, results)
    else:
        with notes.progress("looking on") as on_progress:
            found = keep_ledger(results, level, on_progress)
        if as_json:
            emit_json(ledger_tables.document(found))
        else:
            emit_tables(*ledger_tables.ledger_tables(found))
        figures = ledger_figures.ledger_figures(found)
    if plots:
        draw_into(folder, out, force, figures, results.scenario, notes)


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


def draw_into(
    run: Path, out: Path | None, force: bool, figures: Figures, scenario: Scenario, notes: Notes
) -> None:
    """Draw figures and say where they are.

    Parameters
    ----------
    run : Path
        The run folder; they go to its ``figures`` unless another folder is given.
    force : bool
        Replace figures of ours in that other folder.
    scenario : Scenario
        Whose texts stand in them.

    Raises
    ------
    RecordError
        When it is not ours, or cannot be written.
    """
    from wargame.show.figure.files import draw_all
    from wargame.store.folder import reopen

    with reopen(run if out is None else out, None if out is None else "figures") as place:
        notes.put_right(place.note)
        inside = "figures" if out is None else ""
        with notes.drawing("the same command", scenario):
            for path in place.add(
                lambda made: draw_all(figures, made / inside), replace=force or out is None
            ):
                notes.say(f"figure: {path}")
