"""The weights of a decision before chance: the base terms of every action."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wargame.scenario.schema import Action, Scenario

Floats = NDArray[np.float64]


def base_terms(
    scenario: Scenario, actor: str, menu: tuple[str, ...], opening: bool
) -> dict[str, Floats]:
    """Return the terms of a choice that do not depend on the moment, shape (action,) each.

    Parameters
    ----------
    scenario : Scenario
        With fixed numbers.
    menu : tuple of str
        Action ids in the wanted order.
    opening : bool
        Whether the choice opens, or answers.

    Returns
    -------
    dict of str to ndarray
        "cost", "goal NAME" for each goal, "inclination"; added in this order they give the
        engine's base.
    """
    actions = [find_action(scenario, actor, name) for name in menu]
    goals = scenario.actors[actor].goals
    terms = {"cost": np.array([-action.cost.value for action in actions])}
    for goal in sorted(goals):
        served = [
            goals[goal].value * action.gains[goal].value if goal in action.gains else 0.0
            for action in actions
        ]
        if any(served):
            terms[f"goal {goal}"] = np.array(served)
    biases = [action.initiative if opening else action.reply for action in actions]
    terms["inclination"] = np.array([0.0 if bias is None else bias.value for bias in biases])
    return terms


def find_action(scenario: Scenario, actor: str, action: str) -> Action:
    """Return an entry of an actor's menu by its id."""
    return next(item for item in scenario.actors[actor].actions if item.id == action)
