"""Openings: the chance of one, on numbers worked out by hand."""

import pytest

from wargame.engine.rules.opening import opening_chance


def test_opening_chance_is_one_minus_exp_of_minus_hazard():
    chances = [opening_chance(hazard) for hazard in (0.0, 0.05, 1.0)]
    assert chances == pytest.approx([0.0, 0.04877057549928599, 0.6321205588285577])
