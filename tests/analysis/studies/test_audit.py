"""The audit: what is alive is found alive, and what is planted dead is found dead."""

from dataclasses import replace

import numpy as np
import pytest

from wargame.analysis.estimates.paired import sign_test
from wargame.analysis.studies.audit.audit import audit
from wargame.analysis.studies.audit.idleness import why_idle
from wargame.analysis.studies.audit.liveness import Live
from wargame.analysis.studies.audit.monotonicity import check_directions
from wargame.analysis.studies.audit.outputs import column_names
from wargame.analysis.studies.audit.perturbation import try_numbers
from wargame.analysis.studies.audit.reachability import reach
from wargame.engine import ensemble
from wargame.scenario import library, loader
from wargame.scenario.paths import lawful_bounds, parameters_of
from wargame.show.studies.audit import present

TEXT = library.read_bytes(library.find_scenario("first_steps")).decode()


def edited(*changes):
    """first_steps with pieces of its text replaced."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return loader.loads(text)


def test_bounds_of_every_number_that_is_stated():
    scenario = loader.load("first_steps")
    bounds = lawful_bounds(scenario)
    assert bounds["actors.PRK.tempo"].highest == 20
    assert bounds["actors.PRK.actions.attack.slip[0].chance"].unit == "probability"
    assert bounds["actors.PRK.actions.attack.initiative"].lowest == -20
    assert set(bounds) < set(parameters_of(scenario))
    assert "actors.PRK.actions.attack.cost" not in bounds  # left at its default
    rich = lawful_bounds(loader.load("western_sea"))
    assert any(".commitments." in path for path in rich)
    assert any(".gains." in path for path in rich)
    assert any(path.endswith("effects[0].amount") for path in rich)


def test_columns_are_named_as_they_are_counted():
    from wargame.analysis.studies.audit.outputs import columns_of

    scenario = loader.load("first_steps")
    results = ensemble.run(scenario, 200, first=50)
    names, counted = column_names(scenario), columns_of(results)
    assert counted.shape == (200, len(names))
    assert np.array_equal(counted[:, names.index("incidents")], results.table["incidents"])
    assert np.array_equal(counted[:, 1], results.table["peak"] >= 5)
    at = results.menus["ROK"].index("call_hotline")
    mine = (results.acts["actor"] == results.actors.index("ROK")) & (results.acts["action"] == at)
    done = np.bincount(results.acts["replication"][mine] - 50, minlength=200)
    assert done.sum() > 0
    assert np.array_equal(counted[:, names.index("ROK does call_hotline")], done)


@pytest.fixture(scope="module")
def tried():
    """first_steps with a goal that no action serves."""
    scenario = edited(("  PRK:\n    name: North Korea\n", (
        "  PRK:\n    name: North Korea\n    goals: {glory: 0.5}\n"
    )))  # fmt: skip
    return scenario, {live.path: live for live in try_numbers(scenario, 300, seed=3)}


def test_what_is_alive_moves(tried):
    _, lives = tried
    assert lives["actors.PRK.tempo"].moves
    assert lives["actors.PRK.tempo"].to == "range"
    assert (lives["actors.PRK.tempo"].low, lives["actors.PRK.tempo"].high) == (0.06, 0.15)
    wide = lives["actors.PRK.actions.denounce.initiative"]
    assert wide.moves
    assert wide.what == "PRK does denounce"


def test_what_is_dead_does_not(tried):
    scenario, lives = tried
    goal = lives["actors.PRK.goals.glory"]
    assert (goal.moves, goal.differ, goal.to, goal.runs) == (False, 0.0, "bounds", 3000)
    assert why_idle(scenario, goal.path, ()) is None
    public = lives["actors.PRK.actions.answer_hotline.public"]
    assert (public.moves, public.differ) == (False, 0.0)
    assert why_idle(scenario, public.path, ()) == "PRK's audience_cost is 0"


def test_an_idle_number_is_rarely_called_alive():
    """Against its own draws under another seed nothing differs by more than chance."""
    from wargame.analysis.studies.audit.outputs import columns_of
    from wargame.analysis.studies.audit.perturbation import LEVEL

    scenario = loader.load("first_steps")
    false = 0
    for seed in range(20):
        one, other = (
            columns_of(ensemble.run(scenario, 200, seed=number)) for number in (seed, 1000 + seed)
        )
        gap = one.astype(np.int64) - other
        chances = sign_test((gap > 0).sum(axis=0), (gap < 0).sum(axis=0))
        false += chances.min() * len(chances) <= LEVEL / 3
    assert false <= 2


def test_reasons():
    scenario = loader.load("first_steps")
    attack = "actors.PRK.actions.attack.initiative"
    assert why_idle(scenario, attack, {("PRK", "attack")}) == "attack was never done"
    assert why_idle(scenario, attack, ()) is None
    assert "no answer above the firebreak (6)" in why_idle(scenario, "actors.PRK.restraint", ())
    assert (
        why_idle(loader.load("first_steps", ["world.firebreak=5"]), "actors.PRK.restraint", ())
        is None
    )
    assert "reads tension" in why_idle(scenario, "world.tension.decay", ())


def test_reach_and_why_never():
    scenario = edited(
        ("        initiative: -2.4\n", "        initiative: -19\n        reply: -19\n"),
        ("      - id: denounce\n", "      - id: denounce\n        if: tension(PRK) == 1\n"),
        ("        initiative: -0.4\n", "        reply: null\n"),
    )
    results = ensemble.run(scenario, 800, seed=1)
    found = {(item.actor, item.action): item for item in reach(results)}
    assert len(found) == 12
    assert found["PRK", "tank_exercise"].share.count > 100
    assert found["PRK", "tank_exercise"].why == ""
    rare = found["PRK", "attack"]
    assert (rare.share.count, rare.possible) == (0, True)
    assert "odds are low" in rare.why
    barred = found["PRK", "denounce"]
    assert (barred.possible, barred.share.count) == (False, 0)
    assert "condition never held" in barred.why
    mute = found["PRK", "answer_hotline"]
    assert not mute.possible
    assert "neither opens" in mute.why


def test_directions_hold_and_can_fail(monkeypatch):
    scenario = loader.load("western_sea")
    checks = {item.name: item for item in check_directions(scenario, 800)}
    assert all(item.verdict == "ok" for item in checks.values())
    assert "no commitments, no one joins for an ally" in checks
    from wargame.analysis.studies.audit import monotonicity

    kept = monotonicity._changes

    def wrong(scenario):
        points = kept(scenario)
        points["restraint"] = {"actors.PRK.tempo": 1.5}  # "more restraint" that is more war
        points["commitments"] = {}
        points["slips"] = {}
        points["tempo"] = dict.fromkeys(points["tempo"], 0.0)
        points["silence"] = {}
        return points

    monkeypatch.setattr(monotonicity, "_changes", wrong)
    broken = {item.name for item in check_directions(scenario, 4000) if item.verdict == "fail"}
    assert broken >= {
        "more restraint never raises major strikes",
        "twice the tempo never lowers incidents",
        "no commitments, no one joins for an ally",
        "no slips, no accidents",
        "no tempo and no excitation, no acts",
    }


@pytest.fixture(scope="module")
def passed():
    return audit(loader.load("first_steps"), 300, reach_runs=3000)


def test_first_steps_passes(passed):
    assert passed.passed
    verdicts = {check.name: check.verdict for check in passed.checks}
    assert verdicts["every action comes about"] == "ok"
    assert verdicts["one act sets off less than one other (branching number below 1)"] == "ok"
    assert {item.verdict for item in passed.numbers} <= {"moves", "seldom", "off"}
    shown, every = present(passed), present(passed, every=True)
    assert "audit passed" in shown.headline
    assert [table.name for table in shown.tables] == ["checks", "actions", "numbers"]
    assert len(every.tables[2].rows) == len(passed.numbers) > len(shown.tables[2].rows)
    assert shown.document() == every.document()
    assert shown.document()["passed"] is True
    rare = min(shown.document()["actions"], key=lambda row: row["share"]["count"])
    assert rare.keys() >= {"actor", "action", "rung", "why"}


def test_a_dead_number_and_a_runaway_fail():
    scenario = edited(
        ("  PRK:\n    name: North Korea\n", (
            "  PRK:\n    name: North Korea\n    goals: {glory: 0.5}\n"
        )),
        ("    excitation: {value: 0.07, low: 0.03, high: 0.09,",
         "    excitation: {value: 0.4, low: 0.03, high: 0.5,"),
    )  # fmt: skip
    found = audit(scenario, 100, reach_runs=500)
    assert not found.passed
    failed = {check.name: check.found for check in found.checks if check.verdict == "fail"}
    assert "actors.PRK.goals.glory" in failed["every number stated moves something"]
    assert any("branching" in name for name in failed)
    assert "FAILED" in present(found).headline


def test_verdicts():
    from wargame.analysis.studies.audit.liveness import judge

    scenario = loader.load("first_steps")
    live = Live("world.war_from_strikes", 0.4, 0, 1, "bounds", 10, False, "peak", 0.1, 1.0)
    assert judge(scenario, live, set()).verdict == "seldom"
    assert judge(scenario, replace(live, differ=0.0), set()).verdict == "dead"
    assert judge(scenario, replace(live, moves=True), set()).verdict == "moves"
    attack = replace(live, path="actors.PRK.actions.attack.initiative", differ=0.0)
    assert judge(scenario, attack, {("PRK", "attack")}).verdict == "off"


SHIPPED = [
    "first_steps", "western_sea", "armoured_spring", "pacific_reach", "munitions_for_russia",
    "hostile_constitution", "election_year",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_pass(name):
    found = audit(loader.load(name), 500, reach_runs=10_000, jobs=2)
    assert [check for check in found.checks if check.verdict == "fail"] == []


HISTORIES = ["history_1993_2010", "history_2011_2024", "history_2011_2024_regime"]


@pytest.mark.slow
@pytest.mark.parametrize("name", HISTORIES)
def test_shipped_histories_pass(name):
    """30 histories of up to 940 weeks: as many weeks as 500 of a year."""
    found = audit(loader.load(name), 30, reach_runs=500, jobs=2)
    assert [check for check in found.checks if check.verdict == "fail"] == []


def test_every_shipped_scenario_is_audited():
    assert set(library.scenario_names()) == {*SHIPPED, *HISTORIES}
