"""The sheets of a lesson: what their texts name, gathered from the scenario, the plan and runs.

The words stand in the folder ``texts``, a file a sheet, to be edited and translated there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wargame.analysis.estimates import statistics
from wargame.analysis.record.base_rates import base_rates
from wargame.classroom.lesson.claims import Held, change_words
from wargame.classroom.lesson.dice import at_least, can_slip, readings, slips, tolls
from wargame.classroom.lesson.flags import (
    TENSE,
    changing_flags,
    condition_words,
    flag_rows,
)
from wargame.classroom.lesson.menus import codes_of, letters_of, menus_of
from wargame.classroom.lesson.misreadings import MISREAD, misread
from wargame.classroom.lesson.plan import TURN_STEPS, Level, Plan, Span
from wargame.classroom.whatif.counterfactuals import (
    RULES,
    SHORT,
    Counterfactual,
    in_words,
    points,
    yearly,
)
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.conditions import asks_tension
from wargame.scenario.ladder import ENCROACHMENT, NUCLEAR, OUTCOMES, RUNGS, WAR
from wargame.scenario.library import describe_cite
from wargame.scenario.schema import Scenario
from wargame.show.names import day, period
from wargame.show.sheets.html import NOTICE
from wargame.show.sheets.markdown import read_sheet
from wargame.show.sheets.sheet import Sheet

TEXTS = Path(__file__).resolve().parent / "texts"
_FIRST = ("timetable", "guide", "slides", "briefing")
_LAST = (
    "inject_cards",
    "order_slips",
    "ruling_sheet",
    "umpire_menus",
    "turn_tracker",
    "debrief",
    "what_if_cards",
    "what_if_answers",
    "answer_key",
    "exit_ticket",
    "rubric",
)
"""Between the two stand the role sheets."""

Values = dict[str, Any]
"""What the texts name."""


def write_all(values: Values) -> tuple[Sheet, ...]:
    """Return all sheets of a lesson but its index, in the order in which they are listed."""
    return (
        *(write(name, values) for name in _FIRST),
        *(role_sheet(actor, values) for actor in values["parties"]),
        *(write(name, values) for name in _LAST),
    )


def write(name: str, values: Values) -> Sheet:
    """Return a sheet.

    Parameters
    ----------
    name : str
        Of its text.
    values : dict
        As `planned` gives them; index, slides, debrief, cards, answer key and exit ticket need
        those of `simulated`, too.
    """
    return read_sheet(f"{name}.md.j2", TEXTS, name, **values)


def role_sheet(actor: str, values: Values) -> Sheet:
    """Return the one-page sheet of an actor: what all know, what only its team knows, its menu.

    Parameters
    ----------
    values : dict
        As `planned` gives them.
    """
    scenario: Scenario = values["scenario"]
    actions, rows = values["actions"][actor], values["menus"][actor]
    named = sorted({target for action in actions for target in action.targets})
    return read_sheet(
        "role_sheet.md.j2",
        TEXTS,
        f"role_{actor}",
        **values,
        party=scenario.actors[actor],
        role=values["teaching"].roles[actor],
        people=values["plan"].team(actor),
        rows=rows,
        half=-(-len(rows) // 2),
        shortened=len(actions) < len(scenario.actors[actor].actions),
        slipping=any(map(can_slip, actions)),
        tense=TENSE if any(map(asks_tension, actions)) else 0,
        aims=[(values["letters"][aim], scenario.actors[aim].name) for aim in named],
    )


def planned(scenario: Scenario, plan: Plan, level: Level) -> Values:
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
            (name, _rung(name))
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


def simulated(
    plan: Plan,
    results: Results,
    rules: tuple[Counterfactual, ...],
    chosen: tuple[Counterfactual, ...],
    held: tuple[Held, ...] = (),
) -> Values:
    """Gather what sheets name that was found by simulation.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    rules : tuple of Counterfactual
        All that were run.
    chosen : tuple of Counterfactual
        Those on cards.
    held : tuple of Held
        The scenario's disputed claims.
    """
    scenario = results.scenario
    records, misreadings = base_rates(scenario), misread(results)
    outcome, share = asked_outcome(results)
    first = statistics.crossers(results, 5)
    leaders = sorted(scenario.actors, key=lambda actor: -first[actor].count)[:2]
    cards = scenario.teaching.injects if scenario.teaching else ()
    return {
        "results": results,
        "outcomes": [
            {"name": name, "rung": _rung(name), "share": seen, "record": records.get(name)}
            for name, seen in results.outcomes().items()
        ],
        "rates": statistics.rates(results),
        "matched": statistics.match(results),
        "misreadings": misreadings,
        "misread": misreadings.get(MISREAD),
        "first_at_five": [(scenario.actors[actor].name, first[actor]) for actor in leaders],
        "debrief_minutes": _parts(next(s.minutes for s in plan.slots if s.title == "Debrief")),
        "found": rules,
        "often": max(rules, key=lambda item: abs(item.incidents.value), default=None),
        "far": max(rules, key=lambda item: item.size, default=None),
        "chosen": chosen,
        "held": held,
        "rules": RULES,
        "short_rules": SHORT,
        "ticket": {
            "outcome": outcome,
            "share": share,
            "years": max(2, round(1 / share.value)),
            "questions": (1, 3) if plan.minutes <= 50 else (1, 2, 3, 4),
        },
        "sources": {cite: describe_cite(cite) for card in cards for cite in card.cite},
        "in_words": in_words,
        "points": points,
        "change_words": change_words,
        "yearly": yearly,
        "tenths": lambda seen: f"{100 * seen.value:.1f}%",
    }


def asked_outcome(results: Results) -> tuple[str, Estimate]:
    """Return the outcome the exit ticket asks about: the severest that is not rare."""
    shares = results.outcomes()
    usual = [name for name, share in shares.items() if share.value >= 0.02]
    return usual[-1], shares[usual[-1]]


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


def _rung(outcome: str) -> int:
    return 0 if outcome == "calm" else OUTCOMES[outcome]


def _ladder(scenario: Scenario) -> list[tuple[object, ...]]:
    """Return the rungs and what they mean, in two columns; the highest only where it can come."""
    rungs = [(r, RUNGS[r]) for r in sorted(RUNGS) if r < NUCLEAR or scenario.world.nuclear]
    half = -(-len(rungs) // 2)
    second = [*rungs[half:], ("", "")][:half]
    return [(*one, *other) for one, other in zip(rungs[:half], second, strict=True)]


def _menu_rows(scenario: Scenario, level: Level) -> dict[str, list[tuple[str, ...]]]:
    """Return actor -> its menu: number, rung, action with its condition, at whom."""
    letters, codes = letters_of(scenario), codes_of(scenario, level)
    changing = changing_flags(scenario, level)
    return {
        actor: [
            (
                codes[actor][action.id],
                str(action.rung),
                action.label
                + " *" * can_slip(action)
                + (
                    f" ({condition})"
                    if (condition := condition_words(action, level, changing))
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


def _parts(minutes: int) -> tuple[int, int, int, int]:
    """Split the debrief's minutes over its four parts; they add up."""
    first, second, last = max(1, minutes // 10), minutes // 4, minutes // 3
    return first, second, minutes - first - second - last, last


def _reaches(scenario: Scenario, rung: int) -> bool:
    """Say whether any action can be done, or can slip, at a rung or above."""
    return any(
        action.rung >= rung or (action.slip is not None and action.slip.rung >= rung)
        for party in scenario.actors.values()
        for action in party.actions
    )
