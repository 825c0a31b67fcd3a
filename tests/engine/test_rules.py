"""The rules as functions: their formulas on numbers worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.engine import rules

ONE = np.ones(1)


def test_opening_chance_is_one_minus_exp_of_minus_hazard():
    chance = rules.opening_chance(np.array([0.0, 0.05, 1.0]))
    assert chance == pytest.approx([0.0, 0.04877057549928599, 0.6321205588285577])


def test_spiral_pull_turns_around_rung_three():
    pull = rules.spiral_pull(np.array([1.0]), np.array([0.5]), np.array([0, 3, 9], np.int8))
    assert pull[:, 0].tolist() == [-0.25, 0.0, 0.5]


def test_reply_chance_goes_by_the_rounded_perceived_rung():
    chances = tuple(np.array([value]) for value in (0.6, 0.42, 0.75, 0.9))
    perceived = np.array([-1.0, -0.4, 0.0, 3.4, 3.6, 4.4, 4.6, 8.0])
    expected = [0.6, 0.42, 0.42, 0.42, 0.75, 0.75, 0.9, 0.9]
    assert rules.reply_chance(perceived, chances).tolist() == expected


def test_answer_logits_are_the_sum_of_their_terms():
    rungs = np.array([1, 4, 7], np.int8)
    logits = rules.answer_logits(
        np.array([[0.5], [0.0], [-1.0]]),
        rungs,
        np.array([4.5]),
        reciprocity=2.0 * ONE,
        restraint=3.0 * ONE,
        above_firebreak=np.array([0.0, 0.0, 1.0]),
        audience=0.2 * np.ones((3, 1)),
        pull=np.array([[-0.1], [0.0], [0.1]]),
    )
    by_hand = [
        0.5 - 2.0 * 3.5 - 0.2 * 3.5 - 0.1,
        0.0 - 2.0 * 0.5 - 0.2 * 0.5,
        -1.0 - 2.0 * 2.5 - 3.0 + 0.1,
    ]
    assert logits[:, 0] == pytest.approx(by_hand)


@given(st.floats(0.0, 1.0, exclude_min=True, exclude_max=True))
def test_deaths_stay_in_the_band_of_their_rung(uniform):
    deaths = rules.count_deaths(np.array([5, 6, 7, 8, 9], np.int8), np.full(5, uniform))
    assert deaths[0] == 0
    assert 1 <= deaths[1] <= 99
    assert 100 <= deaths[2] <= 999
    assert deaths[3:].tolist() == [1000, 1000]


def test_deaths_reach_both_ends_of_their_band():
    ends = rules.count_deaths(np.array([6, 6, 7, 7], np.int8), np.array([1e-9, 1 - 1e-9] * 2))
    assert ends.tolist() == [1, 99, 100, 999]


def test_tension_fades_and_is_renewed_by_the_strongest_act():
    after = rules.strengthened_tension(
        np.array([0.5, 0.9, 0.3]),
        np.array([0.66]),
        np.array([0.9]),
        np.array([0, 9, -2], np.int8),
    )
    assert after == pytest.approx([0.33, 1.0, 0.198])


def test_branching_number_of_one_actor_by_hand():
    # One active week adds 0.1 x (1 + e^-1/5 + e^-2/5 + ...) = 0.1 / (1 - e^-0.2) acts.
    number = rules.branching_number(np.array([0.1]), np.array([5.0]), 7)
    assert number == pytest.approx(0.1 / (1 - np.exp(-0.2)))


def test_branching_number_hardly_depends_on_the_length_of_a_turn():
    weekly = rules.branching_number(np.array([0.045]), np.array([10.0]), 7)
    daily = rules.branching_number(np.array([0.045]), np.array([10.0]), 1)
    assert weekly == pytest.approx(daily, rel=0.06)
