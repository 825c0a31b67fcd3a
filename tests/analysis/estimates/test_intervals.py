from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, gamma

from wargame.analysis.estimates.intervals import counted_rate, dispersion, mean_rate, zero_bound
from wargame.analysis.estimates.precision import headline_half_width, precise_enough
from wargame.findings import share_of, wilson


@given(st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_intervals_are_scipys(case: tuple[int, int]) -> None:
    count, total = case
    expected = binomtest(count, total).proportion_ci(0.95, method="wilson")
    low, high = wilson([count], total)
    share = share_of(count, total)
    for ours, theirs in ((low[0], expected.low), (high[0], expected.high)):
        assert ours == pytest.approx(theirs, abs=1e-9)
    assert (share.low, share.high) == pytest.approx((low[0], high[0]), abs=1e-12)


def test_wilson_is_exact_at_the_ends_and_silent_about_nothing() -> None:
    low, high = wilson([0, 50, 0], [50, 50, 0])
    assert low[0] == 0.0
    assert high[1] == 1.0
    assert (low[2], high[2]) == (0.0, 1.0)


def test_rule_of_three() -> None:
    assert zero_bound(10_000) == pytest.approx(0.0003)
    assert zero_bound(2) == 1.0
    assert (1 - zero_bound(1000)) ** 1000 == pytest.approx(0.05, abs=0.001)


def test_counted_rate_is_jeffreys() -> None:
    rate = counted_rate(4, 100.0)
    assert rate.value == pytest.approx(0.04)
    assert rate.low == pytest.approx(gamma.ppf(0.025, 4.5) / 100)
    assert rate.high == pytest.approx(gamma.ppf(0.975, 4.5) / 100)


def test_nothing_seen_gives_a_zero_lower_end_and_the_records_upper_end() -> None:
    rate = counted_rate(0, 70.4)  # no war between the Koreas since the armistice
    assert rate.low == 0.0
    assert rate.high == pytest.approx(0.036, abs=0.0005)
    assert counted_rate(0, 0.0).high == math.inf


def test_bursts_widen_a_counted_rate() -> None:
    alone, bursting = counted_rate(20, 100.0), counted_rate(20, 100.0, dispersion=4.0)
    assert bursting.value == alone.value
    assert bursting.high - bursting.low > 1.8 * (alone.high - alone.low)


def test_dispersion_of_even_bursting_and_empty_counts() -> None:
    assert dispersion([3, 3, 3, 3], [1, 1, 1, 1]) == 1.0
    assert dispersion([0, 12, 0, 12], [1, 1, 1, 1]) == pytest.approx(8.0)
    assert dispersion([0, 0], [1, 1]) == 1.0


def test_mean_rate_is_a_ratio_of_sums_with_the_spread_between_replications() -> None:
    rng = np.random.default_rng(3)
    counts, years = rng.poisson(8, 400), np.full(400, 0.8)
    rate = mean_rate(counts, years)
    assert rate.value == pytest.approx(counts.sum() / 320)
    half = 1.959963984540054 * counts.std(ddof=1) / math.sqrt(400) / 0.8
    assert (rate.high - rate.low) / 2 == pytest.approx(half)


def test_mean_rate_weighs_short_histories_less() -> None:
    counts, years = np.array([10] * 50 + [1] * 50), np.array([1.0] * 50 + [0.1] * 50)
    assert mean_rate(counts, years).value == pytest.approx(10.0)
    assert mean_rate(counts, years).high == pytest.approx(10.0)


def test_mean_rate_of_few_events_never_goes_below_zero() -> None:
    rate = mean_rate([1, 1] + [0] * 998, np.ones(1000))
    assert 0 < rate.low < rate.value < rate.high


def test_mean_rate_covers_the_truth_about_19_times_in_20() -> None:
    rng = np.random.default_rng(11)
    inside = 0
    for _ in range(400):
        size = rng.gamma(2.0, 4.0, 200)  # histories differ: more spread than Poisson
        rate = mean_rate(rng.poisson(size), np.ones(200))
        inside += rate.low <= 8.0 <= rate.high
    assert 0.925 <= inside / 400 <= 0.98


def test_stopping_rule() -> None:
    shares = [share_of(500, 1000), share_of(10, 1000)]
    width = headline_half_width(shares)
    assert width == pytest.approx((shares[0].high - shares[0].low) / 2)
    assert precise_enough(shares, width)
    assert not precise_enough(shares, width * 0.999)
    assert headline_half_width([]) == 0.0
