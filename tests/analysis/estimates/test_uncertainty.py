"""Chance and numbers told apart: on data whose parts are known, and on a scenario."""

import numpy as np
import pytest

import shared
from wargame.analysis.estimates.uncertainty import (
    SHARING,
    split,
    split_outcomes,
    split_rate,
    split_reached,
)
from wargame.engine import ensemble
from wargame.findings import Estimate
from wargame.scenario import loader
from wargame.show.run.overview import overview
from wargame.show.run.summary import summarise


def groups(chances, rng):
    """SHARING histories for each chance, next to each other."""
    return (rng.random((len(chances), SHARING)) < chances[:, np.newaxis]).ravel()


def test_the_spread_of_a_known_mixture_is_found():
    rng = np.random.default_rng(5)
    chances = rng.beta(2, 8, 20_000)
    part = split(groups(chances, rng))
    variance = 2 * 8 / (100 * 11)
    assert abs(part.spread**2 - variance) < 4 * part.spread_error
    assert float(part.share.value) == pytest.approx(0.2, abs=0.003)
    inside = np.mean((chances > part.from_low) & (chances < part.to_high))
    assert inside == pytest.approx(0.95, abs=0.01)  # the mixture is a beta law itself


def test_without_a_spread_nothing_is_explained():
    rng = np.random.default_rng(6)
    part = split(groups(np.full(10_000, 0.2), rng))
    assert part.spread**2 < 4 * part.spread_error
    assert part.explained < 0.01
    assert np.isnan(part.from_low)


def test_shared_numbers_widen_the_error_of_finite_runs():
    rng = np.random.default_rng(7)
    sure = np.repeat(rng.random(20_000) < 0.3, SHARING)  # members of a group always alike
    free = rng.random(20_000 * SHARING) < 0.3
    wide, narrow = split(sure), split(free)
    ratio = wide.share.at(()).width / narrow.share.at(()).width
    assert ratio == pytest.approx(np.sqrt(SHARING), rel=0.05)


def test_nothing_seen_leaves_nothing_to_split():
    part = split(np.zeros(1000, bool))
    share = part.share.at(())
    assert (share.value, part.spread, share.low, part.explained) == (0, 0, 0, 0)
    assert share.high > 0


@pytest.fixture(scope="module")
def results():
    return shared.results("western_sea", 2000, uncertainty=True, sharing=SHARING)


def test_groups_share_their_numbers_but_not_their_chances(results):
    for values in results.parameters.values():
        by_group = values.reshape(-1, SHARING)
        assert (by_group == by_group[:, :1]).all()
        assert len(np.unique(values)) == len(by_group)
    assert not np.array_equal(results.turn_peak[:, 0], results.turn_peak[:, 1])
    alone = ensemble.run(
        loader.load("western_sea"), 1, uncertainty=True, sharing=SHARING, first=1001
    )
    assert alone.parameters["actors.PRK.tempo"][0] == results.parameters["actors.PRK.tempo"][1001]
    assert alone.table["peak"][0] == results.table["peak"][1001]


def test_a_scenario_is_split_for_every_outcome_turn_and_rate(results):
    parts = split_outcomes(results)
    assert parts.keys() == results.outcomes().keys()
    for outcome, share in results.outcomes().items():
        assert float(parts[outcome].share.value) == pytest.approx(share.value)
    reached = split_reached(results, 5)
    assert reached.share.value.shape == (results.scenario.turns,)
    assert (np.diff(reached.share.value) >= 0).all()
    rate, error, spread, explained = split_rate(results, "incidents")
    assert spread > 3 * error  # uncertain tempos matter more than 2,000 histories' chance
    assert 0 < explained < 1
    assert rate == pytest.approx(results.table["incidents"].sum() / results.years())


def test_the_two_kinds_stand_apart_in_what_is_shown(results):
    document = summarise(results, "digest")["parameter_uncertainty"]
    assert document["draws"] == 2000 // SHARING
    assert {row["outcome"] for row in document["outcomes"]} == results.outcomes().keys()
    tables = {table.name: table for table in overview(results)[1]}
    assert "more runs shrink the first" in tables["uncertainty"].title
    assert all(isinstance(row["share"], Estimate) for row in tables["uncertainty"].rows)
    fixed = shared.results("western_sea", 100)
    assert "uncertainty" not in {table.name for table in overview(fixed)[1]}
