from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.findings import Estimate, share_of
from wargame.show.chances import about, brief, in_words, words
from wargame.show.numbers import per_year
from wargame.show.percentages import percent, span


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [
        (0, 10_000, "fewer than 3 in 10,000"),
        (10_000, 10_000, "all but fewer than 3 in 10,000"),
        (1, 10_000, "about 1 in 10,000"),
        (96, 10_000, "about 1 in 100"),
        (94, 10_000, "about 9 in 1,000"),
        (342, 10_000, "about 3 in 100"),
        (949, 10_000, "about 9 in 100"),
        (951, 10_000, "about 10 in 100"),
        (3814, 10_000, "about 38 in 100"),
        (9960, 10_000, "all but about 4 in 1,000"),
        (1, 1_000_000, "about 1 in 1,000,000"),
        *((0, 1, "0 of 1"), (1, 1, "1 of 1"), (1, 2, "1 of 2"), (19, 19, "19 of 19")),
        (10, 20, "about 50 in 100"),
    ],
)
def test_about(count: int, total: int, said: str) -> None:
    assert about(share_of(count, total)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        *((0.0, "below 1 in 100"), (0.0099, "below 1 in 100"), (0.01, "almost no chance")),
        *((0.05, "very unlikely"), (0.1999, "very unlikely"), (0.2, "unlikely")),
        *((0.45, "about even"), (0.55, "likely"), (0.8, "very likely")),
        *((0.95, "almost certain"), (0.99, "above 99 in 100"), (1.0, "above 99 in 100")),
    ],
)
def test_words_of_the_scale(share: float, said: str) -> None:
    assert words(share) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        *((0.0, "0%"), (1.0, "100%"), (0.384, "38%"), (0.0342, "3%"), (0.00034, "0.03%")),
        *((0.0951, "10%"), (0.0949, "9%"), (0.996, "99.6%"), (0.99994, "99.994%")),
    ],
)
def test_percent(share: float, said: str) -> None:
    assert percent(share) == said


@given(st.floats(1e-7, 1 - 1e-7))
def test_percent_never_rounds_to_nothing_or_everything(share: float) -> None:
    assert percent(share) not in ("0%", "100%")


@pytest.mark.parametrize(
    ("count", "total", "short", "said"),
    [
        (1, 2, "1 of 2", "too few to say more"),
        (0, 19, "0 of 19", "too few to say more"),
        (0, 20, "none seen", "fewer than 3 in 20"),
        (384, 1000, "38%", "unlikely: about 38 in 100"),
    ],
)
def test_few_cases_are_counts_and_no_share(count: int, total: int, short: str, said: str) -> None:
    assert brief(share_of(count, total)) == short
    assert in_words(share_of(count, total)) == said


def test_a_span_near_everything_keeps_the_end_that_is_not() -> None:
    assert span(0.99808, 1.0) == "99.8 to 100%"
    assert span(0.99611, 0.99971) == "99.6 to 99.97%"


def test_span_has_two_digits() -> None:
    assert span(0.0269, 0.0336) == "2.7 to 3.4%"
    assert span(0.0, 0.00038) == "0 to 0.038%"


def test_rates_in_words() -> None:
    assert per_year(Estimate(8 / 28.8, 0.13, 0.52, 28.8, "rate")) == "0.28 a year (0.13 to 0.52)"
    assert per_year(Estimate(0.0, 0.0, 0.00032, 7885.0, "rate")).startswith(
        "none in 7,885 simulated years"
    )
    short = per_year(Estimate(0.0, 0.0, 12.0, 0.31, "rate"))
    assert short.startswith("none in 0.31 simulated years")
