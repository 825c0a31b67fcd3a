"""Conditions once more, for the reference program: read straight off the tree and the acts."""

from __future__ import annotations

import math
import operator
from typing import Any

from wargame.scenario.conditions.tree import (
    AllOf,
    AnyOf,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
)

SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}


def holds(world: Any, tree: Tree, link: int) -> bool:
    """Say whether a condition holds in a link of the turn."""
    if isinstance(tree, AllOf):
        return all(holds(world, part, link) for part in tree.parts)
    if isinstance(tree, AnyOf):
        return any(holds(world, part, link) for part in tree.parts)
    if isinstance(tree, Not):
        return not holds(world, tree.of, link)
    if isinstance(tree, Flag):
        return bool(world.flags[tree.name])
    if isinstance(tree, Comparison):
        return bool(SIGNS[tree.sign](value(world, tree.left, link), tree.number))
    return bool(value(world, tree, link))


def value(world: Any, asked: Asked, link: int) -> float:
    """Return what a function gives: a number, or whether something is so."""
    seen = [act for act in world.acts if act.turn < world.turn or act.link < link]
    given = asked.arguments
    match asked.function:
        case "turn":
            return float(world.turn)
        case "peak":
            return max([0, *(act.realised for act in seen)])
        case "since":
            i, *at, rung = given
            turns = [
                act.turn
                for act in seen
                if act.actor == i and act.realised >= int(rung) and all(map(act.hits, at))
            ]
            return (world.turn - max(turns)) * world.dt if turns else math.inf
        case "tension":
            if len(given) == 1:
                return float(world.strongest_tension(given[0]))
            return float(world.tension[given])
        case "stock":
            return float(world.stocks[tuple(str(given[0]).split("."))])
        case "agreed":
            return bool(world.agreement_in_force(*given))
        case "acted":
            return any(f"{act.actor}.{act.action.id}" == given[0] for act in seen)
        case "deaths":
            return sum(act.deaths for act in seen if act.action.targets[0] == given[0])
        case "crisis":
            return world.crisis is not None and set(given) <= world.crisis.parties
    raise AssertionError(asked.function)
