"""What a game on paper is played with: slips, ruling sheet, menus by number, tracker."""

import re

import pytest

from taught import FIRST, TAUGHT, menu, planned_sheet, role_sheet
from wargame.classroom.lesson.dice import slips
from wargame.classroom.lesson.plan import LEVELS, MINUTES, plan_lesson
from wargame.show.sheets import typst_source
from wargame.show.sheets.blocks import Table
from wargame.show.sheets.sheet import words_of


@pytest.mark.parametrize("name", TAUGHT)
@pytest.mark.parametrize("minutes", MINUTES)
def test_the_tracker_fits_one_page(name, minutes):
    import typst

    scenario = TAUGHT[name]
    sheet = planned_sheet("turn_tracker", scenario, plan_lesson(scenario, minutes, 24), "advanced")
    source = typst_source.source_of(sheet, scenario, "letter").encode()
    assert isinstance(typst.compile(source, format="png", ppi=10), bytes)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_ruling_sheet_and_slips_fit_one_page(name, level):
    import typst

    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    for name in ("ruling_sheet", "order_slips"):
        sheet = planned_sheet(name, scenario, plan, level)
        source = typst_source.source_of(sheet, scenario, "letter").encode()
        assert isinstance(typst.compile(source, format="png", ppi=10), bytes)


def test_menus_too_long_for_a_page_go_on_to_the_next():
    import typst

    scenario = TAUGHT["western_sea"]
    sheet = planned_sheet("umpire_menus", scenario, plan_lesson(scenario, 50, 24), "advanced")
    pages = typst.compile(
        typst_source.source_of(sheet, scenario, "letter").encode(), format="png", ppi=10
    )
    assert len(pages) == 2


def test_how_acts_are_read_is_the_umpires_secret():
    plan = plan_lesson(FIRST, 50, 24)
    tables = [b for b in planned_sheet("turn_tracker", FIRST, plan).blocks if isinstance(b, Table)]
    assert not any("read" in header for table in tables for header in table.headers)
    (own,) = (b for b in planned_sheet("ruling_sheet", FIRST, plan).blocks if isinstance(b, Table))
    assert [row[0] for row in own.rows] == [party.name for party in FIRST.actors.values()]
    assert "reads" in own.headers


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_the_umpire_has_every_line_of_every_menu(name, level):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    held = [
        row
        for row in menu(planned_sheet("umpire_menus", scenario, plan, level))
        if re.match(r"[A-Z]+\d", row[0])
    ]
    sheets = [menu(role_sheet(scenario, plan, level, actor)) for actor in scenario.actors]
    assert held == [row for rows in sheets for row in rows]
    numbers = [row[0] for row in held]
    assert len(set(numbers)) == len(numbers)
    first = {actor: rows[0][0] for actor, rows in zip(scenario.actors, sheets, strict=True)}
    assert all(number.endswith("1") for number in first.values())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_the_umpire_has_every_act_that_may_go_further(name, level):
    scenario = TAUGHT[name]
    said = " ".join(
        words_of(
            planned_sheet("ruling_sheet", scenario, plan_lesson(scenario, 50, 24), level).blocks
        )
    )
    rows = slips(scenario, level)
    for number, _, _, dice, rung in rows:
        assert re.search(rf"\b{number}\b", said)
        assert f"{dice}: rung {rung}." in said
    assert rows or "In this scenario none does." in said
