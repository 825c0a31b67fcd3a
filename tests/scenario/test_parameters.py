"""A number, its range, its provenance, and drawing it."""

from typing import Annotated

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from scipy import stats

from wargame.scenario.parameters import Between, Parameter, number_hint, triangular


def _error(data, adapter=None) -> str:
    with pytest.raises(ValidationError) as caught:
        (adapter or TypeAdapter(Parameter)).validate_python(data)
    return caught.value.errors()[0]["msg"]


def test_a_plain_number_is_its_value():
    assert Parameter.model_validate(3) == Parameter(value=3.0)
    assert Parameter.model_validate(0.5).model_dump(mode="json") == 0.5
    assert not Parameter.model_validate(0.5).uncertain


def test_a_full_number_is_written_in_full():
    full = {"value": 0.5, "low": 0.1, "high": 0.9, "source": "data", "cite": "record.x"}
    assert Parameter.model_validate(full).model_dump(mode="json") == full
    assert Parameter.model_validate(full).uncertain
    assert not Parameter(value=1, low=1, high=1).uncertain


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (True, "True is not a number"),
        ("x", "'x' is not a number"),
        ("30%", "Did you mean 0.3?"),
        ([1], "[1] is not a number"),
        ({"value": 1, "low": 0}, "high is missing"),
        ({"value": 1, "high": 2}, "low is missing"),
        ({"value": 3, "low": 0, "high": 2}, "outside its own range"),
        ({"value": 1, "source": "data"}, "nothing is cited"),
    ],
)
def test_what_is_no_number(data, said):
    assert said in _error(data)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, "1"])
def test_values_are_strict_and_finite(number):
    with pytest.raises(ValidationError):
        Parameter.model_validate({"value": number})


@pytest.mark.parametrize("name", ["value", "low", "high"])
def test_all_three_must_lie_in_the_lawful_range(name):
    adapter = TypeAdapter(Annotated[Parameter, Between(0, 1, "share")])
    assert adapter.validate_python({"value": 0.5, "low": 0, "high": 1}).value == 0.5
    number = -0.1 if name == "low" else 1.1
    data = {"value": 0.5, "low": 0.2, "high": 0.8, name: number}
    if name == "value":
        data["high"] = 1.2
    assert f"{name} {number} is out of range. Use 0..1." in _error(data, adapter)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30%", "0.3"),
        ("0,3", "0.3"),
        ("1_000", "1000"),
        ("1_6", "16"),
        ("1 000", "1000"),
        (" 2 ", "2"),
        ("-5 %", "-0.05"),
        ("5 per cent", "0.05"),
        ("\u22120.8", "-0.8"),
        ("1.5e-3x", "0.0015"),
        ("0.04 a week", "0.04"),
        ("ca. 0,3", "0.3"),
        ("1,000", "1000 or 1"),
        ("0,000", "0"),
    ],
)
def test_hints(written, meant):
    assert number_hint(written) == f" Did you mean {meant}?"


@pytest.mark.parametrize(
    "written",
    ["three", "%", "1,2,3", "1.2.3", "1/3", "1 6", "12:30", "F01", "", None, 3, "9" * 61],
)
def test_no_hint_where_there_is_none(written):
    assert number_hint(written) == ""


def test_where_a_whole_number_is_wanted_none_else_is_meant():
    assert number_hint("16 weeks", whole=True) == " Did you mean 16?"
    assert number_hint("1,6", whole=True) == ""
    assert number_hint("1,000", whole=True) == " Did you mean 1000 or 1?"


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=5).map(sorted),
)
def test_draws_lie_in_the_range_and_keep_order(three, uniforms):
    low, mode, high = three
    drawn = triangular(np.array(uniforms), low, mode, high)
    width = high - low
    assert (drawn >= low - 1e-9 * width).all()
    assert (drawn <= high + 1e-9 * width).all()
    assert (np.diff(drawn) >= -1e-9 * max(width, 1e-300)).all()


@pytest.mark.parametrize("mode", [0.1, 0.3, 0.9])
def test_draws_follow_the_triangular_law(mode):
    uniforms = np.linspace(0.001, 0.999, 97)
    expected = stats.triang((mode - 0.1) / 0.8, loc=0.1, scale=0.8).ppf(uniforms)
    number = Parameter(value=mode, low=0.1, high=0.9)
    np.testing.assert_allclose(number.draw(uniforms), expected, rtol=1e-12)


def test_without_a_range_every_draw_is_the_value():
    assert Parameter(value=2).draw(np.array([0.1, 0.9])).tolist() == [2.0, 2.0]
    assert triangular(np.array([0.1, 0.9]), 1, 1, 1).tolist() == [1.0, 1.0]
