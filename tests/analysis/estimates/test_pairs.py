"""Two arms on the same draws, compared by rung."""

import numpy as np
import pytest

from wargame.analysis.estimates.paired import NO_CHANGE, compare_levels, share_difference

BEFORE = np.array([0, 4, 4, 6, 8, 3, 5, 2], np.int8)
AFTER = np.array([0, 4, 6, 6, 5, 4, 5, 2], np.int8)


def test_arms_are_compared_at_each_rung():
    pairs = {pair.level: pair for pair in compare_levels(BEFORE, AFTER, (4, 6))}
    assert [(pair.before.count, pair.after.count) for pair in pairs.values()] == [(5, 6), (2, 2)]
    assert pairs[4].difference == share_difference(BEFORE >= 4, AFTER >= 4)
    assert pairs[6].difference.value == 0
    assert pairs[6].difference.low < 0 < pairs[6].difference.high


def test_nothing_is_estimated_up_to_a_rung_both_have_reached():
    settled, open_ = compare_levels(BEFORE, AFTER, (4, 6), settled=4)
    assert settled.difference == NO_CHANGE
    assert open_.difference != NO_CHANGE


def test_what_is_the_same_in_every_history_saves_nothing():
    (same,) = compare_levels(BEFORE, BEFORE, (5,))
    assert same.difference.value == pytest.approx(0)
    assert same.saved is None
