"""Two dice in place of the model's draws."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taught import FIRST, TAUGHT, menu, role_sheet
from wargame.classroom.lesson.dice import (
    CHANCES,
    at_least,
    misreading,
    readings,
    slips,
    thrown,
    tolls,
)
from wargame.classroom.lesson.plan import LEVELS, plan_lesson
from wargame.scenario.schema import Slip


def test_chances_of_two_dice():
    assert CHANCES[12] == 1 / 36
    assert CHANCES[8] == 15 / 36
    assert CHANCES[2] == 1
    assert CHANCES[13] == 0


@pytest.mark.parametrize(
    ("chance", "least"), [(0, 13), (0.001, 12), (0.1, 11), (0.4, 8), (0.5, 8), (1, 2)]
)
def test_the_nearest_sum_of_dice(chance, least):
    assert at_least(chance) == least


def test_dice_misread_no_rarer_than_the_model():
    assert misreading(0) == 13  # never
    assert misreading(0.2) == 13  # 0.6% beyond half a rung: less than once in a hundred acts
    assert misreading(0.3) == 11  # 4.8% each way, dice 8.3%
    assert misreading(0.5) == 10  # 15.9%, dice 16.7%
    assert misreading(5) == 8  # too high and too low together never more than always


@given(st.floats(0.215, 0.8))
def test_the_rarest_sum_that_is_no_rarer(spread):
    least, upwards = misreading(spread), math.erfc(0.5 / spread / math.sqrt(2)) / 2
    assert CHANCES[least] >= upwards > CHANCES[least + 1]


def test_parties_that_read_alike_share_a_row():
    assert readings(FIRST) == (("all", "11 or more", "3 or less", "8%", "5%"),)
    party = FIRST.actors["ROK"]
    exact = party.misperception.model_copy(update={"value": 0.0, "low": None, "high": None})
    actors = FIRST.actors | {"ROK": party.model_copy(update={"misperception": exact})}
    rows = readings(FIRST.model_copy(update={"actors": actors}))
    assert ("South Korea", "never", "never", "0%", "0%") in rows
    others = ", ".join(item.name for name, item in FIRST.actors.items() if name != "ROK")
    assert rows[0][0] == others


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_slips_are_those_on_the_sheets(name, level):
    scenario = TAUGHT[name]
    rows = slips(scenario, level)
    plan = plan_lesson(scenario, 50, 24)
    marked = {}
    for actor in scenario.actors:
        for row in menu(role_sheet(scenario, plan, level, actor)):
            label, star, _ = row[2].partition(" *")
            if star:
                marked[row[0], label] = actor
    assert {row[:2] for row in rows} == set(marked)
    for number, label, _, _, rung in rows:
        actions = scenario.actors[marked[number, label]].actions
        (action,) = (item for item in actions if item.label == label)
        assert rung in {str(slip.to) for slip in action.slip}


def test_ways_to_slip_share_one_throw():
    """The first way has the highest sums, the next those below; no sum stands for two."""
    slips = tuple(Slip(to=to, chance=chance) for to, chance in ((5, 1 / 36), (2, 1 / 6), (1, 0.3)))
    assert thrown(slips) == ("12 or more", "10 to 11", "8 to 9")
    assert thrown((Slip(to=5, chance=0.01), Slip(to=2, chance=0.01))) == ("12 or more", "11")


def test_the_dead_on_paper_lie_inside_their_rungs():
    rows = [(dice, int(six), int(seven)) for dice, six, seven in tolls()]
    assert [dice for dice, _, _ in rows] == ["2 to 5", "6 to 8", "9 to 12"]
    for (_, six, seven), (_, more_six, more_seven) in itertools.pairwise(rows):
        assert 1 <= six < more_six <= 99
        assert 100 <= seven < more_seven <= 999
    assert rows[1][1:] == (10, 316)  # the medians of a law that is even in logarithms
