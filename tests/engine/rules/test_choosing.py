"""The contract of every standing order: whatever is added to POLICIES must keep it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from wargame.engine.compiled import records
from wargame.engine.policies import HOLD, NOTHING, POLICIES, Order
from wargame.engine.rules.answering import answer_to, consider
from wargame.engine.rules.choosing import choose
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NEVER, Layout, Room
from wargame.errors import UnknownName

SIZES = dict.fromkeys(
    [
        "actors",
        "actions",
        "links",
        "flags",
        "stocks",
        "slots",
        "steps",
        "watched",
        "changes",
        "events",
    ],
    2,
)
FORMS = Layout.of(Room.for_at_least(**SIZES))
ANSWERER, PROVOKER, LINK = 0, 1, 1


@dataclass
class Case:
    """A menu of the first actor, all of it aimed at the second, who acted."""

    logits: Any
    offered: Any
    rungs: Any
    trigger: int = 4
    misperception: float = 0.0
    keys: tuple[int, int] = (1, 2)

    def tables(self, standing):
        names = ("world", "numbers", "turn", "state", "work")
        made = tuple(records(getattr(FORMS, name), 1)[0] for name in names)
        world, numbers, turn, state, _ = made
        many = len(self.rungs)
        world["actors"] = 2
        world["first"][1:3] = many
        world["rung"][:many] = self.rungs
        world["answers"][:many] = 1
        world["aimed"][:many, PROVOKER] = 1
        world["always_on_offer"][:many] = self.offered
        state["ready"][:many] = NEVER
        numbers["answer_base"][:many] = self.logits
        numbers["misperception"][ANSWERER] = self.misperception
        for kind in ("conciliatory", "low", "encroachment", "force"):
            numbers[kind] = 1.0
        turn["number"] = 1
        turn["standing"][ANSWERER] = POLICIES.index(standing)
        turn["perceive_key"][LINK, ANSWERER], turn["choose_key"][LINK, ANSWERER] = self.keys
        return Here(*made)

    def consider(self, standing, tables=None):
        tables = tables or self.tables(standing)
        return consider(tables, LINK, ANSWERER, PROVOKER, self.trigger, 1.0)[0]

    def read_as(self, standing, perceived):
        """Return the answer to an act read as this."""
        tables = self.tables(standing)
        return answer_to(tables, LINK, ANSWERER, PROVOKER, 1.0, perceived)


@st.composite
def cases(draw):
    many = draw(st.integers(1, 8))
    keys = st.integers(0, 2**64 - 1)
    return Case(
        draw(hnp.arrays(float, many, elements=st.floats(-1000, 1000))),
        draw(hnp.arrays(bool, many)),
        np.sort(draw(hnp.arrays(np.int8, many, elements=st.integers(-2, 9)))),
        draw(st.integers(-2, 9)),
        draw(st.floats(0, 3)),
        (draw(keys), draw(keys)),
    )


@pytest.mark.parametrize("name", sorted(POLICIES))
class TestContract:
    @given(case=cases())
    def test_picks_one_action(self, name, case):
        pick = case.consider(name)
        assert pick == int(pick)
        assert NOTHING <= pick < len(case.rungs)

    @given(case=cases())
    def test_never_picks_what_is_not_on_offer(self, name, case):
        pick = case.consider(name)
        assert pick == NOTHING or case.offered[pick]

    @given(case=cases())
    def test_does_nothing_only_if_nothing_is_on_offer(self, name, case):
        pick = case.consider(name)
        assert (pick == NOTHING) == (name == HOLD or not case.offered.any())

    @given(case=cases())
    def test_same_arguments_same_pick_and_nothing_but_the_working_space_changed(self, name, case):
        tables = case.tables(name)
        before = [np.array(table).tobytes() for table in tables[:-1]]
        assert case.consider(name, tables) == case.consider(name, tables) == case.consider(name)
        assert [np.array(table).tobytes() for table in tables[:-1]] == before

    @given(case=cases(), other=cases())
    def test_a_choice_does_not_depend_on_the_one_before(self, name, case, other):
        used = other.tables(name)
        other.consider(name, used)
        tables = case.tables(name)._replace(work=used.work)
        assert case.consider(name, tables) == case.consider(name)


def test_match_goes_to_the_nearest_rung_and_of_two_the_lower():
    case = Case(np.zeros(3), np.ones(3, bool), [1, 3, 5])
    assert [case.read_as("match", read) for read in (4.0, 4.6, 0.0, 9.0)] == [1, 2, 0, 2]


def test_one_lower_and_one_higher_shift_the_aim():
    case = Case(np.zeros(4), np.ones(4, bool), [2, 3, 4, 5])
    assert case.read_as("one_lower", 4.0) == 1
    assert case.read_as("one_higher", 4.0) == 3


def test_logit_frequencies_follow_the_logits():
    logits, space = np.log([1.0, 2.0, 5.0]), np.empty(3)
    uniforms = (np.arange(80_000) + 0.5) / 80_000
    picks = [choose(logits, space, 3, u) for u in uniforms]
    assert np.bincount(picks).tolist() == [10_000, 20_000, 50_000]


def test_log_odds_of_any_size_are_chosen_among():
    space = np.empty(2)
    assert [choose(np.array([-5000.0, 5000.0]), space, 2, u) for u in (1e-12, 0.5)] == [1, 1]
    assert choose(np.array([-5000.0, -5000.0]), space, 2, 0.25) == 0
    assert choose(np.empty(0), space, 0, 0.5) == NOTHING


def test_an_order_with_an_unknown_standing_order_is_refused():
    with pytest.raises(UnknownName, match=r"unknown standing order 'mach'.*Did you mean 'match'"):
        Order(standing="mach")
