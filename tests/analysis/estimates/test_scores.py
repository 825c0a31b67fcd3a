"""Brier and ranked probability scores, by hand."""

import numpy as np
import pytest

from wargame.analysis.estimates.scores import score
from wargame.analysis.estimates.scoring_rules import brier, poisson_chances, ranked_probability
from wargame.errors import UsageError


def test_brier_by_hand():
    found = brier(np.array([0.7, 0.7, 0.0]), np.array([1, 0, 0]))
    assert found == pytest.approx([0.09, 0.49, 0.0])


def test_ranked_probability_by_hand():
    chances = np.array([[0.2, 0.5, 0.3], [0.2, 0.5, 0.3], [0.0, 0.0, 1.0]])
    # cumulated .2 .7 1 against 0 1 1, then against 1 1 1; a certain and right forecast scores 0
    found = ranked_probability(chances, np.array([1, 0, 2]))
    assert found == pytest.approx([0.04 + 0.09, 0.64 + 0.09, 0.0])


def test_ranked_probability_of_two_classes_is_brier():
    chance = np.array([0.1, 0.6, 0.9])
    happened = np.array([0, 1, 0])
    ranked = ranked_probability(np.column_stack([1 - chance, chance]), happened)
    assert ranked == pytest.approx(brier(chance, happened))


def test_a_forecast_that_misses_by_more_classes_scores_worse():
    sure_of_lowest = np.array([[1.0, 0.0, 0.0]])
    near = ranked_probability(sure_of_lowest, np.array([1]))[0]
    far = ranked_probability(sure_of_lowest, np.array([2]))[0]
    assert (near, far) == (1.0, 2.0)


def test_poisson_chances_sum_to_one_and_the_last_holds_the_rest():
    chances = poisson_chances(2.0, 4)
    assert chances.sum() == pytest.approx(1.0)
    assert chances[0] == pytest.approx(np.exp(-2))
    assert chances[3] == pytest.approx(1 - np.exp(-2) * (1 + 2 + 2))


def test_equal_chances_are_as_good():
    found = score("T", "rain", "ever", np.array(0.4), np.array(0.4), [0, 1, 1, 0], classes=False)
    assert (found.difference.low, found.difference.value, found.difference.high) == (0, 0, 0)
    assert found.verdict == "null as good"


def test_a_clearly_better_and_a_clearly_worse_forecast_are_told_apart():
    happened = np.tile([1, 0], 20)
    right = np.where(happened == 1, 0.9, 0.1)
    better = score("T", "rain", "ever", right, np.array(0.5), happened, classes=False)
    worse = score("T", "rain", "ever", 1 - right, np.array(0.5), happened, classes=False)
    assert (better.verdict, worse.verdict) == ("model better", "null better")
    assert better.model == pytest.approx(0.01)
    assert better.null == pytest.approx(0.25)


def test_the_interval_covers_a_difference_of_nothing_when_forecasts_differ_by_luck():
    happened = np.tile([1, 0], 10)
    model = np.tile([0.6, 0.6, 0.4, 0.4], 5)
    found = score("T", "rain", "ever", model, np.array(0.5), happened, classes=False)
    assert found.difference.low < 0 < found.difference.high


def test_one_outcome_only_allows_no_verdict():
    found = score("T", "rain", "ever", np.array(0.1), np.array(0.5), [0, 0, 0], classes=False)
    assert found.difference.value < 0
    assert found.verdict.startswith("cannot be told")


def test_one_row_of_classes_serves_all_forecasts():
    null = np.array([0.5, 0.25, 0.25])
    rows = np.tile(null, (3, 1))
    found = score("T", "rung", "ever", rows, null, [0, 1, 2], classes=True)
    assert found.rule == "ranked probability"
    assert found.difference.value == 0.0


def test_nothing_to_score_is_said():
    with pytest.raises(UsageError, match="nothing to score"):
        score("T", "rain", "ever", np.array(0.1), np.array(0.5), [], classes=False)
