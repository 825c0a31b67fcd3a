"""Ensembles: chunks, workers, snapshots, orders; what must not change the results."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from unittest import mock

import mesa
import numpy as np
import pytest

from histories import require_same
from wargame.engine import ensemble
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.model import Crisis
from wargame.engine.policies import Order
from wargame.engine.results import REPLICATION_COLUMNS
from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


@pytest.fixture(scope="module")
def results(scenario):
    return ensemble.run(scenario, 600, seed=4)


@pytest.mark.parametrize("chunk", [1, 7, 599, 600, 10_000])
def test_the_chunk_size_changes_nothing(scenario, chunk):
    few = 20 if chunk == 1 else 600
    require_same(
        ensemble.run(scenario, few, seed=4, chunk=chunk), ensemble.run(scenario, few, seed=4)
    )


def test_a_replication_is_the_same_alone(scenario, results):
    for number in (0, 137, 599):
        alone = ensemble.run(scenario, 1, seed=4, first=number)
        for name in REPLICATION_COLUMNS:
            assert alone.table[name][0] == results.table[name][number], name
        mine = results.acts["replication"] == number
        for name in ("replication", "turn", "link", "actor", "action", "realised", "deaths"):
            assert np.array_equal(alone.acts[name], results.acts[name][mine]), name


@pytest.mark.parametrize("jobs", [2, 5])
def test_threads_change_nothing(scenario, results, jobs):
    """Also where there are more of them than the machine has cores, or blocks."""
    with mock.patch.object(chunks, "BLOCK", 150):
        require_same(ensemble.run(scenario, 600, seed=4, jobs=jobs), results)
        require_same(ensemble.run(scenario, 600, seed=4, jobs=jobs, chunk=200), results)


@pytest.mark.parametrize("size", [1, 7, 599, 600, 10_000])
@pytest.mark.parametrize("uncertainty", [False, True])
def test_the_block_size_changes_nothing(scenario, size, uncertainty):
    few = 20 if size == 1 else 600
    options = {"seed": 4, "uncertainty": uncertainty, "sharing": 3, "acts_kept": 250}
    usual = ensemble.run(scenario, few, **options)
    with mock.patch.multiple(chunks, BLOCK=size, BLOCK_OF_OWN_NUMBERS=size):
        for jobs in (1, 2):
            require_same(ensemble.run(scenario, few, jobs=jobs, **options), usual)


def test_any_executor_will_do(scenario, results):
    with ThreadPoolExecutor(3) as pool:
        require_same(ensemble.run(scenario, 600, seed=4, executor=pool, chunk=100), results)


def test_an_observer_changes_nothing_and_sees_every_link(scenario, results):
    seen = []
    chunk = chunks.Chunk(scenario, 4, 0, 60, kept=60)
    watched = chunks.run_chunk(chunk, observer=lambda model: seen.append((model.turn, model.link)))
    require_same(watched, ensemble.run(scenario, 60, seed=4))
    assert len(set(seen)) == len(seen)
    assert {turn for turn, link in seen if link == 0} == set(range(1, scenario.turns + 1))
    answered = watched.acts["turn"], watched.acts["link"]
    assert set(zip(*map(np.ndarray.tolist, answered), strict=True)) <= set(seen)


def test_finished_chunks_are_taken_up(scenario, results):
    kept = []
    ensemble.run(scenario, 600, seed=4, chunk=200, on_chunk=kept.append)
    assert [part.first for part in kept] == [0, 200, 400]
    again = []
    taken = ensemble.run(
        scenario, 600, seed=4, chunk=200, finished=[kept[2], kept[0]], on_chunk=again.append
    )
    assert [part.first for part in again] == [200]
    require_same(taken, results)


def test_progress_runs_to_the_total(scenario):
    told = []
    ensemble.run(scenario, 10, chunk=5, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (10 * scenario.turns, 10 * scenario.turns)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_acts_kept_are_those_of_the_first_replications(scenario, results):
    fewer = ensemble.run(scenario, 600, seed=4, acts_kept=250, chunk=100)
    assert fewer.acts_kept == 250
    first = results.acts["replication"] < 250
    assert np.array_equal(fewer.acts["action"], results.acts["action"][first])
    assert np.array_equal(fewer.table["acts"], results.table["acts"])
    assert np.array_equal(fewer.activity, results.activity)


def test_replications_differ(results):
    prints = {
        tuple(results.turn_peak[:, number].tolist()) for number in range(results.replications)
    }
    assert len(prints) > 590


def test_seeds_differ_and_zero_is_one(scenario):
    zero, one = (ensemble.run(scenario, 50, seed=seed) for seed in (0, 1))
    assert zero.seed == 0
    assert not np.array_equal(zero.turn_peak, one.turn_peak)
    require_same(zero, ensemble.run(scenario, 50, seed=0))


def test_no_seed_draws_one_and_says_which(scenario):
    drawn = ensemble.run(scenario, 20, seed=None)
    require_same(drawn, ensemble.run(scenario, 20, seed=drawn.seed))


def test_counts_agree_with_the_act_log(results):
    numbers = results.acts["replication"]
    count = results.replications
    assert np.array_equal(np.bincount(numbers, minlength=count), results.table["acts"])
    slips = np.bincount(numbers, results.acts["accidental"], count)
    assert np.array_equal(slips, results.table["accidental"])
    assert results.activity.sum() == len(numbers)
    answered = results.answers[:, :-1].sum()
    direct = (results.acts["link"] > 0) & (results.acts["behalf"] < 0)
    assert answered == direct.sum()
    assert results.joined.sum() == (results.acts["behalf"] >= 0).sum()


def test_crises_agree_with_the_table(results):
    crises = results.crises
    count = results.replications
    assert np.array_equal(
        np.bincount(crises["replication"], minlength=count), results.table["crises"]
    )
    length = crises["ended"] - crises["opened"] + 1
    turns = np.bincount(crises["replication"], length, count)
    assert np.array_equal(turns, results.table["crisis_turns"])


def test_a_snapshot_continues_the_same_history(scenario, results):
    number, turn = 42, 17
    chunk = chunks.Chunk(scenario, seed=4, first=number, count=1)
    snapshot = snapshots.take_snapshot(chunk, turn)
    assert snapshot.turn == turn
    rest = ensemble.run(scenario, 1, seed=4, first=number, start=snapshot)
    for name in REPLICATION_COLUMNS:
        assert rest.table[name][0] == results.table[name][number], name
    assert np.array_equal(rest.turn_peak[:, 0], results.turn_peak[:, number])


def test_an_ensemble_from_a_snapshot_shares_its_past(scenario, results):
    snapshot = snapshots.take_snapshot(chunks.Chunk(scenario, seed=4, first=3, count=1), 20)
    futures = ensemble.run(scenario, 200, seed=9, start=snapshot)
    past = results.turn_peak[:19, 3]
    assert (futures.turn_peak[:19] == past[:, np.newaxis]).all()
    assert len({tuple(row) for row in futures.turn_peak[19:].T.tolist()}) > 100


def test_holding_every_actor_leaves_nothing_but_forced_acts(scenario):
    quiet = replace_calendar(scenario)
    orders = {
        (turn, actor): Order("hold", "hold")
        for turn in range(1, quiet.turns + 1)
        for actor in quiet.actors
    }
    assert ensemble.run(quiet, 50, orders=orders).table["acts"].sum() == 0


def replace_calendar(scenario):
    return scenario.model_copy(update={"calendar": ()})


def test_an_order_changes_nothing_before_its_turn(scenario, results):
    ordered = ensemble.run(scenario, 600, seed=4, orders={(30, "ROK"): Order("hold")})
    before = results.acts["turn"] < 30
    assert np.array_equal(
        ordered.acts["action"][ordered.acts["turn"] < 30], results.acts["action"][before]
    )
    assert not np.array_equal(ordered.turn_peak, results.turn_peak)


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ({(1, "CHN"): Order()}, "unknown actor in an order 'CHN'"),
        ({(99, "ROK"): Order()}, "turn 99. Use 1"),
        ({(1, "ROK"): Order("watch_statment")}, "Did you mean 'watch_statement'"),
    ],
)
def test_orders_that_make_no_sense_are_refused(scenario, orders, message):
    with pytest.raises((UnknownName, UsageError), match=message):
        ensemble.run(scenario, 1, orders=orders)


@pytest.mark.parametrize("counts", [{"replications": 0}, {"chunk": 0}, {"jobs": 0}])
def test_counts_below_one_are_refused(scenario, counts):
    with pytest.raises(UsageError, match="at least 1"):
        ensemble.run(scenario, **counts)


def test_a_snapshot_outside_the_scenario_is_refused(scenario):
    with pytest.raises(UsageError, match=r"Use 1\.\."):
        snapshots.take_snapshot(chunks.Chunk(scenario, 1, 0, 1), scenario.turns + 1)


def kept_by_mesa():
    """Return the models that Mesa keeps, those of other tests as well."""
    return {key for key in getattr(mesa.Agent, "_ids", {}) if isinstance(key, Crisis)}


def test_no_model_stays_alive(scenario):
    """Mesa 3.3.1 keeps every model in Agent._ids (its issue 3179)."""
    models, others = [], kept_by_mesa()
    born = Crisis.__init__

    def remember(self, *arguments, **options):
        born(self, *arguments, **options)
        models.append(weakref.ref(self))

    Crisis.__init__ = remember
    try:
        for _ in range(5):
            ensemble.run(scenario, 2)
    finally:
        Crisis.__init__ = born
    gc.collect()
    assert len(models) == 5
    assert [model for model in models if model() is not None] == []
    assert kept_by_mesa() <= others


def test_drawn_parameters_stay_in_their_ranges(scenario):
    from wargame.scenario.paths import uncertain_parameters_of

    drawn = ensemble.run(scenario, 400, uncertainty=True)
    ranges = uncertain_parameters_of(scenario)
    assert drawn.parameters.keys() == ranges.keys()
    for path, values in drawn.parameters.items():
        assert values.min() >= ranges[path].low
        assert values.max() <= ranges[path].high
        assert len(np.unique(values)) > 390


def test_uncertain_numbers_without_width_change_nothing(scenario, results):
    fixed = {}
    for path in ("tempo", "excitation"):
        value = getattr(scenario.actors["PRK"], path)
        fixed[path] = value.model_copy(update={"low": None, "high": None})
    actors = {**scenario.actors, "PRK": scenario.actors["PRK"].model_copy(update=fixed)}
    variant = scenario.model_copy(update={"actors": actors})
    require_same(replace(ensemble.run(variant, 600, seed=4), scenario=scenario), results)


def test_chunk_sizes_are_even_and_small_enough():
    for replications in (1, 10_000, 65_536, 65_537, 100_000, 1_000_000):
        size = chunks.chunk_size(replications)
        count = -(-replications // size)
        assert size <= chunks.CHUNK
        assert count == 1 or count % 2 == 0


def test_a_name_in_place_of_a_scenario_is_refused():
    with pytest.raises(UsageError, match=r"'western_sea' is not a scenario but str"):
        ensemble.run("western_sea", 10)
