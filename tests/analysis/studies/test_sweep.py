"""Sweeps and the designs behind them."""

import csv
import io
from functools import partial

import numpy as np
import pytest

from wargame.analysis.designs.axes import read_axis
from wargame.analysis.designs.design_matrix import plan
from wargame.analysis.designs.points import grid, latin_hypercube
from wargame.analysis.designs.simulation import simulate
from wargame.analysis.estimates.measures import MEASURES, estimate, find_measures
from wargame.analysis.studies.sweep import Base, collect_estimates, run
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import loader
from wargame.show.studies.sweep import present
from wargame.show.table import to_text

TEMPO = "actors.PRK.tempo"


@pytest.fixture(scope="module")
def scenario():
    return loader.load("first_steps")


def collect(results, size):
    return {"acts": results.table["acts"].reshape(-1, size), "first": np.full(
        (results.replications // size,), results.first // size
    )}  # fmt: skip


def test_every_point_is_an_ensemble_of_its_own_on_the_same_draws(scenario):
    levels = np.array([0.02, 0.11, 0.3])
    found = simulate(scenario, {TEMPO: levels}, 50, 9, collect)
    for level, acts in zip(levels, found["acts"], strict=True):
        alone = ensemble.run(loader.load("first_steps", [f"{TEMPO}={level}"]), 50, 9)
        assert np.array_equal(acts, alone.table["acts"])


def test_workers_and_batches_change_nothing(scenario, monkeypatch):
    values = {TEMPO: np.linspace(0.02, 0.3, 7), "world.war_from_strikes": np.linspace(0, 1, 7)}
    names = ("incidents", "war")

    def estimates(jobs):
        made = partial(collect_estimates, names=names)
        return simulate(scenario, values, 30, 2, made, uncertainty=True, jobs=jobs)

    one = estimates(1)
    two = estimates(2)
    monkeypatch.setattr("wargame.analysis.designs.simulation.BATCH", 60)
    batched = estimates(1)
    for name in names:
        assert np.array_equal(one[name], two[name])
        assert np.array_equal(one[name], batched[name])


def test_progress_ends_at_the_total(scenario, monkeypatch):
    monkeypatch.setattr("wargame.analysis.designs.simulation.BATCH", 20)
    told = []
    simulate(
        *(scenario, {TEMPO: np.linspace(0.1, 0.2, 5)}, 10, 1, collect),
        on_progress=lambda *at: told.append(at),
    )
    assert told == [(20, 50), (40, 50), (50, 50)]


def test_an_empty_design_is_refused(scenario):
    with pytest.raises(UsageError, match="needs a point"):
        simulate(scenario, {}, 10, 1, collect)


def test_grid_varies_the_last_path_fastest():
    points = grid({"a": [1, 2], "b": [5, 6, 7]})
    assert points["a"].tolist() == [1, 1, 1, 2, 2, 2]
    assert points["b"].tolist() == [5, 6, 7, 5, 6, 7]


def test_a_latin_hypercube_has_one_point_in_every_slice():
    cube = latin_hypercube(["a", "b", "c"], 40, 3)
    for column in cube.values():
        assert sorted(np.floor(column * 40).tolist()) == list(range(40))
    assert abs(np.corrcoef(cube["a"], cube["b"])[0, 1]) < 0.5
    assert np.array_equal(cube["a"], latin_hypercube(["a"], 40, 3)["a"])
    assert not np.array_equal(cube["a"], latin_hypercube(["a"], 40, 4)["a"])


def test_axes(scenario):
    assert read_axis(f"{TEMPO}=0.1:0.3:3", scenario).levels == (0.1, 0.2, 0.3)
    assert read_axis("world.firebreak = 5, 6", scenario).levels == (5.0, 6.0)
    declared = read_axis(TEMPO, scenario)
    assert (declared.levels[0], declared.levels[-1], len(declared.levels)) == (0.06, 0.15, 9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors.PRK.tempo=0.3:0.1:3", "low below high"),
        ("actors.PRK.tempo=0.1:0.3:1", "2 or more"),
        ("actors.PRK.tempo=0.1:nan:3", "low below high"),
        ("actors.PRK.tempo=0.1:0.2:3:4", "low:high:number"),
        ("actors.PRK.tempo=0,1:0,2:3", "A decimal has a point"),
        ("actors.PRK.tempo=1,,2", "is not path=values"),
        ("actors.PRK.tempo=1,2,1", "names a value twice"),
        ("world.firebreak", "declares no range there"),
        ("=1,2", "is not path=values"),
    ],
)
def test_axes_that_cannot_be_read(scenario, text, message):
    with pytest.raises(UsageError, match=message):
        read_axis(text, scenario)


def test_plans(scenario):
    axes = [read_axis(text, scenario) for text in (f"{TEMPO}=0.1,0.2", "world.firebreak=5,6,7")]
    points = plan(axes, "grid", 5, 1)
    assert points[TEMPO] == (0.1, 0.1, 0.1, 0.2, 0.2, 0.2)
    assert points["world.firebreak"] == (5.0, 6.0, 7.0) * 2
    spread = plan([read_axis(f"{TEMPO}=0.1:0.3", scenario)], "lhs", 8, 1)[TEMPO]
    assert len(spread) == 8
    assert sorted(int((level - 0.1) / 0.025) for level in spread) == list(range(8))
    for wrong, message in (
        ([], "nothing to sweep over"),
        ([axes[0], axes[0]], "twice"),
    ):
        with pytest.raises(UsageError, match=message):
            plan(wrong, "grid", 5, 1)
    with pytest.raises(UsageError, match="needs a range"):
        plan([axes[0]], "lhs", 5, 1)
    with pytest.raises(UsageError, match="100,000"):
        plan([read_axis(f"{TEMPO}=0.1:0.3:400", scenario)] * 1 + [
            read_axis("actors.ROK.tempo=0.1:0.3:400", scenario)
        ], "grid", 5, 1)  # fmt: skip


@pytest.fixture(scope="module")
def mixed():
    """A sweep over a number and over a value that is none."""
    base = Base("first_steps", ("actors.ROK.tempo=0.3",))
    spec = base.load()
    axes = [read_axis(text, spec) for text in (f"{TEMPO}=0.05,0.4", "turn_days=3,7,14")]
    return run(base, axes, find_measures(["reached_4", "incidents"]), 120, 6)


def test_a_sweep_over_values_of_both_kinds_is_every_scenario_alone(mixed):
    assert mixed.size == 6
    for at in range(6):
        tempo, days = (mixed.points[path][at] for path in (TEMPO, "turn_days"))
        spec = loader.load(
            "first_steps", ["actors.ROK.tempo=0.3", f"{TEMPO}={tempo}", f"turn_days={days:.0f}"]
        )
        alone = ensemble.run(spec, 120, 6)
        for name, made in mixed.estimates.items():
            expected = estimate(alone, MEASURES[name], 120)
            assert (made.value[at], made.low[at], made.high[at]) == (
                expected.value[0],
                expected.low[0],
                expected.high[0],
            )


def test_tidy_csv(mixed):
    rows = list(csv.DictReader(io.StringIO(present(mixed).texts()["sweep.csv"])))
    assert len(rows) == 6 * 2
    ends = ["value", "value_low", "value_high"]
    assert list(rows[0]) == ["point", TEMPO, "turn_days", "measure", *ends]
    for row in rows:
        found = mixed.estimates[row["measure"]]
        assert float(row["value"]) == pytest.approx(found.value[int(row["point"])], rel=1e-9)
        assert float(row[TEMPO]) == mixed.points[TEMPO][int(row["point"])]


def test_the_document_and_the_table(mixed):
    shown = present(mixed)
    said = shown.document()
    assert said["note"] == NOTE
    assert said["points"] == 6
    assert [row["turn_days"] for row in said["values"]] == [3.0, 3.0, 7.0, 7.0, 14.0, 14.0] * 2
    assert said["values"][0]["value"].keys() == {"count", "share", "low", "high"}
    assert said["values"][1]["value"].keys() == {"value", "low", "high"}
    assert "6 points of 120 histories" in shown.headline
    assert NOTE in shown.tables[0].title
    headers, rows = to_text(shown.tables[0])
    assert headers == (TEMPO, "turn_days", "reached_4", "incidents")
    assert len(rows) == 6
    assert rows[0][:2] == ("0.05", "3")


@pytest.mark.parametrize(
    ("over", "error", "message"),
    [
        ("world.war_from_strikes=0.5,1.5", ScenarioError, r"1\.5 is out of range"),
        ("actors.PRK.temo=1,2", UnknownName, "Did you mean 'tempo'"),
        ("world.firebreak=5,six", ScenarioError, "six"),
    ],
)
def test_unlawful_values_are_refused_before_anything_is_simulated(
    over, error, message, monkeypatch
):
    def never(*_, **__):
        raise AssertionError("simulated")

    monkeypatch.setattr("wargame.analysis.studies.sweep.simulate", never)
    base = Base("first_steps")
    with pytest.raises(error, match=message):
        run(base, [read_axis(over, base.load())], find_measures(["war"]), 10, 1)


@pytest.mark.parametrize(
    ("over", "design"),
    [
        ([f"{TEMPO}=0.05:0.3:4"], "grid"),
        ([f"{TEMPO}=0.05:0.3:3", "world.firebreak=5,6"], "grid"),
        ([f"{TEMPO}=0.05:0.3", "actors.ROK.tempo=0.05:0.3", "actors.ROK.restraint=1:4"], "lhs"),
        (["actors.PRK.actions.attack.targets=[ROK]"], "grid"),
    ],
)
def test_figures_of_every_shape(over, design, tmp_path):
    from wargame.show.figure.files import draw_all
    from wargame.show.figure.studies.sweep import sweep_figures

    base = Base("first_steps")
    axes = [read_axis(text, base.load()) for text in over]
    made = run(base, axes, find_measures(["war", "incidents"]), 40, 1, design=design, points=6)
    paths = draw_all(sweep_figures(made), tmp_path / "figures")
    assert {path.name for path in paths} == {
        f"sweep_{name}.{kind}" for name in ("war", "incidents") for kind in ("png", "svg")
    }
    assert all(path.stat().st_size > 1000 for path in paths)
