"""What actions wait for: flags that can come to hold, and tension."""

import pytest

from wargame.scenario.laws.balance import check_reachable
from wargame.scenario.library import starting_text
from wargame.scenario.loader import loads
from wargame.scenario.schema import Scenario
from wargame.scenario.waiting import asks_tension, needs, reads_tension, settable


@pytest.fixture
def scenario() -> Scenario:
    return loads(starting_text())


def waiting(scenario: Scenario, *, start: bool) -> Scenario:
    """Two actions, each of which waits for the flag that the other sets."""
    actor = next(iter(scenario.actors))
    data = scenario.model_dump(exclude_unset=True)
    data["flags"] = {**scenario.flags, "red": False, "blue": start}
    first, second = data["actors"][actor]["actions"][:2]
    for action, wanted, sets in ((first, "blue", "red"), (second, "red", "blue")):
        action["if"] = wanted
        action["effects"] = [{"kind": "flag", "flag": sets, "value": True}]
    return Scenario.model_validate(data)


def test_actions_that_wait_for_each_other_are_warned_of(scenario):
    found = list(check_reachable(waiting(scenario, start=False)))
    assert [item.steps[-1] for item in found] == ["if"] * len(found)
    for flag in ("blue", "red"):
        assert any(f"'{flag}'" in item.message for item in found)


def test_a_chain_that_something_starts_comes_about(scenario):
    begun = waiting(scenario, start=True)
    assert {("blue", True), ("red", True)} <= settable(begun)
    assert not list(check_reachable(begun))


def test_only_the_actions_that_may_be_done_count(scenario):
    begun = waiting(scenario, start=True)
    actions = next(iter(begun.actors.values())).actions
    assert ("red", True) not in settable(begun, actions[1:])
    assert needs(actions[0]) == {("blue", True)}


def test_tension_is_read_by_a_spiral_or_a_requirement(scenario):
    data = scenario.model_dump(exclude_unset=True)
    for actor in data["actors"].values():
        actor["spiral"] = 0.0
    assert not reads_tension(Scenario.model_validate(data))
    action = data["actors"][next(iter(data["actors"]))]["actions"][0]
    action["if"] = "tension(NORTH) <= 0.5"
    calm = Scenario.model_validate(data)
    assert reads_tension(calm)
    assert asks_tension(next(iter(calm.actors.values())).actions[0])
