"""Names that must exist: targets, goals, commitments, requirements and effects."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.scenario.laws.finding import Finding, repeated, unknown
from wargame.scenario.schema import (
    Effect,
    ExcitationEffect,
    FlagEffect,
    Scenario,
    StockEffect,
    TempoEffect,
    TensionEffect,
)
from wargame.scenario.text.places import Steps


def all_effects(scenario: Scenario) -> Iterator[tuple[Steps, Effect]]:
    """Yield every effect of actions and events with its place.

    Parameters
    ----------
    scenario : Scenario
        A scenario.
    """
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            for number, effect in enumerate(action.effects):
                yield ("actors", name, "actions", index, "effects", number), effect
    for index, event in enumerate(scenario.calendar):
        for number, effect in enumerate(event.effects):
            yield ("calendar", index, "effects", number), effect


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


def check_requirements(scenario: Scenario) -> Iterator[Finding]:
    """Hold what an action requires to be declared, and able to come true."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            needs = action.requires
            if needs is None:
                continue
            steps: Steps = ("actors", name, "actions", index, "requires")
            for flag in needs.flags:
                if flag not in scenario.flags:
                    yield Finding((*steps, "flags", flag), unknown("flag", flag, scenario.flags))
            for stock in needs.stocks:
                if stock not in actor.stocks:
                    message = unknown(f"stock of {name}", stock, actor.stocks)
                    yield Finding((*steps, "stocks", stock), message)
            least, most = needs.tension_least, needs.tension_most
            if least is not None and most is not None and least.value > most.value:
                message = (
                    f"tension_least ({least.value:g}) is above tension_most ({most.value:g}), "
                    "so the action is never on offer. Swap them, or drop one."
                )
                yield Finding((*steps, "tension_least"), message)


def check_effects(scenario: Scenario) -> Iterator[Finding]:
    """Hold effects to actors, flags and stocks that exist."""
    actors = scenario.actors
    for steps, effect in all_effects(scenario):
        if isinstance(effect, TempoEffect | ExcitationEffect | StockEffect):
            if effect.actor not in actors:
                yield Finding((*steps, "actor"), unknown("actor", effect.actor, actors))
            elif isinstance(effect, StockEffect):
                stocks = actors[effect.actor].stocks
                if effect.stock not in stocks:
                    message = unknown(f"stock of {effect.actor}", effect.stock, stocks)
                    yield Finding((*steps, "stock"), message)
        elif isinstance(effect, FlagEffect):
            if effect.flag not in scenario.flags:
                yield Finding((*steps, "flag"), unknown("flag", effect.flag, scenario.flags))
        elif isinstance(effect, TensionEffect):
            for number, actor in enumerate(effect.between):
                if actor not in actors:
                    yield Finding((*steps, "between", number), unknown("actor", actor, actors))
            if effect.between[0] == effect.between[1]:
                message = f"both are {effect.between[0]}. Name two different actors."
                yield Finding((*steps, "between"), message)
