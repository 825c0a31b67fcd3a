"""The history scenarios, and the comparison with the record."""

import re
from functools import cache

import numpy as np
import pytest

from wargame.analysis.record import skill, targets
from wargame.analysis.record.evidence import Evidence, gather
from wargame.analysis.record.hindcast import PERIODS, compare, hindcast
from wargame.analysis.record.skill import Simulated
from wargame.analysis.record.targets import Target
from wargame.analysis.studies.audit.branching import branching_number
from wargame.errors import UnknownName, UsageError
from wargame.findings import Estimate
from wargame.scenario import canonical, library, loader
from wargame.show.studies.hindcast import present

SHORT = ("turns=120",)


@cache
def short():
    return hindcast(30, 1, settings=SHORT)


def data(part):
    return canonical.to_data(loader.load(PERIODS[part]))


# --- the scenarios -------------------------------------------------------------------------


def test_the_holdout_differs_only_in_period_and_words():
    fitted, holdout = data("patterns"), data("holdout")
    assert {key for key in fitted if fitted[key] != holdout[key]} == {
        "title",
        "summary",
        "start",
        "turns",
    }
    assert fitted.keys() == holdout.keys()


def test_the_variant_changes_only_lethal_force():
    holdout, variant = data("holdout"), data("regime")
    changed = set()
    for actor, said in holdout["actors"].items():
        other = variant["actors"][actor]
        assert {key for key in said if said[key] != other[key]} <= {"actions"}
        for one, two in zip(said["actions"], other["actions"], strict=True):
            moved = {key for key in one.keys() | two.keys() if one.get(key) != two.get(key)}
            if moved:
                changed.add((actor, one["id"], one["rung"]))
                assert moved == {"initiative", "reply"}
    assert changed == {("PRK", "lethal_attack", 6), ("ROK", "lethal_fire", 6)}
    assert {key for key in holdout if holdout[key] != variant[key]} == {
        "title",
        "summary",
        "actors",
    }


@pytest.mark.parametrize("part", PERIODS)
def test_excitation_cannot_explode(part):
    actors = loader.load(PERIODS[part]).actors.values()
    excitation = np.array([actor.excitation.value for actor in actors])
    memory = np.array([actor.memory.value for actor in actors])
    assert branching_number(excitation, memory, 7) < 1


def test_periods_are_those_of_the_record():
    fitted, holdout = (loader.load(PERIODS[part]) for part in ("patterns", "holdout"))
    rows = library.table("midi4_korea_weekly_counts_1993_2010")
    assert (fitted.start.isoformat(), fitted.turns) == (rows[0]["week_start"], len(rows))
    years = holdout.turns * 7 / 365.25
    assert years == pytest.approx(targets.CLASH_YEARS["2011-2024"], abs=0.01)


# --- what the record says ------------------------------------------------------------------


def test_targets_cover_all_patterns_and_lie_in_their_intervals():
    rows = targets.calibration_targets()
    assert {row.id for row in rows} == {f"P{number}" for number in range(1, 9)}
    for row in (*rows, *targets.holdout_targets()):
        assert row.record.low <= row.record.value <= row.record.high, row


def test_clashes_of_the_holdout_by_hand():
    late = targets.clashes("2011-2024")
    assert len(late) == 19
    assert max(peak for *_, peak in late) == 5
    same = next(row for row in targets.holdout_targets() if row.key == "same_rung")
    assert same.record.value == pytest.approx(15 / 18)  # one trigger of the 19 is below rung 4


def test_the_nulls_chances_of_a_years_highest_rung():
    chances = skill.peak_chances("1996-2010")
    assert chances.sum() == pytest.approx(1)
    assert chances[4] == 0  # never seen
    # 8 of the 16 clashes of 15 years were lethal, so a year has none with exp(-8/15)
    assert chances[3] == pytest.approx(1 - np.exp(-8 / 15))
    assert chances[0] == pytest.approx(np.exp(-16 / 15))


# --- comparing -----------------------------------------------------------------------------


def evidence(**summaries):
    shape = np.zeros((1, 52), np.int64)
    return Evidence(summaries, Simulated(shape, shape.astype(np.int8)))


def test_inside_is_the_middle_in_the_records_interval():
    rows = [Target("P1", key, key, Estimate(2.0, 1.0, 3.0)) for key in ("x", "y")]
    found = compare(evidence(x=np.array([0.0, 2.9, 9.0]), y=np.array([0.0, 3.1, 9.0])), rows)
    assert [row.inside for row in found] == [True, False]
    assert found[0].simulated.value == 2.9
    assert found[0].simulated.low == pytest.approx(0.145)
    assert found[0].simulated.high == pytest.approx(8.695)


def test_rare_events_are_compared_by_their_rate_over_all_years():
    row = Target("P3", "x", "x", Estimate(0.3, 0.1, 0.5), rare=True)
    found = compare(evidence(x=np.array([0.0, 0.0, 1.0]), years=np.array([9.0, 9.0, 2.0])), [row])
    assert found[0].simulated.value == pytest.approx(2 / 20)  # the median would be 0


def test_histories_without_a_number_are_left_out():
    row = Target("P8", "x", "x", Estimate(2.0, 1.0, 3.0))
    found = compare(evidence(x=np.array([np.nan, 2.0, np.nan])), [row])
    assert (found[0].simulated.value, found[0].simulated.high) == (2.0, 2.0)


def test_a_number_that_no_history_gives_is_blank_with_a_reason():
    rows = [Target("P6", key, key, Estimate(2.0, 1.0, 3.0)) for key in ("dispersion_year", "x")]
    nothing = np.full(3, np.nan)
    found = compare(evidence(dispersion_year=nothing, x=nothing), rows)
    assert [(row.simulated, row.inside) for row in found] == [(None, None)] * 2
    assert [row.missing for row in found] == [
        "it takes histories of 104 weeks, and these have 52",
        "no history has enough to count",
    ]


@pytest.mark.parametrize("weeks", [1, 15, 60])
def test_of_histories_too_short_for_a_pattern_the_rest_is_shown(weeks):
    found = hindcast(20, 1, settings=[f"turns={weeks}"])
    shown = present(found)
    plain = shown.document()
    assert len(plain["patterns"]) == len(targets.calibration_targets())
    assert plain["patterns"][0]["simulated"]["value"] >= 0
    blank = [row["what"] for row in plain["patterns"] if row["simulated"] is None]
    assert "variance over mean, years" in blank
    said = " ".join(plain["remarks"])
    assert all(f"1993-2010, fitted, {what}: no simulated number: " in said for what in blank)
    takes = {"S1": 52, "S2": 52, "S3": 52, "S4": 13, "S5": 26}
    for row in plain["scores"]:
        assert (row["model"] is None) == (weeks < takes[row["id"]])
        assert ("too short" in row["verdict"]) == (row["model"] is None)


def test_a_short_hindcast_is_whole():
    shown = present(short())
    plain = shown.document()
    assert [row["id"] for row in plain["patterns"]] == [
        row.id for row in targets.calibration_targets()
    ]
    first = plain["patterns"][0]
    assert first.keys() == {"id", "what", "record", "simulated", "inside"}
    assert first["record"].keys() == first["simulated"].keys() == {"value", "low", "high"}
    assert re.search("not a forecast", plain["note"])
    assert {row["id"] for row in plain["scores"]} == {"S1", "S2", "S3", "S4", "S5"}


def test_workers_change_nothing():
    assert hindcast(30, 1, jobs=2, settings=SHORT) == short()


def test_large_runs_are_put_together_from_parts(monkeypatch):
    whole = gather(loader.load("history_1993_2010", SHORT), 30, 2)
    monkeypatch.setattr("wargame.analysis.record.evidence._AT_ONCE", 11)
    parts = gather(loader.load("history_1993_2010", SHORT), 30, 2)
    assert (whole.simulated.weekly == parts.simulated.weekly).all()
    assert (whole.simulated.peaks == parts.simulated.peaks).all()


def test_strikes_that_became_war_count_as_war():
    settings = [*SHORT, "actors.PRK.tempo=1", "actors.PRK.actions.major_strikes.initiative=9"]
    found = gather(loader.load("history_1993_2010", [*settings, "world.war_from_strikes=1"]), 20, 1)
    assert (found.simulated.peaks.max(axis=1) == 8).all()
    assert (found.summaries["war_per_year"] > 0).all()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_misspelt_setting_is_told_with_workers_as_without(jobs):
    with pytest.raises(UnknownName, match="tmpo"):
        hindcast(20, 1, jobs=jobs, settings=["actors.PRK.tmpo=1"])


def test_too_few_histories_are_refused():
    with pytest.raises(UsageError, match="20 or more"):
        hindcast(5)


@pytest.mark.slow
def test_the_patterns_of_the_fitted_years_are_inside_and_the_lethal_rate_after_them_is_not():
    found = hindcast(1000, 3, jobs=2)
    assert [row.what for row in found.patterns if not row.inside] == []
    holdout = {row.what: row.inside for row in found.holdout}
    assert not holdout["lethal clashes a year"]
    variant = {row.what: row.inside for row in found.regime}
    assert variant["lethal clashes a year"]
