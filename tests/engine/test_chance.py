"""Chance as the laws spell it: the draws of the streams, and normal ones made of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from wargame.engine.chance import count_from, normal, uniform
from wargame.engine.compiled import plainly
from wargame.engine.draws import Streams, row_key

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="/"), max_size=8)


@given(
    seed=st.integers(),
    first=st.integers(0, 2**40),
    count=st.integers(1, 20),
    purpose=TEXT,
    where=st.lists(st.integers(0, 999) | TEXT, max_size=3),
)
def test_both_spellings_of_the_generator_agree_to_the_last_bit(seed, first, count, purpose, where):
    row = Streams(seed, first, count).row(purpose, *where)
    key = row_key("/".join(map(str, (seed, purpose, *where))))
    with plainly():
        counters = [np.uint64(count_from(first + k)) for k in range(count)]
        assert [uniform(counter, key) for counter in counters] == row.tolist()


@given(counter=st.integers(0, 2**64 - 1), key=st.integers(0, 2**64 - 1))
def test_a_uniform_lies_inside_its_ends(counter, key):
    with plainly():
        assert 0.0 < uniform(np.uint64(counter), np.uint64(key)) < 1.0


LOWEST, HIGHEST = 1e-300, 1 - 1e-16


def require_quantile(u):
    assert normal(u) == pytest.approx(float(ndtri(u)), rel=1e-12, abs=1e-16)


@given(st.floats(LOWEST, HIGHEST))
def test_a_normal_draw_is_the_quantile(u):
    require_quantile(u)


@given(st.floats(math.log(LOWEST), math.log(0.5)))
def test_a_normal_draw_is_the_quantile_far_out(logarithm):
    require_quantile(math.exp(logarithm))
    require_quantile(1 - max(math.exp(logarithm), 1e-16))


@pytest.mark.parametrize("edge", [0.5, 0.075, 0.925, math.exp(-25), 1 - math.exp(-25)])
def test_a_normal_draw_is_the_quantile_where_the_formula_changes(edge):
    for u in (np.nextafter(edge, 0), edge, np.nextafter(edge, 1), edge * (1 + 1e-9)):
        require_quantile(min(float(u), HIGHEST))


def test_normal_draws_rise_and_are_even():
    u = (np.arange(1, 20_000) / 20_000).tolist()
    z = np.array([normal(value) for value in u])
    assert (np.diff(z) > 0).all()
    np.testing.assert_allclose(z, -z[::-1], rtol=1e-12, atol=1e-15)
