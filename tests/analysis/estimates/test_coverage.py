"""Do intervals that say 95% hold the truth in 95 of 100 repetitions?

Coverage counted over 1,000 repetitions has itself a standard error of 0.7 points, so one
faultless interval in thirty would fall outside 93.5 to 96.5; over 4,000 it is 0.34 points.
"""

import numpy as np
import pytest

from wargame.analysis.estimates.intervals import mean_rate
from wargame.engine import ensemble
from wargame.engine.results import REPLICATION_COLUMNS
from wargame.findings import wilson
from wargame.scenario import loader
from wargame.scenario.ladder import OUTCOMES

REPETITIONS, RUNS = 4_000, 1_000
LOW, HIGH = 0.935, 0.965


@pytest.fixture(scope="module")
def repeated():
    """One ensemble of distinct histories, in blocks: column -> (repetition, replication)."""
    spec = loader.load("first_steps")
    results = ensemble.run(spec, REPETITIONS * RUNS, seed=1, acts_kept=0)
    table = {name: results.table[name].reshape(REPETITIONS, RUNS) for name in REPLICATION_COLUMNS}
    return table, results


def held(lows, highs, truth):
    return float(np.mean((np.asarray(lows) <= truth) & (truth <= np.asarray(highs))))


@pytest.mark.slow
def test_outcome_shares(repeated):
    columns, _ = repeated
    covered, below = {}, -np.inf
    for outcome, highest in OUTCOMES.items():
        hits = (columns["peak"] > below) & (columns["peak"] <= highest)
        below = highest
        truth = hits.mean()  # its own error is a sixtieth of one repetition's
        if hits.sum(axis=1).mean() >= 10:  # below that counts are too few for steps to be small
            covered[outcome] = held(*wilson(hits.sum(axis=1), RUNS), truth)
    assert len(covered) >= 4
    assert {name: share for name, share in covered.items() if not LOW <= share <= HIGH} == {}


@pytest.mark.slow
def test_rates_a_year(repeated):
    columns, results = repeated
    years = columns["turns"] * results.scenario.turn_days / 365.25
    for name in ("incidents", "lethal_turns", "crises"):
        truth = columns[name].sum() / years.sum()
        rates = [mean_rate(*block) for block in zip(columns[name], years, strict=True)]
        share = held([rate.low for rate in rates], [rate.high for rate in rates], truth)
        assert LOW <= share <= HIGH, name


@pytest.mark.slow
def test_repetitions_are_independent(repeated):
    """Blocks vary as independent samples do: else coverage would say nothing."""
    columns, _ = repeated
    hits = (columns["peak"] >= 5).sum(axis=1)
    share = hits.mean() / RUNS
    ratio = hits.var(ddof=1) / (RUNS * share * (1 - share))
    assert 0.92 < ratio < 1.08  # 3.6 standard errors, sqrt(2 / 3999) each
    assert abs(np.corrcoef(hits[:-1], hits[1:])[0, 1]) < 0.06
