"""Actions left out of a scenario, and where the rest stands afterwards."""

import copy

import pytest

from wargame.errors import UnknownName, UsageError
from wargame.scenario.canonical import to_data
from wargame.scenario.changes.settings import apply_overrides
from wargame.scenario.library import find_scenario, scenario_names, starting_text
from wargame.scenario.loader import load, loads
from wargame.scenario.validation import check_text

START = starting_text()
FIRST = find_scenario("first_steps").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", scenario_names())
def test_only_the_action_goes(name):
    whole = to_data(load(name))
    actor, entry = next(
        (actor, entry)
        for actor, party in whole["actors"].items()
        for entry in party["actions"]
        if entry["rung"] >= 3 and entry.get("initiative") is not None
    )
    expected = copy.deepcopy(whole)
    expected["actors"][actor]["actions"].remove(entry)
    assert to_data(load(name, [f"drop={actor}.{entry['id']}"])) == expected
    assert apply_overrides(whole, [f"drop={actor}.{entry['id']}"]) == expected


def test_several_go_at_once_before_other_changes():
    changed = loads(FIRST, settings=["actors.PRK.tempo=0.2", "drop=PRK.attack ROK.strike_back"])
    assert changed == loads(
        FIRST, settings=["drop=ROK.strike_back", "drop=PRK.attack", "actors.PRK.tempo=0.2"]
    )
    with pytest.raises(UnknownName, match=r"unknown entry of actors\.PRK\.actions 'attack'"):
        loads(FIRST, settings=["actors.PRK.actions.attack.rung=5", "drop=PRK.attack"])


def test_problems_of_what_is_left_keep_their_places():
    broken = FIRST.replace("label: Call the hotline", "label: Call the hotline\n        tempo: 1")
    assert broken != FIRST
    (before,) = check_text(broken)[1]
    (after,) = check_text(broken, settings=["drop=ROK.freeze_live_fire"])[1]
    assert (before.line, before.column) == (after.line, after.column)
    assert (before.path, after.path) == (
        "actors.ROK.actions[1]",
        "actors.ROK.actions[0]",
    )


def test_problems_of_what_is_left_out_are_gone():
    broken = FIRST.replace("label: Call the hotline", "label: Call the hotline\n        tempo: 1")
    problems = check_text(broken, settings=["drop=ROK.call_hotline"])[1]
    assert problems[0].path == "actors.ROK.actions"
    assert all("has 1 action below rung 0" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("PRK.atack", UnknownName, "unknown action of PRK 'atack'.*Did you mean 'attack'"),
        ("PRX.attack", UnknownName, "unknown actor 'PRX'.*Did you mean 'PRK'"),
        ("attack", UsageError, "'attack' names no action. Write ACTOR.action"),
        ("", UsageError, "drops nothing. Write drop=ACTOR.action"),
    ],
)
def test_what_cannot_be_dropped(name, error, said):
    with pytest.raises(error, match=said):
        loads(FIRST, settings=[f"drop={name}"])


def test_the_only_action_stays():
    data = {"actors": {"PRK": {"actions": [{"id": "talk"}]}}}
    with pytest.raises(UsageError, match="'talk' is the only action of PRK"):
        apply_overrides(data, ["drop=PRK.talk"])


def test_what_names_a_dropped_action_is_told_with_its_place():
    forced = FIRST.replace(
        "\nactors:\n",
        "\ncalendar:\n  - {id: push, turn: 2, act: {actor: PRK, action: attack}}\n\nactors:\n",
    )
    assert forced != FIRST
    problems = check_text(forced, settings=["drop=PRK.attack"])[1]
    problem = next(problem for problem in problems if problem.severity == "error")
    assert problem.path == "calendar[0].act.action"
    assert problem.line == forced[: forced.index("{id: push")].count("\n") + 1
    assert "attack" in problem.message


def test_a_variant_can_drop():
    text = FIRST.replace("variants:\n", "variants:\n  no_attack: {drop: PRK.attack}\n")
    assert text != FIRST
    scenario, problems = check_text(text)
    assert problems == ()
    assert scenario.variants["no_attack"] == {"drop": "PRK.attack"}
    (problem,) = check_text(text.replace("PRK.attack}", "PRK.attak}"))[1]
    assert problem.path == "variants.no_attack.drop"
    assert "Did you mean 'attack'" in problem.message
