"""The record of an ensemble: shares, outcomes, years."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

import shared
from wargame.findings import share_of


@given(st.integers(1, 5000), st.floats(0, 1))
def test_the_interval_is_wilsons(total, part):
    count = int(part * total)
    share = share_of(count, total)
    wilson = binomtest(count, total).proportion_ci(0.95, method="wilson")
    assert share.low == pytest.approx(max(0.0, wilson.low), abs=1e-9)
    assert share.high == pytest.approx(min(1.0, wilson.high), abs=1e-9)
    assert share.low <= share.value <= share.high


def test_none_and_all_reach_the_ends():
    assert share_of(0, 100).low == 0.0
    assert share_of(100, 100).high == 1.0


@pytest.fixture(scope="module")
def results():
    return shared.results("western_sea", 500)


def test_outcomes_add_up_and_leave_nuclear_use_out(results):
    outcomes = results.outcomes()
    assert sum(share.count for share in outcomes.values()) == 500
    assert "nuclear use" not in outcomes
    peaks = results.table["peak"]
    assert outcomes["calm"].count == (peaks <= 3).sum()
    assert outcomes["lethal clash"].count == (peaks == 6).sum()


def test_years_are_turns_played_times_their_length(results):
    assert results.years() == pytest.approx(results.table["turns"].sum() * 7 / 365.25)


def test_peaks_are_the_highest_of_the_turns(results):
    assert np.array_equal(results.turn_peak.max(axis=0), np.maximum(results.table["peak"], 0))
