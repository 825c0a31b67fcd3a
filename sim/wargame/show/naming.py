"""Numbers of a scenario in words: ``actors.PRK.tempo`` is "North Korea's tempo"."""

from __future__ import annotations

from wargame.scenario.schema import Scenario


def name_number(scenario: Scenario, path: str) -> str:
    """Return what a path stands for, in words.

    Parameters
    ----------
    path : str
        As `wargame.scenario.paths.parameters_of` spells it; any other is returned as it is.

    Returns
    -------
    str
        For example "South Korea's 'Warning shots': slip probability".
    """
    steps = path.split(".")
    if steps[0] == "actors" and len(steps) > 2 and steps[1] in scenario.actors:
        actor = scenario.actors[steps[1]]
        whose = f"{actor.name}'" if actor.name.endswith("s") else f"{actor.name}'s"
        if steps[2] == "actions" and len(steps) > 4:
            labels = {action.id: action.label for action in actor.actions}
            label = labels.get(steps[3], steps[3])
            return f"{whose} '{label}': {_words(steps[4:])}"
        if steps[2] == "commitments" and len(steps) == 4:
            ally = scenario.actors[steps[3]].name if steps[3] in scenario.actors else steps[3]
            return f"{whose} commitment to {ally}"
        return f"{whose} {_words(steps[2:])}"
    if steps[0] == "calendar" and len(steps) > 2:
        labels = {event.id: event.label or event.id for event in scenario.calendar}
        return f"calendar, '{labels.get(steps[1], steps[1])}': {_words(steps[2:])}"
    if steps[0] == "world" and len(steps) > 1:
        return f"world: {_words(steps[1:])}"
    return path


def _words(steps: list[str]) -> str:
    return " ".join(step.replace("_", " ") for step in steps)
