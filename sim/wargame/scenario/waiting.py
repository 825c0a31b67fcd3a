"""What actions wait for: which flags can come to hold, and whether tension is read at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wargame.scenario.conditions.tree import AllOf, AnyOf, Flag, Not, Tree, asked_in, plain
from wargame.scenario.schema import Action, Effect, Scenario

Settings = set[tuple[str, bool]]


def needs(action: Action) -> Settings:
    """Return the flags an action's condition asks for, each with the value it asks for."""
    if action.condition is None:
        return set()
    found = set()
    for literal in _literals(plain(action.condition)):
        flag = literal.of if isinstance(literal, Not) else literal
        if isinstance(flag, Flag):
            found.add((flag.name, literal is flag))
    return found


def _literals(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from _literals(part)
    else:
        yield tree


def can_hold(action: Action, settings: Settings) -> bool:
    """Say whether an action's condition can hold where flags have these values at some time.

    All but flags is taken to be able to hold.
    """
    return action.condition is None or _can_hold(plain(action.condition), settings)


def _can_hold(tree: Tree, settings: Settings) -> bool:
    if isinstance(tree, AllOf):
        return all(_can_hold(part, settings) for part in tree.parts)
    if isinstance(tree, AnyOf):
        return any(_can_hold(part, settings) for part in tree.parts)
    flag = tree.of if isinstance(tree, Not) else tree
    return not isinstance(flag, Flag) or (flag.name, flag is tree) in settings


def settings_of(effects: Iterable[Effect]) -> Settings:
    """Return what some effects do to flags: (flag, the value it is given)."""
    return {(effect.flag, effect.value) for effect in effects if effect.kind == "flag"}


def settable(scenario: Scenario, actions: Iterable[Action] | None = None) -> Settings:
    """Return each (flag, value) that the start, the calendar or actions can bring about.

    An action brings about nothing before what it waits for itself can hold; one that the calendar
    forces happens whatever it waits for.

    Parameters
    ----------
    actions : iterable of Action, optional
        Those that may be done; all of the scenario unless given.
    """
    everyone = [action for actor in scenario.actors.values() for action in actor.actions]
    waiting = everyone if actions is None else list(actions)
    found = set(scenario.flags.items())
    for event in scenario.calendar:
        found |= settings_of(event.effects)
        if event.act is not None and event.act.actor in scenario.actors:
            for action in scenario.actors[event.act.actor].actions:
                if action.id == event.act.action:
                    found |= settings_of(action.effects)
    while usable := [action for action in waiting if can_hold(action, found)]:
        waiting = [action for action in waiting if not can_hold(action, found)]
        found = found.union(*(settings_of(action.effects) for action in usable))
    return found


def asks_tension(action: Action) -> bool:
    """Say whether what an action waits for has to do with tension."""
    tree = action.condition
    return tree is not None and any(asked.function == "tension" for asked in asked_in(tree))


def reads_tension(scenario: Scenario) -> bool:
    """Say whether anybody's choices hang on tension, by spiral or by a condition."""
    return any(
        actor.spiral.value != 0 or any(map(asks_tension, actor.actions))
        for actor in scenario.actors.values()
    )


def names_of(scenario: Scenario) -> dict[str, str]:
    """Return what readers know actors, actions and stocks by, for conditions in words."""
    names = {}
    for actor, party in scenario.actors.items():
        names[actor] = party.name
        for stock, said in party.stocks.items():
            label = said.label or stock.replace("_", " ")
            names[f"{actor}.{stock}"] = f"“{label}” of {party.name}"
        for action in party.actions:
            names[f"{actor}.{action.id}"] = action.label
    return names
