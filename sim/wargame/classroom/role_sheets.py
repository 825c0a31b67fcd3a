"""A role on one page: what all know, what only its team knows, what it can do."""

from __future__ import annotations

from wargame.analysis.wording import percent
from wargame.classroom.handouts import Level
from wargame.classroom.menus import menus_of
from wargame.classroom.sheet import Block, Box, Heading, Items, Pair, Sheet, Table, Text
from wargame.classroom.timetable import JOBS, Plan
from wargame.scenario.schema import Action, Scenario

__all__ = ["role_sheet"]


def role_sheet(scenario: Scenario, plan: Plan, level: Level, actor: str) -> Sheet:
    """Write the one-page sheet of an actor: what all know, what only its team knows, its menu.

    Parameters
    ----------
    scenario : Scenario
        With roles.
    plan : Plan
        How many to print.
    level : {"basic", "advanced"}
        Basic: a short menu (`wargame.classroom.menus`), fewer conditions, no weights.
    actor : str
        Whose.
    """
    assert scenario.teaching is not None  # held by wargame.classroom.lesson
    role, party = scenario.teaching.roles[actor], scenario.actors[actor]
    actions = menus_of(scenario, level)[actor]
    rows = [
        (str(action.rung), action.label + _conditions(scenario, action, level), _aim(action))
        for action in actions
    ]
    half = -(-len(rows) // 2)
    headers = ("rung", "action", "aimed at")
    menu = [
        Table(headers, tuple(part), (1.3, 7, 2.6)) for part in (rows[:half], rows[half:]) if part
    ]
    pledges = [
        (f"{scenario.actors[ally].name}:", _pledge(float(share.value)))
        for ally, share in party.commitments.items()
    ]
    secret: list[Block] = [Text(role.confidential)]
    if level == "advanced" and party.goals:
        goals = ", ".join(
            f"{goal.replace('_', ' ')} ({weight.value:g})" for goal, weight in party.goals.items()
        )
        secret.append(Text(goals, lead="What counts for you, with its weight in the model:"))
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
            "One action a turn, or hold. Answers come from the same menu." + shortened
            + " " + _key(scenario, actions)
        ),
        Pair((menu[0],), (menu[1],)) if len(menu) > 1 else menu[0],
        Heading("Jobs in the team"),
        Text("; ".join(JOBS[: 5 if level == "advanced" else 4]) + "."),
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


def _aim(action: Action) -> str:
    return ", ".join(action.targets)


def _key(scenario: Scenario, actions: tuple[Action, ...]) -> str:
    """Say what the letters in a menu stand for."""
    aims = sorted({target for action in actions for target in action.targets})
    return "; ".join(f"{aim}: {scenario.actors[aim].name}" for aim in aims) + "."


def _pledge(share: float) -> str:
    answers = ("you may answer", "you often answer", "you answer as for yourself")
    said = answers[(share >= 0.25) + (share >= 0.75)]
    return f"when it is hit, {said} ({percent(share)} as readily as for yourself)."


def _conditions(scenario: Scenario, action: Action, level: Level) -> str:
    """Say in brackets when an action can be used."""
    said = []
    if action.limit == 1:
        said.append("once")
    need = action.requires
    if need is not None:
        said += [
            f"{'only' if value else 'not'} while {flag.replace('_', ' ')}"
            for flag, value in need.flags.items()
        ]
        if need.agreement == "in_force":
            said.append("only under an agreement")
        if level == "advanced" and need.tension_least is not None:
            said.append("only under tension")
        if level == "advanced" and need.tension_most is not None:
            said.append("only when calm")
    return f" ({'; '.join(said)})" if said else ""
