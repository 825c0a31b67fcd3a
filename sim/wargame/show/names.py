"""How actors, turns and numbers of a scenario are called in a sentence."""

from __future__ import annotations

import datetime

from wargame.scenario.schema import Scenario

_PLURAL = ("states", "nations", "islands", "emirates", "netherlands", "philippines")


def named(scenario: Scenario, actor: str) -> str:
    """Return an actor's name with the article that English gives it, if any.

    Parameters
    ----------
    actor : str
        Id.

    Returns
    -------
    str
        For example "the United States", "South Korea".
    """
    name = scenario.actors[actor].name
    return f"the {name}" if name.lower().endswith(_PLURAL) and name[0].isupper() else name


def day(date: datetime.date) -> str:
    """Return a date such as "25 March 2024"."""
    return f"{date.day} {date:%B} {date.year}"


def period(scenario: Scenario, first: int, last: int) -> str:
    """Return turns with their dates.

    Parameters
    ----------
    first, last : int
        Turns, both counted.
    """
    begins = scenario.date_of(first)
    ends = scenario.date_of(last + 1) - datetime.timedelta(days=1)
    unit = unit_of(scenario)
    number = f"{unit} {first}" if first == last else f"{unit}s {first} to {last}"
    return f"{number}: {day(begins)}" + ("" if begins == ends else f" to {day(ends)}")


def unit_of(scenario: Scenario) -> str:
    """Return what a turn is called: "Week", "Day" or "Turn"."""
    return {7: "Week", 1: "Day"}.get(scenario.turn_days, "Turn")


def name_number(scenario: Scenario, path: str) -> str:
    """Return what a path stands for, in words.

    Parameters
    ----------
    path : str
        As `wargame.scenario.paths.parameters_of` spells it; any other is returned as it is.

    Returns
    -------
    str
        For example "South Korea's 'Warning shots': chance to slip to rung 5".
    """
    steps = path.split(".")
    if steps[0] == "actors" and len(steps) > 2 and steps[1] in scenario.actors:
        actor = scenario.actors[steps[1]]
        whose = f"{actor.name}'" if actor.name.endswith("s") else f"{actor.name}'s"
        if steps[2] == "actions" and len(steps) > 4:
            action = next((action for action in actor.actions if action.id == steps[3]), None)
            label = action.label if action else steps[3]
            slips = {
                f"slip[{way}]": slip.to for way, slip in enumerate(action.slip if action else ())
            }
            if steps[4] in slips:
                return f"{whose} '{label}': chance to slip to rung {slips[steps[4]]}"
            return f"{whose} '{label}': {_spaced(steps[4:])}"
        if steps[2] == "commitments" and len(steps) == 4:
            ally = scenario.actors[steps[3]].name if steps[3] in scenario.actors else steps[3]
            return f"{whose} commitment to {ally}"
        return f"{whose} {_spaced(steps[2:])}"
    if steps[0] == "calendar" and len(steps) > 2:
        labels = {event.id: event.label or event.id for event in scenario.calendar}
        return f"calendar, '{labels.get(steps[1], steps[1])}': {_spaced(steps[2:])}"
    if steps[0] == "world" and len(steps) > 1:
        return f"world: {_spaced(steps[1:])}"
    return path


def _spaced(steps: list[str]) -> str:
    return " ".join(step.replace("_", " ") for step in steps)
