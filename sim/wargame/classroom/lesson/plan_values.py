"""What the sheets of a lesson name that needs no run: menus, dice, flags, turns, cards."""

from __future__ import annotations

from typing import Any

from wargame.classroom.lesson.dice import at_least, readings, slips, tolls, ways
from wargame.classroom.lesson.flags import changing_flags, condition_words, flag_rows
from wargame.classroom.lesson.menus import codes_of, letters_of, menus_of
from wargame.classroom.lesson.plan import TURN_STEPS, Level, Plan, Span
from wargame.scenario.ladder import ENCROACHMENT, NUCLEAR, OUTCOMES, RUNGS, WAR
from wargame.scenario.schema import Scenario
from wargame.scenario.waiting import names_of
from wargame.show.names import day, period
from wargame.show.sheets.html import NOTICE

Values = dict[str, Any]
"""What the texts name."""


def values_of_plan(scenario: Scenario, plan: Plan, level: Level) -> Values:
    """Gather what sheets name that need no run.

    Parameters
    ----------
    scenario : Scenario
        With roles.
    level : {"basic", "advanced"}
        Basic: short menus (`wargame.classroom.lesson.menus`), fewer conditions, no weights.
    """
    menus = _menu_rows(scenario, level)
    allies = {
        party.name: [other.name for other in scenario.actors.values() if actor in other.commitments]
        for actor, party in scenario.actors.items()
    }
    war = scenario.world.war_from_strikes.value
    return {
        "scenario": scenario,
        "teaching": scenario.teaching,
        "parties": scenario.actors,
        "plan": plan,
        "level": level,
        "notice": NOTICE,
        "length": _length(scenario),
        "steps": tuple(zip(TURN_STEPS, plan.turn_steps, strict=True)),
        "turns": [_turn(scenario, span) for span in plan.spans],
        "turn_days": scenario.turns * scenario.turn_days / len(plan.spans),
        "endings": [
            (name, rung_of(name))
            for name in OUTCOMES
            if name != "nuclear use" or scenario.world.nuclear
        ],
        "rungs": RUNGS,
        "ladder_rows": _ladder(scenario),
        "upper_rungs": [r for r in sorted(RUNGS) if 0 <= r <= WAR + scenario.world.nuclear],
        "ally_rung": ENCROACHMENT,
        "actions": menus_of(scenario, level),
        "menus": menus,
        "first_column": _half([len(rows) for rows in menus.values()]),
        "letters": letters_of(scenario),
        "flags": flag_rows(scenario, plan, level),
        "readings": readings(scenario),
        "slips": slips(scenario, level),
        "further": _further(scenario, level),
        "tolls": tolls(),
        "with_allies": any(allies.values()),
        "allies_of": [(name, others) for name, others in allies.items() if others],
        "reaches_strikes": _reaches(scenario, 7),
        "reaches_war": _reaches(scenario, 8),
        "war_dice": at_least(war),
        "war_chance": war,
    }


def rung_of(outcome: str) -> int:
    """Return the rung an outcome stands for; 0 for calm."""
    return 0 if outcome == "calm" else OUTCOMES[outcome]


def _turn(scenario: Scenario, span: Span) -> Values:
    """Return a turn of the class: its number, its weeks, the cards that fall into it, in order."""
    assert scenario.teaching is not None  # held by wargame.classroom.lesson.lesson
    cards = (card for card in scenario.teaching.injects if span.first <= card.turn <= span.last)
    return {
        "number": span.number,
        "weeks": period(scenario, span.first, span.last).partition(": ")[2],
        "cards": [
            {
                "name": card.id.replace("_", " "),
                "day": day(scenario.date_of(card.turn)),
                "readers": [scenario.actors[actor].name for actor in card.audience],
                "text": card.text,
            }
            for card in sorted(cards, key=lambda card: (card.turn, card.id))
        ],
    }


def _length(scenario: Scenario) -> str:
    days = scenario.turns * scenario.turn_days
    return f"{days // 7} weeks" if days % 7 == 0 else f"{days} days"


def _ladder(scenario: Scenario) -> list[tuple[object, ...]]:
    """Return the rungs and what they mean, in two columns; the highest only where it can come."""
    rungs = [(r, RUNGS[r]) for r in sorted(RUNGS) if r < NUCLEAR or scenario.world.nuclear]
    half = -(-len(rungs) // 2)
    second = [*rungs[half:], ("", "")][:half]
    return [(*one, *other) for one, other in zip(rungs[:half], second, strict=True)]


def _menu_rows(scenario: Scenario, level: Level) -> dict[str, list[tuple[str, ...]]]:
    """Return actor -> its menu: number, rung, action with its condition, at whom."""
    letters, codes = letters_of(scenario), codes_of(scenario, level)
    changing, names = changing_flags(scenario, level), names_of(scenario)
    return {
        actor: [
            (
                codes[actor][action.id],
                str(action.rung),
                action.label
                + " *" * bool(ways(action))
                + (
                    f" ({condition})"
                    if (condition := condition_words(action, level, changing, names))
                    else ""
                ),
                " ".join(letters[target] for target in action.targets),
            )
            for action in actions
        ]
        for actor, actions in menus_of(scenario, level).items()
    }


def _half(lengths: list[int]) -> int:
    """Return after how many menus the second column begins, for columns as even as can be."""
    return min(range(1, len(lengths) + 1), key=lambda n: abs(sum(lengths[:n]) - sum(lengths[n:])))


def _further(scenario: Scenario, level: Level) -> list[tuple[str, str, list[str]]]:
    """Return what the dice must show, the rung it then is, and the numbers of such acts."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for number, _, _, dice, rung in slips(scenario, level):
        numbers.setdefault((dice, rung), []).append(number)
    return [(*key, those) for key, those in sorted(numbers.items())]


def _reaches(scenario: Scenario, rung: int) -> bool:
    """Say whether any action can be done, or can slip, at a rung or above."""
    return any(
        action.rung >= rung or any(slip.to >= rung for slip in action.slip)
        for party in scenario.actors.values()
        for action in party.actions
    )
