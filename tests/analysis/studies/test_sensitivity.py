"""Screening and indices on functions with known answers, then on a scenario."""

import csv
import io
import json

import numpy as np
import pytest

from wargame.analysis.designs import morris, sobol
from wargame.analysis.estimates.measures import find_measures
from wargame.analysis.studies.sensitivity import OTHERS, Effort, analyse
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.errors import UsageError
from wargame.scenario import loader
from wargame.show.names import name_number
from wargame.show.studies.sensitivity import present, sentence
from wargame.show.table import to_text
from wargame.store.files import as_json

NAMES = ("x", "y", "z")
A, B = 7.0, 0.1
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
FIRST = {
    "x": 0.5 * (1 + B * np.pi**4 / 5) ** 2 / VARIANCE,
    "y": A**2 / 8 / VARIANCE,
    "z": 0.0,
}
JOINT = B**2 * np.pi**8 * (1 / 18 - 1 / 50) / VARIANCE
TOTAL = {"x": FIRST["x"] + JOINT, "y": FIRST["y"], "z": JOINT}


def ishigami(points):
    """Ishigami and Homma (1990) with a = 7, b = 0.1; the known answers are above."""
    x, y, z = (2 * np.pi * points[name] - np.pi for name in NAMES)
    return np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x)


def twice(output):
    """An output that is known exactly: both halves the same, one block."""
    return np.stack([output, output], axis=1)


def single(names):
    return {name: (name,) for name in names}


@pytest.fixture(scope="module")
def points():
    return sobol.lay(single(NAMES), 2048, seed=1)


def test_the_indices_of_the_ishigami_function(points):
    found = sobol.indices(twice(ishigami(points)), NAMES, 2048, seed=1)
    assert found.deviation.value == pytest.approx(np.sqrt(VARIANCE), rel=0.03)
    for name in NAMES:
        first, total = found.first[name], found.total[name]
        assert first.value == pytest.approx(FIRST[name], abs=0.02)
        assert total.value == pytest.approx(TOTAL[name], abs=0.02)
        assert first.low <= FIRST[name] <= first.high
        assert total.low <= TOTAL[name] <= total.high


def test_the_indices_are_those_of_scipy(points):
    from scipy.stats import sobol_indices

    output = ishigami(points).reshape(5, 1, 2048)
    theirs = sobol_indices(func={"f_A": output[0], "f_B": output[1], "f_AB": output[2:]}, n=2048)
    ours = sobol.indices(twice(output.ravel()), NAMES, 2048, seed=1)
    assert list(theirs.first_order.ravel()) == pytest.approx(
        [ours.first[name].value for name in NAMES], abs=1e-9
    )
    assert list(theirs.total_order.ravel()) == pytest.approx(
        [ours.total[name].value for name in NAMES], abs=1e-9
    )


def test_chance_is_not_taken_for_variance(points):
    noise = np.random.default_rng(4).normal(0, 3.0, (5 * 2048, 2))
    noisy = sobol.indices(ishigami(points)[:, None] + noise, NAMES, 2048, seed=1)
    assert noisy.deviation.value == pytest.approx(np.sqrt(VARIANCE), rel=0.05)
    for name in NAMES:
        assert noisy.total[name].low <= TOTAL[name] <= noisy.total[name].high
    # the mean of both halves has a variance of 4.5 more
    both = ishigami(points) + noise.mean(axis=1)
    naive = sobol.indices(twice(both), NAMES, 2048, seed=1)
    assert naive.deviation.value > np.sqrt(VARIANCE) + 0.4


def test_nothing_but_chance_has_no_parts(points):
    noise = np.random.default_rng(5).normal(0, 1, (5 * 2048, 2))
    found = sobol.indices(noise, NAMES, 2048, seed=1)
    assert not found.visible
    assert np.isnan(found.first["x"].value)
    assert sobol.indices(twice(ishigami(points)), NAMES, 2048, seed=1).visible


def test_a_group_counts_as_one():
    groups = {"x": ("x",), "rest": ("y", "z")}
    laid = sobol.lay(groups, 2048, seed=2)
    assert len(laid["x"]) == 4 * 2048
    found = sobol.indices(twice(ishigami(laid)), tuple(groups), 2048, seed=2)
    assert found.total["rest"].value == pytest.approx(1 - FIRST["x"], abs=0.04)
    assert found.first["x"].value == pytest.approx(FIRST["x"], abs=0.04)


def test_screening_of_the_ishigami_function():
    laid = morris.lay([*NAMES, "idle"], 60, seed=1)
    assert len(laid.points["x"]) == 60 * 5
    effects = laid.effects(twice(ishigami(laid.points)))
    assert effects.size[3] == effects.strength[3] == 0
    assert np.all(effects.size[:3] > 1)
    assert effects.spread[1] > 3 * abs(effects.mean[1])  # y works both ways
    assert effects.spread[2] > 3 * abs(effects.mean[2])  # z only through x


def test_each_step_of_a_trajectory_moves_one_input():
    laid = morris.lay(["a", "b", "c"], 25, seed=3)
    paths = np.stack([laid.points[name] for name in "abc"], axis=1).reshape(25, 4, 3)
    moved = np.abs(np.diff(paths, axis=1))
    assert np.all((moved > 0).sum(axis=2) == 1)
    assert np.all((moved > 0).sum(axis=1) == 1)
    assert np.allclose(moved.max(axis=2), 0.6)
    assert set(np.unique(paths)) == set(morris.LEVELS)


def test_a_straight_line_has_its_slope_everywhere():
    laid = morris.lay(["a", "b"], 30, seed=3)
    effects = laid.effects(twice(5 * laid.points["a"] - 2 * laid.points["b"]))
    assert effects.mean == pytest.approx([3.0, -1.2])
    assert effects.size == pytest.approx([3.0, 1.2])
    assert effects.strength == pytest.approx([3.0, 1.2])
    assert effects.spread == pytest.approx([0.0, 0.0], abs=1e-12)


def test_chance_has_no_strength():
    names = [f"n{number}" for number in range(40)]
    laid = morris.lay(["a", *names], 30, seed=6)
    noise = np.random.default_rng(7).normal(0, 1, (len(laid.points["a"]), 2))
    effects = laid.effects(4 * laid.points["a"][:, None] + noise)
    assert effects.strength[0] == pytest.approx(2.4, rel=0.15)
    assert np.count_nonzero(effects.strength[1:]) <= 6  # 5% of 40 are expected
    assert np.all(effects.size[1:] > 0.3)  # which the mean absolute effect does not see


EFFORT = Effort(trajectories=12, keep=3, base=128, runs=60, swing_runs=1500)


@pytest.fixture(scope="module")
def found():
    scenario = loader.load("first_steps")
    return analyse(scenario, find_measures(["incidents", "war"]), EFFORT, seed=2)


def test_a_scenario_hangs_on_its_tempo(found):
    assert found.kept[0] == "actors.PRK.tempo"
    assert len(found.kept) == 3
    parts = found.indices["incidents"]
    assert parts.visible
    assert max(parts.total, key=lambda path: parts.total[path].value) == "actors.PRK.tempo"
    assert sum(parts.first[path].value for path in parts.first) == pytest.approx(1, abs=0.35)


def test_swings_are_paired_runs_at_the_ends(found):
    swing = found.swings["incidents"]["actors.PRK.tempo"]
    assert (swing.low, swing.high) == (0.06, 0.15)
    assert swing.at_low < found.best["incidents"] < swing.at_high
    alone = ensemble.run(loader.load("first_steps", ["actors.PRK.tempo=0.06"]), 1500, 2)
    rate = alone.table["incidents"].sum() / alone.years()
    assert swing.at_low == pytest.approx(rate, rel=1e-12)
    assert swing.down.value == pytest.approx(rate - found.best["incidents"], rel=1e-9)
    assert swing.down.high < 0 < swing.up.low


def test_workers_change_nothing(found):
    again = analyse(found.scenario, found.measures, EFFORT, seed=2, jobs=2)
    one, other = present(again), present(found)
    assert as_json(one.document()) == as_json(other.document())
    assert one.texts() == other.texts()


def test_only_some_numbers(found):
    small = Effort(trajectories=4, keep=9, base=16, runs=10, swing_runs=50)
    few = analyse(found.scenario, found.measures, small, only=["actors.ROK", "world.chain"])
    assert {path.split(".")[1] for path in few.paths} == {"ROK", "chain"} & {
        path.split(".")[1] for path in found.paths
    }
    assert OTHERS not in few.indices["incidents"].total
    with pytest.raises(UsageError, match=r"under actors\.USA has a range"):
        analyse(found.scenario, found.measures, small, only=["actors.USA"])


@pytest.mark.parametrize(("effort", "message"), [
    (Effort(runs=44), "multiple of 10"), (Effort(base=3), "16 or more"),
        (Effort(base=100), "no power of two"), (Effort(keep=0), "1 or more"),
])  # fmt: skip
def test_too_little_effort(found, effort, message):
    with pytest.raises(UsageError, match=message):
        analyse(found.scenario, found.measures, effort)


def test_sentences(found):
    said = {measure.name: sentence(found, measure) for measure in found.measures}
    assert "comes from North Korea's tempo" in said["incidents"]
    assert "what we do not know about the number of incidents a year" in said["incidents"]
    assert "other 23 numbers together" in said["incidents"]
    assert "cannot be told from chance with 60 histories a point" in said["war"]


def test_tables(found):
    rows = list(csv.DictReader(io.StringIO(present(found).texts()["sensitivity.csv"])))
    assert len(rows) == 2 * (len(found.paths) + 1)
    tempo = next(row for row in rows if row["path"] == "actors.PRK.tempo")
    assert float(tempo["total"]) == pytest.approx(
        found.indices["incidents"].total["actors.PRK.tempo"].value, rel=1e-9
    )
    shown = present(found)
    assert NOTE in shown.headline
    assert [table.name for table in shown.tables] == ["measures", "incidents"]
    lead = to_text(shown.tables[1])[1][0]
    assert lead[0] == "North Korea's tempo"
    assert lead[3] == "0.06 to 0.15"
    said = json.loads(as_json(shown.document()))
    assert said["note"] == NOTE
    war = next(row for row in said["measures"] if row["name"] == "war")
    assert war["visible"] is False
    assert {row["first"]["value"] for row in said["numbers"] if row["first"]} >= {None}


def test_figures(found, tmp_path):
    from wargame.show.figure.files import draw_all
    from wargame.show.figure.studies.sensitivity import sensitivity_figures

    paths = draw_all(sensitivity_figures(found), tmp_path / "figures")
    assert {path.name for path in paths if path.suffix == ".png"} == {
        "parts_incidents.png",
        "tornado_incidents.png",
        "tornado_war.png",
    }


def test_numbers_in_words():
    scenario = loader.load("western_sea")
    assert name_number(scenario, "actors.USA.tempo") == "United States' tempo"
    assert (
        name_number(scenario, "actors.PRK.commitments.RUS") == "North Korea's commitment to Russia"
    )
    slip = name_number(scenario, "actors.ROK.actions.warning_fire.slip[0].chance")
    assert slip.startswith("South Korea's '")
    assert slip.endswith("': chance to slip to rung 5")
    assert name_number(scenario, "world.reply.low") == "world: reply low"
    assert name_number(scenario, "calendar.us_election.tempo_factor").startswith("calendar, '")


def test_chance_that_all_points_share_is_not_taken_for_variance():
    """On common draws chance is a smooth bend over the inputs, not noise at each point."""
    laid = sobol.lay(single(NAMES), 128, seed=1)
    rng = np.random.default_rng(8)
    seen = inside = 0
    for _ in range(40):
        bend = laid["x"][:, None, None] * rng.normal(0, 1, (2, 5))
        seen += sobol.indices(bend, NAMES, 128, seed=1).visible
        both = (laid["x"] + laid["y"])[:, None, None] + 0.5 * bend
        part = sobol.indices(both, NAMES, 128, seed=1).total["x"]
        inside += part.low <= 0.5 <= part.high
    assert seen <= 4  # 2.5% are expected
    assert inside >= 34  # 95% are expected
