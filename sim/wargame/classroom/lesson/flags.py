"""What the conditions on role sheets stand on: which hold when, and who changes them."""

from __future__ import annotations

from itertools import chain

from wargame.classroom.lesson.menus import codes_of, menus_of
from wargame.classroom.lesson.plan import Level, Plan
from wargame.scenario.conditions.tree import (
    AllOf,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
    asked_in,
    plain,
)
from wargame.scenario.conditions.words import Names, words_of
from wargame.scenario.schema import Action, Scenario
from wargame.scenario.waiting import asks_tension, settings_of

TENSE = 4
"""Rung in the last turn from which on paper there is tension; the model has a number for it."""


def changing_flags(scenario: Scenario, level: Level) -> tuple[str, ...]:
    """Return the flags that the calendar or an action on the sheets changes.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Whose sheets.
    """
    changed = {flag for event in scenario.calendar for flag, _ in settings_of(event.effects)}
    for actions in menus_of(scenario, level).values():
        changed |= {flag for action in actions for flag, _ in settings_of(action.effects)}
    return tuple(flag for flag in scenario.flags if flag in changed)


def flag_rows(
    scenario: Scenario, plan: Plan, level: Level
) -> tuple[tuple[str, str, str, str], ...]:
    """Return one row for each flag that can change, and one for tension.

    Parameters
    ----------
    plan : Plan
        Whose turns dates of the calendar are told in.
    level : {"basic", "advanced"}
        Whose sheets.
    """
    codes, menus = codes_of(scenario, level), menus_of(scenario, level)
    rows = []
    for flag in changing_flags(scenario, level):
        start = scenario.flags[flag]
        dated = _dated(scenario, flag)
        turns = [
            str(span.number)
            for span in plan.spans
            if any(dated[turn - 1] != start for turn in range(span.first, span.last + 1))
        ]
        acted = [
            f"{codes[actor][action.id]}: {_yes(value)}"
            for actor, actions in menus.items()
            for action in actions
            for name, value in sorted(settings_of(action.effects))
            if name == flag
        ]
        calendar = f"{_yes(not start)} in turn {', '.join(turns)}; else {_yes(start)}"
        first, dates = ("-", calendar) if turns else (_yes(start), "-")
        rows.append((_words(flag), first, dates, "; ".join(acted) or "-"))
    if level == "advanced" and any(map(asks_tension, chain(*menus.values()))):
        after = f"yes in the turn after a highest rung of {TENSE} or above"
        rows.append(("tension (calm: none)", "no", "-", after))
    return tuple(rows)


def _dated(scenario: Scenario, flag: str) -> list[bool]:
    """Return the flag in each simulated turn, if only the calendar changes it."""
    changes: dict[int, bool] = {}
    for event in scenario.calendar:
        for name, value in settings_of(event.effects):
            if name == flag:
                changes[scenario.turn_of(event)] = value
    held, now = [], scenario.flags[flag]
    for turn in range(1, scenario.turns + 1):
        now = changes.get(turn, now)
        held.append(now)
    return held


def condition_words(action: Action, level: Level, changing: tuple[str, ...], names: Names) -> str:
    """Say when an action can be used, or nothing.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Basic leaves out tension; both leave out stocks.
    changing : tuple of str
        The flags that can change: others are left out.
    """
    said = ["once"] if action.limit == 1 else []
    if action.condition is not None:
        tree = plain(action.condition)
        for part in tree.parts if isinstance(tree, AllOf) else (tree,):
            words = _part_words(part, level, changing, names)
            if words and words not in said:
                said.append(words)
    return "; ".join(said)


def _part_words(part: Tree, level: Level, changing: tuple[str, ...], names: Names) -> str:
    """Say one of the things that must hold, if on paper it can be told whether it does."""
    leaf, holds = (part.of, False) if isinstance(part, Not) else (part, True)
    asked = {one.function for one in asked_in(leaf)}
    if isinstance(leaf, Flag):
        return f"{'only' if holds else 'not'} while {_words(leaf.name)}" * (leaf.name in changing)
    if "stock" in asked:
        return ""
    if isinstance(leaf, Comparison) and leaf.left.function == "tension":
        under = (leaf.sign in (">", ">=")) == holds
        return ("only under tension" if under else "only when calm") * (level == "advanced")
    if isinstance(leaf, Asked) and leaf.function == "agreed":
        return "only under an agreement" if holds else ""
    if "tension" in asked:
        return ""
    return f"only while {words_of(part, names)}"


def _words(flag: str) -> str:
    return flag.replace("_", " ")


def _yes(value: bool) -> str:
    return "yes" if value else "no"
