"""Names that must exist: targets, goals, commitments and ids."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.scenario.laws.finding import Finding, repeated, unknown
from wargame.scenario.schema import (
    Scenario,
)
from wargame.scenario.text.places import Steps


def check_targets(scenario: Scenario) -> Iterator[Finding]:
    """Hold targets to other actors of the scenario, each named once."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            steps: Steps = ("actors", name, "actions", index, "targets")
            for number, target in enumerate(action.targets):
                if target not in scenario.actors:
                    yield Finding((*steps, number), unknown("actor", target, scenario.actors))
                elif target == name:
                    message = f"{name} cannot be a target of its own action. Name other actors."
                    yield Finding((*steps, number), message)
            for number in repeated(action.targets):
                message = f"{action.targets[number]} is named twice. Name each target once."
                yield Finding((*steps, number), message)


def check_commitments(scenario: Scenario) -> Iterator[Finding]:
    """Hold commitments to other actors of the scenario."""
    for name, actor in scenario.actors.items():
        for ally in actor.commitments:
            steps: Steps = ("actors", name, "commitments", ally)
            if ally not in scenario.actors:
                yield Finding(steps, unknown("actor", ally, scenario.actors))
            elif ally == name:
                yield Finding(steps, f"{name} cannot be committed to itself. Delete the entry.")


def check_goals(scenario: Scenario) -> Iterator[Finding]:
    """Hold gains to goals that the actor has."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            for goal in action.gains:
                if goal not in actor.goals:
                    steps = ("actors", name, "actions", index, "gains", goal)
                    yield Finding(steps, unknown(f"goal of {name}", goal, actor.goals))


def check_ids(scenario: Scenario) -> Iterator[Finding]:
    """Hold ids to be unique in their list."""
    lists: list[tuple[Steps, list[str]]] = [
        (("actors", name, "actions"), [action.id for action in actor.actions])
        for name, actor in scenario.actors.items()
    ]
    lists.append((("calendar",), [event.id for event in scenario.calendar]))
    if scenario.teaching is not None:
        lists.append((("teaching", "injects"), [card.id for card in scenario.teaching.injects]))
    for steps, ids in lists:
        for index in repeated(ids):
            first = ids.index(ids[index])
            message = f"the id '{ids[index]}' is that of entry [{first}] too. Rename one."
            yield Finding((*steps, index, "id"), message)
