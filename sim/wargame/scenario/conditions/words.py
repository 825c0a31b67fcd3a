"""A condition in words: what must hold, with the names of actors, stocks and actions."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.scenario.conditions.tree import (
    AllOf,
    AnyOf,
    Argument,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
    plain,
    spell_number,
)

Names = Mapping[str, str]
"""Actor -> its name; ``ACTOR.action`` and ``ACTOR.stock`` -> its label."""

_SIGNS = {
    "<": "below {}",
    "<=": "{} or below",
    ">": "above {}",
    ">=": "{} or above",
    "==": "exactly {}",
}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def words_of(tree: Tree, names: Names) -> str:
    """Say what must hold, to follow "only while"."""
    return _say(plain(tree), names)


def _say(tree: Tree, names: Names) -> str:
    if isinstance(tree, AllOf):
        return " and ".join(_within(part, names, AnyOf) for part in tree.parts)
    if isinstance(tree, AnyOf):
        return " or ".join(_within(part, names, AllOf) for part in tree.parts)
    if isinstance(tree, Not):
        return _say_leaf(tree.of, names, holds=False)
    return _say_leaf(tree, names, holds=True)


def _within(tree: Tree, names: Names, other: type) -> str:
    said = _say(tree, names)
    return f"({said})" if isinstance(tree, other) else said


def _say_leaf(leaf: Tree, names: Names, *, holds: bool) -> str:
    if isinstance(leaf, Comparison):
        return _say_comparison(leaf, names, holds=holds)
    if isinstance(leaf, Asked):
        return _say_asked(leaf, names, holds=holds)
    assert isinstance(leaf, Flag)
    words = leaf.name.replace("_", " ")
    return words if holds else f"not {words}"


def _say_asked(asked: Asked, names: Names, *, holds: bool) -> str:
    first, *others = (_name(given, names) for given in asked.arguments)
    if asked.function == "acted":
        return f"“{first}” was {'' if holds else 'not '}done before"
    what = "an agreement" if asked.function == "agreed" else "a crisis"
    return f"{first} and {others[0]} are {'' if holds else 'not '}in {what}"


def _say_comparison(leaf: Comparison, names: Names, *, holds: bool) -> str:
    given = [_name(one, names) for one in leaf.left.arguments]
    sign = leaf.sign if holds or leaf.sign == "==" else _OPPOSITE[leaf.sign]
    number = spell_number(leaf.number)
    not_exactly = "not " if sign == "==" and not holds else ""
    value = not_exactly + _SIGNS[sign].format(number)
    name = leaf.left.function
    if name == "turn":
        return f"the turn is {value}"
    if name == "peak":
        return f"the highest rung so far is {value}"
    if name == "tension":
        source = given[1] if len(given) > 1 else "anyone"
        return f"the tension that {given[0]} feels from {source} is {value}"
    if name == "stock":
        return f"the stock {given[0]} is {value}"
    if name == "deaths":
        return f"the dead of acts aimed at {given[0]} number {value}"
    at = given[1] if len(given) > 2 else "anyone"
    act = f"acted at rung {given[-1]} or above against {at}"
    if sign in ("<", "<="):
        within = "within" if sign == "<=" else "less than"
        ago = "" if sign == "<=" else " ago"
        return f"{given[0]} {act} {within} {number} weeks{ago}"
    if sign in (">", ">="):
        most = "more than" if sign == ">" else "at least"
        return f"{given[0]} last {act} {most} {number} weeks ago, or never"
    return f"{given[0]} last {act} {not_exactly}exactly {number} weeks ago"


def _name(given: Argument, names: Names) -> str:
    return names.get(str(given), str(given))
