"""Why a number of a scenario does nothing: another value keeps it switched off."""

from __future__ import annotations

from collections.abc import Collection

from wargame.scenario.conditions import reads_tension
from wargame.scenario.schema import Action, Actor, Scenario


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
        return "no spiral and no requirement reads tension"
    return None


def _why_action(
    scenario: Scenario,
    owner: str,
    action: Action,
    steps: list[str],
    never_done: Collection[tuple[str, str]],
) -> str | None:
    actor = scenario.actors[owner]
    if (owner, action.id) in never_done:
        return f"{action.id} was never done"
    if steps[0] == "public":
        if actor.audience_cost.value == 0:
            return f"{owner}'s audience_cost is 0"
        if action.reply is None:
            return "it is never an answer"
    if steps[0] == "gains" and actor.goals.get(steps[1]) is None:
        return None  # a goal that the actor does not have: a fault of the file
    if steps[0] == "gains" and actor.goals[steps[1]].value == 0:
        return f"{owner}'s goals.{steps[1]} is 0"
    if steps[0] == "reply" and _is_only_answer(actor, action):
        return "it is the only answer to those it is aimed at"
    if steps[0].startswith("effects[") and not reads_tension(scenario):
        effect = action.effects[int(steps[0][len("effects[") : -1])]
        return "no spiral and no requirement reads tension" if effect.kind == "tension" else None
    return None


def _why_trait(scenario: Scenario, owner: Actor, steps: list[str]) -> str | None:
    firebreak = scenario.world.firebreak
    if steps == ["restraint"]:
        if not any(a.reply is not None and a.rung > firebreak for a in owner.actions):
            return f"its menu has no answer above the firebreak ({firebreak})"
    elif steps == ["memory"] and owner.excitation.value == 0:
        return "its excitation is 0"
    elif steps == ["audience_cost"]:
        if all(a.public.value == 0 for a in owner.actions if a.reply is not None):
            return "none of its answers is public"
    elif steps == ["spiral"] and len({a.rung for a in owner.actions}) == 1:
        return "all its actions lie at one rung"
    return None


def _is_only_answer(actor: Actor, action: Action) -> bool:
    others = [item for item in actor.actions if item is not action and item.reply is not None]
    return not any(set(item.targets) & set(action.targets) for item in others)
