"""Tension: how it pulls, fades and is renewed, on numbers worked out by hand."""

import pytest

from wargame.engine.rules.tension import pull, strengthened


def test_spiral_pull_turns_around_rung_three():
    assert [pull(1.0, 0.5, rung) for rung in (0, 3, 9)] == [-0.25, 0.0, 0.5]


def test_tension_fades_and_is_renewed_by_the_strongest_act():
    after = [
        strengthened(tension, 0.66, 0.9, strongest)
        for tension, strongest in ((0.5, 0), (0.9, 9), (0.3, -2))
    ]
    assert after == pytest.approx([0.33, 1.0, 0.198])
