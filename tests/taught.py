"""Scenarios with roles, and what tests of a lesson read off its sheets."""

import datetime

from wargame.classroom.lesson import sheets
from wargame.classroom.lesson.plan import plan_lesson
from wargame.classroom.lesson.plan_values import values_of_plan
from wargame.scenario import library, loader
from wargame.show.sheets.blocks import Table

WHEN = datetime.datetime(2024, 3, 25, 12, tzinfo=datetime.UTC)
SCENARIOS = {name: loader.load(name) for name in library.scenario_names()}
TAUGHT = {name: item for name, item in SCENARIOS.items() if item.teaching is not None}
FIRST = SCENARIOS["first_steps"]


def changed_roles(scenario, **changes):
    """Return a scenario with other words in its role sheets: actor -> {field: words}."""
    roles = {
        actor: role.model_copy(update=changes.get(actor, {}))
        for actor, role in scenario.teaching.roles.items()
    }
    teaching = scenario.teaching.model_copy(update={"roles": roles})
    return scenario.model_copy(update={"teaching": teaching})


def planned_sheet(name, scenario, plan, level="basic"):
    """Return a sheet that needs no run, by the name of its text."""
    return sheets.write(name, values_of_plan(scenario, plan, level))


def role_sheet(scenario, plan, level, actor):
    return sheets.role_sheet(actor, values_of_plan(scenario, plan, level))


def menu(sheet):
    tables = []
    for block in sheet.blocks:
        inner = (block.left + block.right) if hasattr(block, "left") else (block,)
        tables += [item for item in inner if isinstance(item, Table)]
    return [row for table in tables for row in table.rows]


def basic_menus(scenario):
    """Return actor -> the actions printed on its basic sheet."""
    plan = plan_lesson(scenario, 50, 24)
    menus = {}
    for actor, party in scenario.actors.items():
        rows = menu(role_sheet(scenario, plan, "basic", actor))
        said = {row[2].partition(" (")[0].removesuffix(" *") for row in rows}
        menus[actor] = [
            action for action in party.actions if action.label.partition(" (")[0] in said
        ]
        assert len(menus[actor]) == len(rows)
    return menus


def flag_table(sheet):
    heads = ("what", "at the start", "by the calendar")
    found = [b for b in sheet.blocks if isinstance(b, Table) and b.headers[:3] == heads]
    return [row for table in found for row in table.rows]
