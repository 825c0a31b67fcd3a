"""A scenario played for fewer or more turns than its file says."""

import pytest

from wargame.errors import UsageError
from wargame.scenario import canonical, loader
from wargame.scenario.horizon import with_turns


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


def test_what_would_begin_after_the_end_is_left_out_and_named(scenario):
    short, dropped = with_turns(scenario, 12)
    assert short.turns == 12
    assert all(short.turn_of(event) <= 12 for event in short.calendar)
    kept = {event.id for event in short.calendar} | {card.id for card in short.teaching.injects}
    every = {event.id for event in scenario.calendar} | {c.id for c in scenario.teaching.injects}
    lost = set(scenario.variants) - set(short.variants)
    assert set(dropped) == (every - kept) | lost
    assert lost == {"elections_draw_acts", "exercises_draw_acts"}  # they speak of later events
    assert {claim.variant for claim in scenario.teaching.claims} == lost
    assert short.teaching.claims == ()
    assert "us_election" in dropped
    assert loader.loads(canonical.dump(short)) == short


def test_more_turns_leave_nothing_out(scenario):
    longer, dropped = with_turns(scenario, 52)
    assert longer.turns == 52
    assert dropped == ()
    assert longer.calendar == scenario.calendar


@pytest.mark.parametrize("turns", [0, -1, 10_001])
def test_turns_out_of_range_are_refused(scenario, turns):
    with pytest.raises(UsageError, match="out of range"):
        with_turns(scenario, turns)
