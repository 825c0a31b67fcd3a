"""The sign test against the binomial law; Holm's rule by hand."""

import numpy as np
import pytest

from wargame.analysis.estimates.paired import holm, sign_test


def test_the_sign_test_is_the_binomial_one():
    from scipy.stats import binomtest

    higher, lower = np.array([0, 3, 10, 17, 40]), np.array([0, 9, 10, 2, 0])
    expected = [
        1.0 if not up + down else binomtest(int(up), int(up + down)).pvalue
        for up, down in zip(higher, lower, strict=True)
    ]
    assert sign_test(higher, lower) == pytest.approx(expected, rel=1e-9)


def test_holm():
    chances = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm(chances) == pytest.approx([0.03, 0.06, 0.06, 0.02])  # Holm's own rule, by hand
    assert holm(np.array([0.9, 0.8])) == pytest.approx([1.0, 1.0])
