"""Acts that kill: how many, by rung and draw."""

from hypothesis import given
from hypothesis import strategies as st

from wargame.engine.rules.acting import count_deaths


@given(st.floats(0.0, 1.0, exclude_min=True, exclude_max=True))
def test_deaths_stay_in_the_band_of_their_rung(uniform):
    deaths = [count_deaths(rung, uniform) for rung in (5, 6, 7, 8, 9)]
    assert deaths[0] == 0
    assert 1 <= deaths[1] <= 99
    assert 100 <= deaths[2] <= 999
    assert deaths[3:] == [1000, 1000]


def test_deaths_reach_both_ends_of_their_band():
    ends = [count_deaths(rung, u) for rung in (6, 7) for u in (1e-9, 1 - 1e-9)]
    assert ends == [1, 99, 100, 999]
