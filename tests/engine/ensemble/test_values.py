"""Ensembles with given values and common draws: what sweeps and designs stand on."""

import numpy as np
import pytest

from wargame.engine import ensemble
from wargame.engine.draws import Streams
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.results import REPLICATION_COLUMNS
from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.paths import uncertain_parameters_of

TEMPO, DECAY = "actors.PRK.tempo", "world.tension.decay"


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


def same(one, other, block=slice(None)):
    return all(
        np.array_equal(one.table[name][block], other.table[name]) for name in REPLICATION_COLUMNS
    )


def test_common_draws_repeat_block_by_block():
    whole = Streams(3, 0, 12, common=4).row("perceive", 1)
    first = Streams(3, 0, 4).row("perceive", 1)
    assert np.array_equal(whole, np.tile(first, 3))
    assert np.array_equal(Streams(3, 6, 3, common=4).row("perceive", 1), first[[2, 3, 0]])


@pytest.mark.parametrize(
    "path", [TEMPO, DECAY, "actors.ROK.restraint", "actors.JPN.commitments.USA"]
)
def test_a_given_value_is_the_same_as_a_setting(scenario, path):
    levels = (0.3, 0.9)
    found = ensemble.run(
        scenario, 200, 5, values={path: np.repeat(levels, 100)}, common=100, chunk=70
    )
    for at, level in enumerate(levels):
        alone = ensemble.run(loader.load("western_sea", [f"{path}={level}"]), 100, 5)
        assert same(found, alone, slice(100 * at, 100 * at + 100)), level
    assert not np.array_equal(found.table["acts"][:100], found.table["acts"][100:])


def test_one_value_serves_all(scenario):
    one = ensemble.run(scenario, 80, 5, values={TEMPO: np.array([0.2])}, chunk=30)
    many = ensemble.run(scenario, 80, 5, values={TEMPO: np.full(80, 0.2)}, chunk=30)
    assert same(one, many)
    assert not same(one, ensemble.run(scenario, 80, 5))


def test_given_values_come_before_drawn_ones(scenario):
    drawn = ensemble.run(scenario, 60, 2, uncertainty=True)
    paths = uncertain_parameters_of(scenario)
    again = ensemble.run(scenario, 60, 2, values=drawn.parameters)
    assert same(again, drawn)
    held = ensemble.run(scenario, 60, 2, uncertainty=True, values={TEMPO: np.array([0.05])})
    assert set(held.parameters) == set(paths) - {TEMPO}
    other = "actors.ROK.tempo"
    assert np.array_equal(held.parameters[other], drawn.parameters[other])


def test_uncertain_draws_are_common_too(scenario):
    drawn = ensemble.run(scenario, 40, 2, uncertainty=True, common=20).parameters[TEMPO]
    assert np.array_equal(drawn[:20], drawn[20:])


def test_what_cannot_be_is_refused(scenario):
    with pytest.raises(UnknownName, match=r"Did you mean 'actors.PRK.tempo'"):
        ensemble.run(scenario, 3, values={"actors.PRK.temp": np.ones(3)})
    with pytest.raises(UsageError, match=r"shape \(2,\).*each of the 3"):
        ensemble.run(scenario, 3, values={TEMPO: np.ones(2)})
    with pytest.raises(UsageError, match="common"):
        ensemble.run(scenario, 3, common=0)


def test_a_snapshot_takes_the_first_of_the_values(scenario):
    values = {TEMPO: np.array([0.9, 0.01])}
    chunk = chunks.Chunk(scenario, 1, 0, 2, values=values)
    alone = chunks.Chunk(scenario, 1, 0, 1, values={TEMPO: np.array([0.9])})
    one, other = (snapshots.take_snapshot(part, 20) for part in (chunk, alone))
    assert np.array_equal(one.state["excitation"], other.state["excitation"])
    assert one.leads_to_the_same(other)
    assert not one.leads_to_the_same(snapshots.take_snapshot(chunks.Chunk(scenario, 1, 0, 1), 20))
