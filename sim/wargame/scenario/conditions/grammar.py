"""Conditions read from text: the grammar, and what is said of a text that does not follow it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wargame.errors import did_you_mean
from wargame.scenario.conditions.functions import FUNCTIONS, Function
from wargame.scenario.conditions.tree import (
    AllOf,
    AnyOf,
    Argument,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
    depth_of,
)

if TYPE_CHECKING:
    from lark import Lark, Token

GRAMMAR = r"""
    ?start: either
    ?either: both ("or" both)*
    ?both: opposite ("and" opposite)*
    ?opposite: "not" opposite -> negated | single
    ?single: "(" either ")" | asked | compared
    compared: asked SIGN NUMBER [WEEKS]
    asked: NAME ["(" argument ("," argument)* ")"]
    ?argument: BELONGING | ACTOR | NAME | RUNG
    SIGN: "<=" | ">=" | "==" | "<" | ">"
    WEEKS: /weeks?\b/
    NAME: /[a-z][a-z0-9_]*/
    ACTOR: /[A-Z][A-Z0-9]*/
    BELONGING: /[A-Z][A-Z0-9]*\.[a-z][a-z0-9_]*/
    RUNG: /-?[0-9]+(?![0-9.])/
    NUMBER.2: /-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?/
    %ignore /\s+/
"""

LONGEST = 400
"""Characters of a condition."""
DEEPEST = 8
"""So deep may conditions stand in conditions."""

EXAMPLE = "hotline_open and tension(PRK, ROK) >= 0.15"


class ConditionError(ValueError):
    """A text that is no condition.

    Attributes
    ----------
    faults : tuple of (int, str)
        Where in the text, from 0; what is wrong there, the rule, the remedy.
    """

    def __init__(self, faults: tuple[tuple[int, str], ...]) -> None:
        super().__init__("; ".join(message for _, message in faults))
        self.faults = faults


@lru_cache(maxsize=4096)
def read_condition(text: str) -> Tree:
    """Read a condition.

    Parameters
    ----------
    text : str
        Such as ``hotline_open and not agreed(PRK, ROK)``.

    Raises
    ------
    ConditionError
        With everything that is wrong with it as it stands.
    """
    if len(text) > LONGEST:
        raise ConditionError(((0, _too("long", len(text), LONGEST, "characters")),))
    from lark import UnexpectedInput

    try:
        parsed: Any = _parser().parse(text)
    except UnexpectedInput as error:
        raise ConditionError((_unexpected(text, error),)) from None
    faults: list[tuple[int, str]] = []
    tree = _build(parsed, faults)
    if not faults and depth_of(tree) > DEEPEST:
        faults.append((0, _too("deep", depth_of(tree), DEEPEST, "levels")))
    if faults:
        raise ConditionError(tuple(sorted(faults)))
    return tree


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark  # only who reads a condition waits for it

    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=False)


def _too(what: str, found: int, most: int, unit: str) -> str:
    return f"the condition is too {what}: {found} {unit}, of {most} at most. Use a flag for a part."


def _unexpected(text: str, error: Any) -> tuple[int, str]:
    at = error.pos_in_stream
    token = getattr(error, "token", None)
    if at is None or at >= len(text) or (token is not None and token.type == "$END"):
        return len(text.rstrip()), f"the condition breaks off here. Write it out, as in: {EXAMPLE}."
    word = str(token) if token is not None else text[at]
    signs = {"=": "==", "!": "not", "&": "and", "|": "or"}
    meant = f" Did you mean '{signs[word[0]]}'?" if word[0] in signs else did_you_mean(word, _JOINS)
    return at, f"'{word}' cannot stand here.{meant} A condition reads like: {EXAMPLE}."


_JOINS = ("and", "or", "not", "weeks")


def _build(parsed: Any, faults: list[tuple[int, str]]) -> Tree:
    kind, parts = parsed.data, parsed.children
    if kind == "negated":
        return Not(_build(parts[0], faults))
    if kind in ("both", "either"):
        built = tuple(_build(part, faults) for part in parts)
        return AllOf(built) if kind == "both" else AnyOf(built)
    if kind == "compared":
        return _compare(parts, faults)
    name, *arguments = parts
    if name not in FUNCTIONS and not arguments:
        return Flag(str(name), name.start_pos)
    asked, function = _ask(name, arguments, faults)
    if function is not None and function.range is not None:
        message = f"{name} is a number. Compare it, as in: {function.example}."
        faults.append((asked.at, message))
    return asked


def _compare(parts: list[Any], faults: list[tuple[int, str]]) -> Comparison:
    (name, *arguments), sign, number, *weeks = parts[0].children, *parts[1:]
    if name not in FUNCTIONS and not arguments:
        message = (
            f"'{name}' is a flag: it holds or it does not. Write {name} or not {name}."
            f"{did_you_mean(name, FUNCTIONS)}"
        )
        faults.append((name.start_pos, message))
        return Comparison(Asked(str(name)), sign.value, float(number), name.start_pos)
    asked, function = _ask(name, arguments, faults)
    if function is not None and function.range is None:
        message = f"{name} holds or it does not, and is no number. Write {function.example}."
        faults.append((asked.at, message))
    elif weeks and name != "since":
        message = f"{name} is not counted in weeks; only since is. Leave the word out."
        faults.append((weeks[0].start_pos, message))
    return Comparison(asked, sign.value, float(number), asked.at)


def _ask(
    name: Token, arguments: list[Token], faults: list[tuple[int, str]]
) -> tuple[Asked, Function | None]:
    at = name.start_pos or 0
    values: tuple[Argument, ...] = tuple(
        int(one) if _kind(one) == "rung" and one.lstrip("-").isdigit() else str(one)
        for one in arguments
    )
    asked = Asked(str(name), values, at, tuple(one.start_pos or 0 for one in arguments))
    function = FUNCTIONS.get(str(name))
    if function is None:
        known = ", ".join(FUNCTIONS)
        message = f"there is no function '{name}'.{did_you_mean(name, FUNCTIONS)} Known: {known}."
        faults.append((at, message))
    elif tuple(map(_kind, arguments)) not in {
        tuple("own" if one in ("stock", "action") else one for one in way) for way in function.takes
    }:
        ways = "; or ".join(
            ", ".join(_SAID[one] for one in way) or "nothing" for way in function.takes
        )
        message = f"{name} is given {ways}. Write it as in: {function.example}."
        faults.append((at, message))
    return asked, function


_SAID = {
    "actor": "an actor",
    "rung": "a rung",
    "stock": "a stock such as PRK.munitions",
    "action": "an action such as PRK.tank_drill",
}


def _kind(argument: Token) -> str:
    kinds = {"ACTOR": "actor", "BELONGING": "own", "RUNG": "rung", "NUMBER": "rung"}
    return kinds.get(argument.type, "other")
