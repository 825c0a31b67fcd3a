"""Loading, overriding, writing and identifying scenarios."""

import hashlib
import json
import pickle
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario.canonical import digest, dump, to_data
from wargame.scenario.changes.settings import apply_overrides
from wargame.scenario.library import find_scenario, scenario_names, starting_text
from wargame.scenario.loader import load, loads
from wargame.scenario.schema import Scenario
from wargame.scenario.text.reader import read_document
from wargame.scenario.validation import check, check_text

START = starting_text()


@pytest.fixture
def data():
    return read_document(START, "start").data


def test_the_starting_file_has_no_problem_at_all():
    scenario, problems = check_text(START)
    assert problems == ()
    assert isinstance(scenario, Scenario)


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_have_no_problem_at_all(name):
    assert check(name)[1] == ()


@pytest.mark.parametrize("name", [*scenario_names(), "start"])
def test_a_dump_loads_to_an_equal_scenario(name):
    scenario = loads(START) if name == "start" else load(name)
    text = dump(scenario)
    again = loads(text)
    assert again == scenario
    assert dump(again) == text
    assert digest(again) == digest(scenario)
    assert list(to_data(scenario)) == [
        key for key in Scenario.model_fields if key in again_keys(again)
    ]


def again_keys(scenario: Scenario) -> set[str]:
    return set(to_data(scenario))


@pytest.mark.parametrize(
    "title",
    [
        "NO",
        "1e-3",
        "010",
        "12:30",
        "a: b",
        "# x",
        "<<",
        "null",
        "0o7",
        "서해 [/x] $y$",
        "'",
        '"\\',
        "-",
        "2024-01-01",
    ],
)
def test_awkward_text_survives_a_dump(title):
    scenario = loads(START).model_copy(update={"title": title, "summary": f"{title}\n\n {title}\n"})
    assert loads(dump(scenario)) == scenario


def test_a_null_that_differs_from_the_default_is_written():
    scenario = loads(START.replace("initiative: 0.0\n", "initiative: 0.0\n        reply: null\n"))
    assert scenario.actors["NORTH"].actions[3].reply is None
    assert loads(dump(scenario)).actors["NORTH"].actions[3].reply is None


def test_the_digest_is_of_what_is_meant_not_of_how_it_is_written():
    scenario = loads(START)
    assert digest(scenario) == digest(loads("# a remark\n" + START.replace("0.04,", "4e-2,")))
    assert digest(scenario) != digest(loads(START, settings=["actors.NORTH.tempo=0.05"]))
    assert len(digest(scenario)) == 64
    canonical = json.dumps(
        to_data(scenario), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert digest(scenario) == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_file_is_named_as_the_user_named_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(START.replace("rung: 4", "rung: 40", 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load("mine.yaml")
    line = START[: START.index("rung: 4")].count("\n") + 1
    assert str(caught.value) == (
        f"mine.yaml:{line}:15: actors.NORTH.actions[4].rung: "
        "40 is above the ladder's top (9). Use -2..9."
    )
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_load_raises_errors_without_the_warnings():
    text = START.replace("rung: 4", "rung: 9", 1)
    scenario, problems = check_text(text)
    assert scenario is None
    assert {problem.severity for problem in problems} == {"error", "warning"}
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    assert {problem.severity for problem in caught.value.problems} == {"error"}


def test_warnings_alone_do_not_stop_loading():
    text = START.replace("{to: 6, chance: 0.02}", "{to: 4, chance: 0.02}")
    scenario, problems = check_text(text)
    assert scenario is not None
    assert [problem.severity for problem in problems] == ["warning"]


def test_an_error_behind_many_warnings_is_still_found():
    events = "".join(f"  - {{id: e{index}, turn: 1, tempo_factor: 2}}\n" for index in range(600))
    text = START.replace("calendar:\n", "calendar:\n" + events).replace(
        "sources: []", "sources: [x]"
    )
    scenario, problems = check_text(text)
    assert scenario is None
    assert sum(problem.severity == "warning" for problem in problems) == 500
    assert sum(problem.severity == "error" for problem in problems) == 1


def test_many_errors_are_cut_with_a_word():
    text = START.replace("sources: []", "sources: [" + "1, " * 2000 + "]")
    problems = check_text(text)[1]
    assert len(problems) == 501
    assert problems[0].message == "there are more than 500 problems. Mend these first."


def test_a_scenario_is_frozen():
    with pytest.raises(ValidationError):
        loads(START).turns = 3


# Overrides


NORTH, SOUTH = "actors.NORTH", "actors.SOUTH"
DRILL = "actors.SOUTH.actions.exercise"


@pytest.mark.parametrize(
    ("setting", "place", "value"),
    [
        ("turns=30", "turns", 30),
        (" turns = 30 ", "turns", 30),
        ("title=NO", "title", "NO"),
        (f"{NORTH}.tempo=0.05", f"{NORTH}.tempo", 0.05),
        (f"{NORTH}.tempo.high=0.5", f"{NORTH}.tempo", {"value": 0.04, "low": 0.02, "high": 0.5}),
        (f"{NORTH}.actions.exercise.cost=1", f"{NORTH}.actions.3.cost", 1),
        (f"{NORTH}.actions[3].cost=1", f"{NORTH}.actions.3.cost", 1),
        (f"{NORTH}.actions[3].gains.standing.value=2", f"{NORTH}.actions.3.gains.standing", 2),
        (f"{NORTH}.actions.offer_talks.effects[0].value=no", None, "neither true nor false"),
        (
            f"{NORTH}.actions.offer_talks.effects[0].value=false",
            f"{NORTH}.actions.1.effects.0.value",
            False,
        ),
        (f"{SOUTH}.commitments.NORTH=0.5", f"{SOUTH}.commitments", {"NORTH": 0.5}),
        (f"{SOUTH}.commitments={{NORTH: 0.5}}", f"{SOUTH}.commitments", {"NORTH": 0.5}),
        ("calendar.holiday.tempo_factor=2", "calendar.0.tempo_factor", 2),
        ("world.chain.damping=0.1", "world.chain.damping", 0.1),
        (
            "world.war_from_strikes.high=0.9",
            "world.war_from_strikes",
            {"value": 0.4, "low": 0.15, "high": 0.9},
        ),
        (f"{DRILL}.if=talks_open", f"{SOUTH}.actions.3.if", "talks_open"),
        (f"{DRILL}.effects[0].actor=NORTH", None, "one of: there are none"),
    ],
)
def test_settings(setting, place, value):
    if place is None:
        with pytest.raises((ScenarioError, UnknownName), match=value):
            loads(START, settings=[setting])
        return
    assert _at(to_data(loads(START)), place) != value
    assert _at(to_data(loads(START, settings=[setting])), place) == value


def _at(data, place):
    for step in place.split("."):
        if isinstance(data, list):
            data = data[int(step)]
        else:
            data = data.get(step, {}) if isinstance(data, dict) else None
    return data


def test_the_last_setting_wins_and_the_data_stay(data):
    before = json.dumps(data)
    changed = apply_overrides(data, ["turns=8", "turns=9"])
    assert changed["turns"] == 9
    assert json.dumps(data) == before
    assert apply_overrides(data, []) is data


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("actors.NORHT.tempo=1", "unknown key of actors 'NORHT'; one of: NORTH, SOUTH."),
        ("actors.NORHT.tempo=1", "Did you mean 'NORTH'?"),
        (f"{NORTH}.tempp=1", "Did you mean 'tempo'?"),
        (f"{NORTH}.actions.exercse.cost=1", "unknown entry of actors.NORTH.actions 'exercse'"),
        (f"{NORTH}.actions[9].cost=1", "unknown entry of actors.NORTH.actions '9'"),
        (f"{NORTH}.goals.standng=1", "Did you mean 'standing'?"),
        (f"{NORTH}.tempo.valu=1", "Did you mean 'value'?"),
        (f"{NORTH}.name.x=1", "actors.NORTH.name is a single value"),
        ("wrold.firebreak=1", "Did you mean 'world'?"),
        ("world[0]=1", "unknown key of world '[0]'"),
        ("flags.talks_opn=true", "Did you mean 'talks_open'?"),
    ],
)
def test_settings_that_lead_nowhere(setting, said):
    with pytest.raises(UsageError) as caught:
        loads(START, settings=[setting])
    assert said in str(caught.value)
    assert isinstance(caught.value, UnknownName) or "single value" in said


def test_what_a_decimal_comma_left_of_a_setting_is_told():
    with pytest.raises(UsageError, match=r"A decimal has a point: 0\.05, not 0,05"):
        loads(START, settings=[f"{NORTH}.tempo=0", "05"])


def test_a_comma_between_entries_ends_no_number():
    _, problems = check_text(START.replace("tempo: 0.02", "tempo: {value: 0, 02: 1}"))
    assert any("02 starts with a zero" in problem.message for problem in problems)
    assert not any("the comma" in problem.message for problem in problems)


@pytest.mark.parametrize("setting", ["turns", "=3", "a..b=1", "a b=1", "a.[x]=1", "", "turns.=1"])
def test_settings_that_are_none(setting):
    with pytest.raises(UsageError, match=r"is no setting\. Write path=value"):
        loads(START, settings=[setting])


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("turns=many", "turns: 'many' is not a whole number. Write a number such as 3."),
        (f"{NORTH}.tempo=99", f"{NORTH}.tempo: value 99 is out of range. Use 0..20."),
        (
            f"{DRILL}.gains.fame=1",
            f"{SOUTH}.actions[3].gains.fame: there is no goal of SOUTH 'fame'. Known: standing.",
        ),
        (
            "calendar.holiday.act.actor=SOUTH",
            "calendar[0].act: the key 'action' is missing. Add it: which entry of its menu.",
        ),
    ],
)
def test_settings_that_make_a_scenario_invalid(setting, said):
    with pytest.raises(ScenarioError) as caught:
        loads(START, settings=[setting])
    assert str(caught.value) == f"«settings» {setting}: {said}"


def test_a_question_is_written_back_as_it_stood():
    """Else folders of results made before questions could have answers would not be read."""
    path = find_scenario("first_steps")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = [item["ask"] for item in data["teaching"]["questions"]]
    data["teaching"]["questions"] = asked
    loaded = loads(yaml.safe_dump(data))
    assert to_data(loaded)["teaching"]["questions"] == asked
    assert loads(dump(loaded)) == loaded
