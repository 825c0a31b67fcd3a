"""The sheets of a lesson: each a text, with the values it names.

The words stand in the folder ``texts``, a file a sheet, to be edited and translated there.
"""

from __future__ import annotations

from pathlib import Path

from wargame.classroom.lesson.dice import ways
from wargame.classroom.lesson.flags import TENSE
from wargame.classroom.lesson.plan_values import Values
from wargame.scenario.schema import Scenario
from wargame.scenario.waiting import asks_tension
from wargame.show.sheets.markdown import read_sheet
from wargame.show.sheets.sheet import Sheet

TEXTS = Path(__file__).resolve().parent / "texts"
_FIRST = ("timetable", "guide", "slides", "briefing")
_LAST = (
    "inject_cards",
    "order_slips",
    "ruling_sheet",
    "umpire_menus",
    "turn_tracker",
    "debrief",
    "what_if_cards",
    "what_if_answers",
    "answer_key",
    "exit_ticket",
    "rubric",
)
"""Between the two stand the role sheets."""


def write_all(values: Values) -> tuple[Sheet, ...]:
    """Return all sheets of a lesson but its index, in the order in which they are listed."""
    return (
        *(write(name, values) for name in _FIRST),
        *(role_sheet(actor, values) for actor in values["parties"]),
        *(write(name, values) for name in _LAST),
    )


def write(name: str, values: Values) -> Sheet:
    """Return a sheet.

    Parameters
    ----------
    name : str
        Of its text.
    values : dict
        As `values_of_plan` gives them; index, slides, debrief, what-if cards and answers, answer
        key and exit ticket need those of `values_of_run`, too.
    """
    return read_sheet(f"{name}.md.j2", TEXTS, name, **values)


def role_sheet(actor: str, values: Values) -> Sheet:
    """Return the one-page sheet of an actor: what all know, what only its team knows, its menu.

    Parameters
    ----------
    values : dict
        As `values_of_plan` gives them.
    """
    scenario: Scenario = values["scenario"]
    actions, rows = values["actions"][actor], values["menus"][actor]
    named = sorted({target for action in actions for target in action.targets})
    return read_sheet(
        "role_sheet.md.j2",
        TEXTS,
        f"role_{actor}",
        **values,
        party=scenario.actors[actor],
        role=values["teaching"].roles[actor],
        people=values["plan"].team(actor),
        rows=rows,
        half=-(-len(rows) // 2),
        shortened=len(actions) < len(scenario.actors[actor].actions),
        slipping=any(map(ways, actions)),
        tense=TENSE if any(map(asks_tension, actions)) else 0,
        aims=[(values["letters"][aim], scenario.actors[aim].name) for aim in named],
    )
