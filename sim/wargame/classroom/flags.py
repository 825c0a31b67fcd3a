"""What the conditions on role sheets stand on: how flags are at the start, and who changes them."""

from __future__ import annotations

from wargame.classroom.handouts import Level
from wargame.classroom.menus import menus_of, settings_of
from wargame.classroom.timetable import Plan
from wargame.scenario.schema import Scenario

__all__ = ["flag_rows"]


def flag_rows(scenario: Scenario, plan: Plan, level: Level) -> tuple[tuple[str, str, str], ...]:
    """Return one row a flag: its name in words, yes or no at the start, and what changes it.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
        Whose turns dates of the calendar are told in.
    level : {"basic", "advanced"}
        Whose sheets.
    """
    changes: dict[str, list[str]] = {flag: [] for flag in scenario.flags}
    for actor, actions in menus_of(scenario, level).items():
        for action in actions:
            for flag, value in sorted(settings_of(action.effects)):
                name = scenario.actors[actor].name
                words = f"{name}: {action.label} (rung {action.rung})"
                changes[flag].append(f"{_yes(value)} by {words}")
    for event in sorted(scenario.calendar, key=scenario.turn_of):
        turn = scenario.turn_of(event)
        number = next(span.number for span in plan.spans if span.first <= turn <= span.last)
        label = event.label or event.id.replace("_", " ")
        for flag, value in sorted(settings_of(event.effects)):
            changes[flag].append(f"{_yes(value)} in turn {number}, by the calendar: {label}")
    return tuple(
        (flag.replace("_", " "), _yes(start), "; ".join(changes[flag]) or "nothing on the sheets")
        for flag, start in scenario.flags.items()
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"
