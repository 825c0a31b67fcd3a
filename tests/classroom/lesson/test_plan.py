"""The plan of a lesson: minutes that add up, turns, seats, cards."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taught import FIRST, SCENARIOS, TAUGHT, planned_sheet
from wargame.classroom.lesson.plan import MINUTES, TURN_STEPS, plan_lesson
from wargame.classroom.lesson.plan_values import values_of_plan
from wargame.errors import UnknownName, UsageError


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_minutes_add_up(name, minutes):
    plan = plan_lesson(SCENARIOS[name], minutes, 24)
    ends = [0]
    for slot in plan.slots:
        assert slot.start == ends[-1]
        assert slot.minutes > 0
        ends.append(slot.start + slot.minutes)
    assert ends[-1] == minutes
    debrief = next(slot for slot in plan.slots if slot.title == "Debrief")
    assert debrief.minutes >= minutes / 4


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize("turns", [1, 2, 3, 7, 42, 1000])
def test_turns_of_the_class_cover_the_scenario_once(minutes, turns):
    plan = plan_lesson(FIRST.model_copy(update={"turns": turns}), minutes, 24)
    covered = [turn for span in plan.spans for turn in range(span.first, span.last + 1)]
    assert covered == list(range(1, turns + 1))
    assert sum(slot.minutes for slot in plan.slots) == minutes
    assert sum(slot.title.startswith("Turn ") for slot in plan.slots) == len(plan.spans)


@given(st.integers(2, 400), st.sampled_from(sorted(TAUGHT)))
def test_everybody_has_one_seat_and_teams_are_even(students, name):
    plan = plan_lesson(TAUGHT[name], 50, students)
    seats = [size for table in plan.tables for size in table.values()]
    assert sum(seats) + sum(plan.umpires) == students
    assert len(plan.umpires) == len(plan.tables)
    assert min(plan.umpires) >= (len(plan.tables) > 1)
    for table, ruling in zip(plan.tables, plan.umpires, strict=True):
        assert max(table.values()) - min(table.values()) <= 1
        assert ruling < 2 or min(table.values()) >= 3
    assert max(seats) <= 6
    assert all(list(table) == list(TAUGHT[name].actors) for table in plan.tables)


@pytest.mark.parametrize("minutes", MINUTES)
def test_the_steps_of_a_turn_fill_it(minutes):
    plan = plan_lesson(FIRST, minutes, 24)
    turns = {slot.minutes for slot in plan.slots if slot.title.startswith("Turn ")}
    assert {sum(plan.turn_steps)} == turns
    assert all(length >= 1 for length in plan.turn_steps)
    rows = planned_sheet("timetable", FIRST, plan).blocks[0].rows
    told = next(doing for _, _, title, doing in rows if title == "Turn 1")
    said = dict(re.findall(r"([a-z][a-z ]+) (\d+)", told))
    assert [int(said[step.lower()]) for step in TURN_STEPS] == list(plan.turn_steps)


def test_a_length_without_a_timetable_is_refused():
    with pytest.raises(UnknownName, match="lesson length in minutes '60'; one of: 50, 75, 90"):
        plan_lesson(FIRST, 60, 24)


@pytest.mark.parametrize("students", [-1, 0, 1, 401])
def test_a_class_too_small_or_large_is_refused(students):
    with pytest.raises(UsageError, match=f"«students»: {students} is not a class. Use 2 to 400"):
        plan_lesson(FIRST, 50, students)


@pytest.mark.parametrize("name", TAUGHT)
@pytest.mark.parametrize("minutes", MINUTES)
def test_every_card_falls_into_one_turn(name, minutes):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, minutes, 24)
    turns = values_of_plan(scenario, plan, "basic")["turns"]
    handed = [card["text"] for turn in turns for card in turn["cards"]]
    assert sorted(handed) == sorted(card.text for card in scenario.teaching.injects)
