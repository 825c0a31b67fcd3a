"""`wargame lesson`: a folder a teacher prints or opens offline."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.commands.teaching.frame import Desk
from wargame.cli.options import (
    MOST,
    AsJson,
    Drops,
    ParameterFile,
    Quiet,
    ScenarioName,
    Seed,
    Settings,
    TheoryName,
    read_seed,
)
from wargame.cli.terminal.notes import Notes

if TYPE_CHECKING:
    from wargame.classroom.lesson.lesson import Lesson


def register(app: typer.Typer) -> None:
    """Add lesson to an application."""
    app.command("lesson")(lesson)


def lesson(
    scenario: ScenarioName,
    minutes: Annotated[
        int, typer.Option("--minutes", metavar="50|75|90", help="How long the lesson is.")
    ] = 50,
    students: Annotated[
        int, typer.Option("--students", metavar="N", help="How many students, 2 to 400.")
    ] = 24,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="basic|advanced",
            help="How much there is to read, and how many numbers.",
        ),
    ] = "basic",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder; lesson-SCENARIO unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier lesson.")] = False,
    paper: Annotated[
        str, typer.Option("--paper", metavar="a4|letter", help="Size of the paper.")
    ] = "a4",
    pdf: Annotated[
        bool, typer.Option("--pdf/--no-pdf", help="Set every sheet as PDF, beside the pages.")
    ] = True,
    runs: Annotated[
        int,
        typer.Option(
            "--runs", "-n", min=100, max=MOST, help="Histories behind each number of the debrief."
        ),
    ] = 2_000,
    seed: Seed = "1",
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a lesson: timetable, role sheets, cards, slips, guide, debrief, key, slides."""
    from wargame.classroom.lesson import lesson as lessons
    from wargame.show.sheets.pdf import check_available

    started = datetime.datetime.now(datetime.UTC)
    desk = Desk(Notes(quiet), as_json)
    notes = desk.notes
    drawn, chosen, size = read_seed(seed), lessons.read_level(level), lessons.read_paper(paper)
    if pdf:
        check_available()
    loaded = desk.load(scenario, theory, params, settings, drops)
    folder = out or Path(f"lesson-{Path(scenario).stem[:60]}")
    command = ["wargame", *sys.argv[1:]]
    with desk.claim(folder, "lesson", force=force) as place:
        if seed == "random":
            notes.say(f"seed {drawn}")
        with notes.progress("simulating") as on_progress:
            made = lessons.prepare(
                loaded,
                minutes,
                students,
                chosen,
                seed=drawn,
                replications=runs,
                on_progress=on_progress,
            )
        lessons.save(made, place, paper=size, with_pdf=pdf, command=command, started=started)
        _show(made, folder, pdf, desk)
        with notes.drawing("the same command with --force", loaded):
            lessons.illustrate(made, place)
        if pdf:
            with notes.drawing("the same command with --force"):
                lessons.add_pdf(made, place, paper=size, started=started)
    notes.say(f"open {folder / 'index.html'}")


def _show(made: Lesson, folder: Path, pdf: bool, desk: Desk) -> None:
    from wargame.findings import Table, columns
    from wargame.show.sheets.html import NOTICE
    from wargame.show.table import to_data

    ending = ".pdf" if pdf else ".html"
    slots = Table.of(
        "timetable",
        f"Timetable ({made.plan.minutes} minutes)",
        columns(("start", "from"), "minutes", "part"),
        ((slot.start, slot.minutes, slot.title) for slot in made.plan.slots),
    )
    sheets = Table.of(
        "sheets",
        "To print",
        columns("file", ("reader", "for whom"), "copies"),
        ((sheet.name + ending, sheet.reader, sheet.copies) for sheet in made.sheets),
    )
    document = {
        "folder": str(folder),
        "minutes": made.plan.minutes,
        "students": made.plan.students,
        "seed": made.results.seed,
        "replications": made.results.replications,
        "timetable": to_data(slots),
        "sheets": [
            {"name": sheet.name, "reader": sheet.reader, "copies": sheet.copies}
            for sheet in made.sheets
        ],
        "note": NOTICE,
    }
    title = f"{made.scenario.title}: a lesson in {folder}\n{NOTICE}"
    desk.show(document, title, [slots, sheets])
