"""Approximate Bayesian calibration, against posteriors known in closed form."""

import json
from functools import cache

import numpy as np
import pytest

from wargame.analysis.record import calibration
from wargame.analysis.record.calibration import KEYS, adjust, calibrate, observed, quantiles
from wargame.analysis.record.draws import Draws, simulate_draws
from wargame.errors import RecordError, ScenarioError, UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.changes.parameter_file import parameter_settings, write_parameters
from wargame.scenario.parameters import Parameter, triangular
from wargame.scenario.paths import uncertain_parameters_of
from wargame.store.folder import claim

FEW = 240


@cache
def short():
    return loader.load("history_1993_2010", ["turns=120"])


# --- the method ----------------------------------------------------------------------------


def test_adjustment_gives_the_posterior_of_a_linear_gaussian_model():
    """Prior N(0, 1), observation N(theta, 0.5^2) seen at 1: posterior N(.8, .2)."""
    generator = np.random.default_rng(1)
    theta = generator.normal(size=20_000)
    gaps = (theta + 0.5 * generator.normal(size=len(theta)) - 1.0)[:, None]
    near = np.abs(gaps[:, 0]) < 1.5
    weights = 1 - (gaps[near, 0] / 1.5) ** 2
    moved = adjust(theta[near], gaps[near], weights)
    low, middle, high = quantiles(moved, weights, (0.025, 0.5, 0.975))
    spread = np.sqrt(0.2)
    assert middle == pytest.approx(0.8, abs=0.03)
    assert (low, high) == pytest.approx((0.8 - 1.96 * spread, 0.8 + 1.96 * spread), abs=0.08)
    # Without the adjustment the same draws are far too wide.
    rough = quantiles(theta[near], weights, (0.025, 0.975))
    assert rough[1] - rough[0] > 1.2 * (high - low)


def test_adjustment_leaves_what_the_patterns_do_not_explain():
    generator = np.random.default_rng(2)
    values, gaps = generator.normal(size=4000), generator.normal(size=(4000, 3))
    assert adjust(values, gaps, np.ones(4000)) == pytest.approx(values, abs=0.3)
    assert adjust(3 * gaps[:, 1] + 5, gaps, np.ones(4000)) == pytest.approx(np.full(4000, 5.0))


def test_weighted_quantiles_by_hand():
    values = np.array([3.0, 1.0, 2.0])
    assert quantiles(values, np.ones(3), (0.5,)) == (2.0,)
    assert quantiles(values, np.array([100.0, 1.0, 1.0]), (0.5,))[0] == pytest.approx(3, abs=0.05)


def toy(share_of_noise=0.02, number=6000):
    """Draws in which one parameter alone moves all patterns."""
    generator = np.random.default_rng(3)
    ranges = uncertain_parameters_of(short())
    parameters = {}
    for path, prior in ranges.items():
        parameters[path] = triangular(generator.random(number), prior.low, prior.value, prior.high)
    tempo = parameters["actors.PRK.tempo"]
    wanted = observed(["P1", "P3"])
    summaries = {
        key: value * tempo / 0.05 * (1 + share_of_noise * generator.normal(size=number))
        for key, value in wanted.items()
    }
    return Draws(parameters, summaries)


def test_the_parameter_that_moves_the_patterns_is_found_and_no_other():
    posterior = calibrate(short(), toy(), ["P1", "P3"], keep=300)
    rows = {row.path: row for row in posterior.marginals}
    found = rows["actors.PRK.tempo"]
    assert found.posterior.value == pytest.approx(0.05, rel=0.03)
    assert found.informed
    assert found.shrinkage < 0.2
    others = [row for path, row in rows.items() if path != "actors.PRK.tempo"]
    assert sum(row.informed for row in others) <= 2  # one in a hundred by chance, each
    assert posterior.kept == 300
    for path, values in posterior.samples.items():
        prior = uncertain_parameters_of(short())[path]
        assert (values >= prior.low).all()
        assert (values <= prior.high).all()


def test_draws_without_a_pattern_are_never_kept():
    draws = toy()
    draws.summaries["lethal_per_year"][::2] = np.nan
    posterior = calibrate(short(), draws, ["P1", "P3"], keep=300)
    assert (posterior.draws, posterior.usable) == (6000, 3000)
    draws.summaries["lethal_per_year"][30:] = np.nan
    with pytest.raises(UsageError, match="only 15 of 6000 draws show all patterns"):
        calibrate(short(), draws, ["P1", "P3"])


def test_observed_numbers_are_those_of_the_record():
    assert observed(["P1"])["incidents_per_year"] == 10.3
    assert observed(["P3"])["lethal_per_year"] == 0.28  # the first of two
    assert set(observed(list(KEYS))) == {key for keys in KEYS.values() for key in keys}
    with pytest.raises(UnknownName, match="unknown pattern to fit 'P5'"):
        observed(["P5"])


def test_a_scenario_without_ranges_cannot_be_calibrated():
    draws = Draws({}, {key: np.ones(500) for key in observed(["P1"])})
    with pytest.raises(UsageError, match="has a range"):
        calibrate(short(), draws, ["P1"])


# --- draws, and taking up an interrupted run -------------------------------------------------


def drawn(folder, number=200, seed=1, **how):
    with claim(folder, "calibration") as place:
        return simulate_draws(short(), number, seed, place, **how)


def test_draws_do_not_depend_on_workers_or_interruption(tmp_path):
    whole = drawn(tmp_path / "a", FEW)
    assert len(whole.parameters["actors.PRK.tempo"]) == FEW
    shared = drawn(tmp_path / "b", FEW, jobs=2)
    chunks = sorted((tmp_path / "b.partial").glob("chunk-*.npz"))
    chunks[-1].unlink()
    told = []
    again = drawn(
        tmp_path / "b", FEW, resume=True, on_progress=lambda done, total: told.append((done, total))
    )
    assert told == [(FEW // 2, FEW), (FEW, FEW)]
    for columns in ("parameters", "summaries"):
        for name, values in getattr(whole, columns).items():
            for other in (shared, again):
                assert np.array_equal(values, getattr(other, columns)[name], equal_nan=True), name


def test_each_history_has_its_own_parameters(tmp_path):
    draws = drawn(tmp_path / "a", seed=2)
    assert draws.parameters.keys() == uncertain_parameters_of(short()).keys()
    for values in draws.parameters.values():
        assert len(np.unique(values)) == 200


def test_another_calibrations_chunks_are_not_taken_up(tmp_path):
    drawn(tmp_path / "a")
    with pytest.raises(RecordError, match="seed was 1, is now 2"):
        drawn(tmp_path / "a", seed=2, resume=True)


def test_a_chunk_that_was_cut_short_is_drawn_again(tmp_path):
    whole = drawn(tmp_path / "a")
    (tmp_path / "a.partial" / "chunk-000000000000.npz").write_bytes(b"not a chunk")
    again = drawn(tmp_path / "a", resume=True)
    for name, values in whole.summaries.items():
        assert np.array_equal(values, again.summaries[name], equal_nan=True), name


# --- the parameter file ----------------------------------------------------------------------


def test_a_parameter_file_moves_a_scenario_to_its_numbers(tmp_path):
    posterior = calibrate(short(), toy(), ["P1", "P3"], keep=300)
    entries = calibration.posterior_parameters(posterior)
    path = tmp_path / "parameters.yaml"
    path.write_text(write_parameters(entries, "A remark.\nOf two lines."), "utf-8")
    moved = loader.load("history_1993_2010", parameter_settings(path))
    assert moved.actors["PRK"].tempo == entries["actors.PRK.tempo"]
    assert moved.actors["PRK"].tempo.cite == "record.incidents_1993_2010"
    assert moved.actors["PRK"].tempo.high < 0.06


def test_plain_numbers_and_ranges_can_be_written_by_hand(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("actors.PRK.tempo: 0.07\nworld.reply.low: {value: .2, low: .1, high: .3}\n")
    settings = parameter_settings(path)
    assert settings[0] == "actors.PRK.tempo=0.07"
    assert json.loads(settings[1].partition("=")[2]) == {"value": 0.2, "low": 0.1, "high": 0.3}
    assert loader.load("history_1993_2010", settings).world.reply.low == Parameter(
        value=0.2, low=0.1, high=0.3
    )


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (None, UsageError, "there is no parameter file"),
        ("actors.PRK.tempo: [1, 2]\n", UsageError, "is not a number"),
        ("actors.PRK.tempo: fast\n", UsageError, "is not a number"),
        ("- 1\n", ScenarioError, "mine.yaml:1:1"),
        ("a: 1\na: 2\n", ScenarioError, "mine.yaml:2"),
    ],
)
def test_bad_parameter_files(tmp_path, text, error, said):
    path = tmp_path / "mine.yaml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(error, match=said.replace(".", r"\.")):
        parameter_settings(path)
