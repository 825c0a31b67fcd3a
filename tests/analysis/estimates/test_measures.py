"""Named measures, block by block."""

import numpy as np
import pytest

import shared
from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.estimates.measures import DEFAULT, MEASURES, estimate, find_measures, means
from wargame.engine import ensemble
from wargame.errors import UnknownName, UsageError
from wargame.findings import share_of


@pytest.fixture(scope="module")
def results():
    return shared.results("western_sea", 900, seed=8)


def test_one_block_is_what_the_statistics_say(results):
    rates, reached = annual_rates.rates(results), statistics.crossings(results)
    for name, rate in (("incidents", rates["incidents"]), ("lethal", rates["lethal_turns"])):
        found = estimate(results, MEASURES[name], 900)
        assert (found.value[0], found.low[0], found.high[0]) == (rate.value, rate.low, rate.high)
    for level in (4, 5, 6):
        found, share = estimate(results, MEASURES[f"reached_{level}"], 900), reached[level]
        assert found.value[0] == share.value
        assert (found.low[0], found.high[0]) == pytest.approx((share.low, share.high), abs=1e-15)
    wars = share_of(int((results.table["peak"] >= 8).sum()), 900)
    assert estimate(results, MEASURES["war"], 900).value[0] == wars.value


@pytest.mark.parametrize("name", MEASURES)
def test_blocks_are_ensembles_of_their_own(results, name):
    parts = [ensemble.run(results.scenario, 300, seed=8, first=first) for first in (0, 300, 600)]
    whole = estimate(results, MEASURES[name], 300)
    for at, part in enumerate(parts):
        alone = estimate(part, MEASURES[name], 300)
        assert (whole.value[at], whole.low[at], whole.high[at]) == (
            alone.value[0],
            alone.low[0],
            alone.high[0],
        )
    assert np.all(whole.low <= whole.value)
    assert np.all(whole.value <= whole.high)
    assert np.allclose(means(results, MEASURES[name], 300), whole.value, rtol=1e-14)


def test_blocks_must_be_whole(results):
    with pytest.raises(UsageError, match="no whole number of blocks of 7"):
        estimate(results, MEASURES["war"], 7)


def test_names():
    assert tuple(measure.name for measure in find_measures([])) == DEFAULT
    assert [m.name for m in find_measures(["war", "acts", "war"])] == ["war", "acts"]
    with pytest.raises(UnknownName, match="Did you mean 'incidents'"):
        find_measures(["incident"])
