"""A role on one page: what all know, what only its team knows, what it can do."""

from __future__ import annotations

from wargame.classroom.lesson.dice import can_slip
from wargame.classroom.lesson.flags import (
    TENSE,
    changing_flags,
    condition_words,
)
from wargame.classroom.lesson.menus import codes_of, letters_of, menus_of
from wargame.classroom.lesson.plan import JOBS, Plan
from wargame.classroom.lesson.sheets.handouts import Level
from wargame.scenario.conditions import asks_tension
from wargame.scenario.schema import Action, Scenario
from wargame.show.sheets.sheet import Block, Box, Heading, Items, Pair, Sheet, Table, Text
from wargame.show.words import percent

FURTHER = "*"
"""Marks acts that may go further than meant."""

MENU_HEADERS = ("no.", "rung", "action", "at")
MENU_WIDTHS = (1.3, 1.2, 7.4, 1.6)


def role_sheet(scenario: Scenario, plan: Plan, level: Level, actor: str) -> Sheet:
    """Write the one-page sheet of an actor: what all know, what only its team knows, its menu.

    Parameters
    ----------
    scenario : Scenario
        With roles.
    plan : Plan
        How many to print.
    level : {"basic", "advanced"}
        Basic: a short menu (`wargame.classroom.lesson.menus`), fewer conditions, no weights.
    actor : str
        Whose.
    """
    assert scenario.teaching is not None  # held by wargame.classroom.lesson.lesson
    role, party = scenario.teaching.roles[actor], scenario.actors[actor]
    actions = menus_of(scenario, level)[actor]
    rows = menu_rows(scenario, level)[actor]
    half = -(-len(rows) // 2)
    menu = [Table(MENU_HEADERS, part, MENU_WIDTHS) for part in (rows[:half], rows[half:]) if part]
    pledges = [
        (f"{scenario.actors[ally].name}:", _pledge(float(share.value)))
        for ally, share in party.commitments.items()
    ]
    secret: list[Block] = [Text(role.confidential)]
    if level == "advanced" and party.goals:
        goals = ", ".join(
            f"{goal.replace('_', ' ')} ({weight.value:g})" for goal, weight in party.goals.items()
        )
        secret.append(
            Text(
                goals, lead="What counts for you, with its weight in the model (0 nothing, 1 much):"
            )
        )
    secret.append(
        Text(
            "we want above all ........; we would never ........; what we fear they misread is "
            "........",
            lead="Finish three sentences before turn 1:",
        )
    )
    cut = len(actions) < len(party.actions)
    shortened = " Your state could do more; this is enough for a lesson." if cut else ""
    blocks: list[Block] = [
        Text(role.public, lead="Known to all."),
        Box(f"Confidential: only for the team of {party.name}", tuple(secret), "secret"),
    ]
    if pledges:
        blocks.append(Heading("Whom you stand by"))
        blocks.append(Items(tuple(pledges)))
    blocks += [
        Heading("What you can do"),
        Text(
            "One action a turn, by its number, or hold. It is aimed at everybody it names. Answers "
            "come from the same menu." + shortened
            + " " + _key(scenario, actions)
            + (f" {FURTHER}: may go further than meant." if any(map(can_slip, actions)) else "")
            + (f" Under tension: the last turn's highest rung was {TENSE} or above."
               if level == "advanced" and any(map(asks_tension, actions)) else "")
        ),
        Pair((menu[0],), (menu[1],)) if len(menu) > 1 else menu[0],
        Heading("Jobs in the team"),
        Text("; ".join(JOBS) + ". Share them out; with fewer people some have two."),
    ]  # fmt: skip
    copies = plan.team(actor)
    return Sheet(
        f"role_{actor}",
        party.name,
        f"Confidential: team {party.name} only",
        f"{copies} (one each)" if copies else "1 (played by the facilitator)",
        tuple(blocks),
        "one_page",
    )


def menu_rows(scenario: Scenario, level: Level) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return actor -> its menu as rows below `MENU_HEADERS`."""
    letters, changing = letters_of(scenario), changing_flags(scenario, level)
    codes = codes_of(scenario, level)
    return {
        actor: tuple(
            (
                codes[actor][action.id],
                str(action.rung),
                _name(action, condition_words(action, level, changing)),
                " ".join(letters[target] for target in action.targets),
            )
            for action in actions
        )
        for actor, actions in menus_of(scenario, level).items()
    }


def _name(action: Action, condition: str) -> str:
    name = f"{action.label} {FURTHER}" if can_slip(action) else action.label
    return f"{name} ({condition})" if condition else name


def _key(scenario: Scenario, actions: tuple[Action, ...]) -> str:
    """Say what the letters in a menu stand for."""
    letters = letters_of(scenario)
    aims = {target for action in actions for target in action.targets}
    return "; ".join(f"{letters[aim]}: {scenario.actors[aim].name}" for aim in sorted(aims)) + "."


def _pledge(share: float) -> str:
    answers = ("seldom", "often", "nearly always")
    said = answers[(share >= 0.25) + (share >= 0.75)]
    return (
        f"when somebody acts against it, your state {said} answers in its place ({percent(share)} "
        "as readily as for itself, in the model). In the game you decide."
    )
