"""Conditions: read, written again, refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.scenario.conditions.functions import FUNCTIONS
from wargame.scenario.conditions.grammar import DEEPEST, LONGEST, ConditionError, read_condition
from wargame.scenario.conditions.tree import (
    AllOf,
    AnyOf,
    Asked,
    Comparison,
    Flag,
    Not,
    depth_of,
    text_of,
)

ACTORS = ("PRK", "ROK", "USA")
GIVEN = {
    "actor": st.sampled_from(ACTORS),
    "rung": st.integers(-2, 9),
    "stock": st.sampled_from(("PRK.shells", "USA.readiness")),
    "action": st.sampled_from(("PRK.tank_drill", "ROK.patrol")),
}


@st.composite
def asked(draw, numbers):
    name = draw(
        st.sampled_from([n for n, f in FUNCTIONS.items() if (f.range is not None) == numbers])
    )
    way = draw(st.sampled_from(FUNCTIONS[name].takes))
    return Asked(name, tuple(draw(GIVEN[kind]) for kind in way))


FLAGS = st.sampled_from(("open", "nothing", "android", "order", "weeks_gone")).map(Flag)
NUMBERS = st.floats(0, 1e6) | st.integers(0, 50).map(float)
COMPARED = st.builds(
    Comparison, asked(True), st.sampled_from(("<", "<=", ">", ">=", "==")), NUMBERS
)
TREES = st.recursive(
    FLAGS | COMPARED | asked(False),
    lambda below: (
        st.builds(Not, below)
        | st.lists(below, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(below, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=6,
).filter(lambda tree: depth_of(tree) <= DEEPEST and len(text_of(tree)) <= LONGEST)


@given(TREES)
def test_what_is_written_is_read_again(tree):
    assert read_condition(text_of(tree)) == tree


@given(st.text(max_size=60) | st.text("ab()<>=.,0 PRKnotad", max_size=40))
def test_any_text_is_a_condition_or_refused_with_a_place(text):
    assert all(0 <= at <= len(text) for at in places_of_faults(text))


def places_of_faults(text):
    try:
        read_condition(text)
    except ConditionError as error:
        return [at for at, _ in error.faults] or [-1]
    return []


def test_not_binds_closer_than_and_and_that_closer_than_or():
    a, b, c = map(Flag, "abc")
    assert read_condition("not a and b or c") == AnyOf((AllOf((Not(a), b)), c))


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("open and", 8, "breaks off"),
        ("", 0, "breaks off"),
        ("open = 1", 5, "Did you mean '=='"),
        ("a && b", 2, "Did you mean 'and'"),
        ("a anb b", 2, "Did you mean 'and'"),
        ("(a", 2, "breaks off"),
        ("a)", 1, "cannot stand here"),
        ("a > 3", 0, "is a flag"),
        ("agreed(PRK, ROK) > 1", 0, "is no number"),
        ("since(PRK, 4)", 0, "Compare it"),
        ("tensin(PRK) > 0.5", 0, "Did you mean 'tension'"),
        ("tension(PRK.x) > 0.5", 0, "is given an actor"),
        ("turn(3) > 2", 0, "is given nothing"),
        ("turn > 3 weeks", 9, "not counted in weeks"),
        ("a" * (LONGEST + 1), 0, "too long"),
        ("not " * DEEPEST + "a", 0, "too deep"),
    ],
)
def test_what_is_wrong_is_said_where(text, at, words):
    with pytest.raises(ConditionError) as error:
        read_condition(text)
    assert error.value.faults[0][0] == at
    assert words in error.value.faults[0][1]


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(ConditionError) as error:
        read_condition("foo(PRK) > 1 or a > 2 or peak")
    assert [at for at, _ in error.value.faults] == [0, 16, 25]
