"""A lesson in a folder: every sheet a teacher prints or opens, made from a scenario."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wargame.classroom.lesson import sheets
from wargame.classroom.lesson.claims import run_claims
from wargame.classroom.lesson.plan import LEVELS, Level, Plan, plan_lesson
from wargame.classroom.lesson.plan_values import values_of_plan
from wargame.classroom.lesson.run_values import values_of_run
from wargame.classroom.whatif.counterfactuals import choose, run_counterfactuals
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.errors import UsageError, one_of
from wargame.scenario.schema import Scenario
from wargame.show.sheets import html, pdf
from wargame.show.sheets.html import PAPERS, Paper
from wargame.show.sheets.sheet import Sheet
from wargame.store.files import Content, fill
from wargame.store.folder import Claim
from wargame.store.manifest import provenance

HISTORIES = 2_000
"""Simulated histories of the scenario as it is, and of each what-if."""

_CARDS: dict[Level, int] = {"basic": 4, "advanced": 6}


@dataclass(frozen=True)
class Lesson:
    """A lesson, ready to be written.

    Attributes
    ----------
    results : Results
        Of the scenario as it is.
    index : Sheet
        The page to open first.
    sheets : tuple of Sheet
        All others, in the order in which they are listed.
    """

    scenario: Scenario
    plan: Plan
    results: Results
    index: Sheet
    sheets: tuple[Sheet, ...]


def read_level(text: str) -> Level:
    """Return a level by name.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    return one_of("level", text, LEVELS)


def read_paper(text: str) -> Paper:
    """Return a paper size by name.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    return one_of("paper", text.lower(), PAPERS)


def prepare(
    scenario: Scenario,
    minutes: int = 50,
    students: int = 24,
    level: Level = "basic",
    *,
    seed: int = 1,
    replications: int = HISTORIES,
    on_progress: Callable[[int, int], None] | None = None,
) -> Lesson:
    """Make a lesson: plan it, run the scenario and its what-ifs, write every sheet's words.

    Parameters
    ----------
    scenario : Scenario
        With a ``teaching`` part that has a role for every actor.
    minutes : int
        50, 75 or 90.
    students : int
        2 to 400.
    level : {"basic", "advanced"}
        Basic: shorter menus, fewer questions, a list of words.
    seed, replications : int
        Of every ensemble.
    on_progress : callable, optional
        Called with (done, total) ensembles.

    Raises
    ------
    UsageError
        When the scenario has no roles, or no such lesson can be planned.
    """
    _check_roles(scenario)
    plan = plan_lesson(scenario, minutes, students)
    results = ensemble.run(scenario, replications, seed)
    rules = run_counterfactuals(scenario, results, on_progress)
    chosen = choose(rules, _CARDS[level])
    values = values_of_plan(scenario, plan, level)
    values |= values_of_run(plan, results, rules, chosen, run_claims(scenario, results))
    return Lesson(scenario, plan, results, sheets.write("index", values), sheets.write_all(values))


def save(
    lesson: Lesson,
    place: Claim,
    *,
    paper: Paper = "a4",
    with_pdf: bool = True,
    command: Sequence[str] | str,
    started: datetime.datetime,
) -> None:
    """Write the pages of a lesson; the figure and the PDF files are added by `illustrate`.

    Parameters
    ----------
    place : Claim
        From ``wargame.store.folder.claim(folder, "lesson")``.
    paper : {"a4", "letter"}
    with_pdf : bool
        The index names the PDF files.
    command : sequence of str or str
        As it was given.
    started : datetime
        With a time zone.

    Raises
    ------
    RecordError
        When it cannot be written.
    """
    pages: dict[str, Content] = {
        f"{sheet.name}.html": html.write_page(sheet, lesson.scenario, paper)
        for sheet in lesson.sheets
    }
    pages["index.html"] = html.write_page(
        lesson.index, lesson.scenario, paper, links=lesson.sheets, pdf=with_pdf
    )
    manifest = provenance(lesson.results, command=command, started=started)
    about = {"minutes": lesson.plan.minutes, "students": lesson.plan.students, "paper": paper}
    place.save(pages, {**manifest, "lesson": about})


def illustrate(lesson: Lesson, place: Claim) -> None:
    """Add the figure of a lesson.

    Raises
    ------
    RecordError
        When it cannot be written.
    """
    from wargame.show.figure.files import draw_all
    from wargame.show.figure.run.figures import FIGURES

    outcomes = {"outcomes": partial(FIGURES["outcomes"], lesson.results)}
    place.add(lambda folder: draw_all(outcomes, folder / "figures"))


def add_pdf(
    lesson: Lesson, place: Claim, *, paper: Paper = "a4", started: datetime.datetime
) -> None:
    """Add every sheet as PDF; their figure is there.

    Parameters
    ----------
    paper, started
        As for `save`.

    Raises
    ------
    RecordError
        When it cannot be written.
    """

    def set_all(folder: Path) -> None:
        for sheet in lesson.sheets:
            made = pdf.write_pdf(sheet, lesson.scenario, paper, place.folder, started)
            fill(folder / f"{sheet.name}.pdf", made)

    place.add(set_all)


def _check_roles(scenario: Scenario) -> None:
    roles = scenario.teaching.roles if scenario.teaching is not None else {}
    missing = [actor for actor in scenario.actors if actor not in roles]
    if missing:
        example = f"teaching: {{roles: {{{missing[0]}: {{public: ..., confidential: ...}}}}}}"
        raise UsageError(
            f"a lesson needs a role sheet for every actor; '{scenario.title}' has none for "
            f"{', '.join(missing)}. Add it to the scenario file ({example}), or use a scenario "
            "that has them, for example western_sea."
        )
