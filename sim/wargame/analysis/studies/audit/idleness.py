"""Why a number of a scenario does nothing: another value keeps it switched off."""

from __future__ import annotations

from collections.abc import Collection

from wargame.scenario.schema import Action, Actor, Scenario
from wargame.scenario.waiting import reads_tension

_TENSION = "no spiral and no condition reads tension"


def why_idle(scenario: Scenario, path: str, never_done: Collection[tuple[str, str]]) -> str | None:
    """Return what keeps a number from mattering, or None when nothing known does.

    Parameters
    ----------
    path : str
        Of a number that moved nothing.
    never_done : collection of (actor, action)
        Actions that were not done in any history.
    """
    steps = path.split(".")
    if steps[0] == "actors" and len(steps) > 2:
        owner = scenario.actors[steps[1]]
        if steps[2] == "actions":
            action = next(item for item in owner.actions if item.id == steps[3])
            return _why_action(scenario, steps[1], action, steps[4:], never_done)
        return _why_trait(scenario, owner, steps[2:])
    if steps[:2] == ["world", "tension"] and not reads_tension(scenario):
        return _TENSION
    return None


def _why_action(
    scenario: Scenario,
    owner: str,
    action: Action,
    steps: list[str],
    never_done: Collection[tuple[str, str]],
) -> str | None:
    actor, field = scenario.actors[owner], steps[0]
    goal = actor.goals.get(steps[1]) if field == "gains" else None
    others = [item for item in actor.actions if item is not action and item.reply is not None]
    if (owner, action.id) in never_done:
        return f"{action.id} was never done"
    if field == "public" and actor.audience_cost.value == 0:
        return f"{owner}'s audience_cost is 0"
    if field == "public" and action.reply is None:
        return "it is never an answer"
    if goal is not None and goal.value == 0:
        return f"{owner}'s goals.{steps[1]} is 0"
    if field == "reply" and not any(set(item.targets) & set(action.targets) for item in others):
        return "it is the only answer to those it is aimed at"
    if field.startswith("effects[") and not reads_tension(scenario):
        effect = action.effects[int(field[len("effects[") : -1])]
        return _TENSION if effect.kind == "tension" else None
    return None


def _why_trait(scenario: Scenario, owner: Actor, steps: list[str]) -> str | None:
    firebreak = scenario.world.firebreak
    answers = [action for action in owner.actions if action.reply is not None]
    if steps == ["restraint"] and all(action.rung <= firebreak for action in answers):
        return f"its menu has no answer above the firebreak ({firebreak})"
    if steps == ["memory"] and owner.excitation.value == 0:
        return "its excitation is 0"
    if steps == ["audience_cost"] and all(action.public.value == 0 for action in answers):
        return "none of its answers is public"
    if steps == ["spiral"] and len({action.rung for action in owner.actions}) == 1:
        return "all its actions lie at one rung"
    return None
