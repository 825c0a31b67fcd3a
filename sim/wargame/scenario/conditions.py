"""What actions wait for: which flags can come to hold, and whether tension is read at all."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.scenario.schema import Action, Effect, Scenario

Settings = set[tuple[str, bool]]


def needs(action: Action) -> Settings:
    """Return the flags an action waits for, each with the value it must have."""
    return set(action.requires.flags.items()) if action.requires is not None else set()


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
    while usable := [action for action in waiting if needs(action) <= found]:
        waiting = [action for action in waiting if not needs(action) <= found]
        found = found.union(*(settings_of(action.effects) for action in usable))
    return found


def asks_tension(action: Action) -> bool:
    """Say whether an action is on offer only under tension, or only when calm."""
    need = action.requires
    return need is not None and (need.tension_least is not None or need.tension_most is not None)


def reads_tension(scenario: Scenario) -> bool:
    """Say whether anybody's choices hang on tension, by spiral or by requirement."""
    return any(
        actor.spiral.value != 0 or any(map(asks_tension, actor.actions))
        for actor in scenario.actors.values()
    )
