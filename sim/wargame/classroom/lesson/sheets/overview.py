"""What the teacher plans and marks with: the page to open first, the timetable, the rubric."""

from __future__ import annotations

from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.sheets.guide import TEACHER, objectives
from wargame.classroom.lesson.sheets.handouts import Level, cards_of, weeks
from wargame.engine.results import Results
from wargame.scenario.schema import Scenario
from wargame.show.sheets.sheet import Block, Heading, Items, Sheet, Table, Text
from wargame.show.words import join_words


def index(scenario: Scenario, plan: Plan, results: Results, level: Level) -> Sheet:
    """Write the page to open first; the list of files is put under it.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    """
    steps = (
        ("Read", "the facilitator guide, the ruling sheet, the debrief and the answer key: three "
         "quarters of an hour."),
        ("Print", "what the table below says, role sheets on paper of another colour. Every sheet "
         "is there as a PDF for the printer and as a page for the screen."),
        ("Show", "the slides from this machine. Nothing here needs a network."),
        ("Keep back", "role sheets, cards with news and everything marked for the teacher."),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(scenario.summary),
        Text(
            f"{plan.minutes} minutes, {plan.students} students, {len(plan.spans)} turns, "
            f"{len(plan.tables)} {'game' if len(plan.tables) == 1 else 'games side by side'}, "
            f"level {level}. Numbers come from {results.replications:,} simulated histories with "
            f"seed {results.seed}; a run with more histories gives shares inside the intervals or "
            "close to them."
        ),
        Heading("What students can do afterwards"),
        Items(tuple(("", text) for text in objectives(scenario, level))),
        Heading("What to do"),
        Items(steps, ordered=True),
    ]
    title = f"A lesson of {plan.minutes} minutes"
    return Sheet("index", title, TEACHER, "-", tuple(blocks))


def timetable(scenario: Scenario, plan: Plan) -> Sheet:
    """Write minutes, weeks, cards and seats on one page."""
    rows = [
        (f"{slot.start} to {slot.start + slot.minutes}", str(slot.minutes), slot.title, slot.doing)
        for slot in plan.slots
    ]
    rows.append(("all", str(sum(slot.minutes for slot in plan.slots)), "The lesson", ""))
    spans = tuple(
        (
            str(span.number),
            weeks(scenario, span),
            "; ".join(_card(scenario, card.audience, card.id) for card in cards_of(scenario, span))
            or "none",
        )
        for span in plan.spans
    )
    seats = tuple(
        (
            f"{number}",
            *(str(size) if size else "teacher" for size in table.values()),
            str(ruling) if ruling else "teacher",
        )
        for number, (table, ruling) in enumerate(zip(plan.tables, plan.umpires, strict=True), 1)
    )
    blocks: list[Block] = [
        Table(
            ("from the bell", "minutes", "part", "what happens"), tuple(rows), (1.6, 1.1, 2.2, 9)
        ),
        Heading("What each turn stands for, and its cards"),
        Table(("turn", "weeks", "cards with news, and for whom"), spans, (0.8, 4, 9)),
        Heading("Who sits where: people in each team"),
        Table(("game", *(actor.name for actor in scenario.actors.values()), "umpires"), seats),
        Text(
            "Teams of three to five work best; larger ones leave people watching. "
            + (
                "Parallel games are an experiment of their own: compare how they ended before "
                "anybody explains why. "
                if len(plan.tables) > 1
                else ""
            )
            + "A team that is missing holds and lets everything pass. No class has been timed: "
            "minutes in hand and the last turn are there to be spent."
        ),
    ]
    return Sheet("timetable", "Timetable", TEACHER, "1", tuple(blocks), "fit")


def rubric() -> Sheet:
    """Write how written work after the lesson is marked: four criteria, four levels."""
    rows = (
        ("Evidence from play", "names turns, acts and how they were read, with tracker and ruling "
         "sheet",
         "names acts, not how they were read", "speaks of the game in general", "none"),
        ("Cause", "tells how often from how far, and luck from decision; uses a what-if card",
         "one of the two, with an example", "asserts a cause", "none"),
        ("The other side", "gives every party a reason its government would accept",
         "most of them", "one side only", "caricature"),
        ("What numbers can say", "reads share and interval rightly; names an assumption that "
         "matters and how to test it", "reads them rightly", "repeats a number",
         "takes a share for a forecast"),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(
            "For a reflection of 500 to 750 words: which decision in your game mattered most, and "
            "how would you know? Winning is not marked; nor is peace."
        ),
        Table(("", "4", "3", "2", "1"), rows, (2, 4, 3, 2.4, 2)),
        Heading("Marks"),
        Text(
            "16 to 14 excellent, 13 to 11 good, 10 to 8 sufficient, below 8: talk. Hand the rubric "
            "out with the task."
        ),
        Heading("Each for the others"),
        Text(
            "In the team, everybody writes two sentences on what each other member did for the "
            "decision. Read them; mark only who wrote none."
        ),
    ]
    return Sheet("rubric", "Rubric", TEACHER, "1 (and with the task)", tuple(blocks), "one_page")


def _card(scenario: Scenario, audience: tuple[str, ...], name: str) -> str:
    readers = join_words([scenario.actors[actor].name for actor in audience]) or "all"
    return f"{name.replace('_', ' ')} ({readers})"
