"""A condition as a tree: what must hold, and of what; and the same as text again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Sign = Literal["<", "<=", ">", ">=", "=="]
Argument = str | int


@dataclass(frozen=True)
class Flag:
    """A flag by its name; `at` is where it stands in the text, from 0."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Asked:
    """A function of the language with its arguments.

    Attributes
    ----------
    arguments : tuple
        Actors, rungs, and what belongs to an actor as ``PRK.munitions``.
    places : tuple of int
        Where each argument stands in the text.
    """

    function: str
    arguments: tuple[Argument, ...] = ()
    at: int = field(default=0, compare=False)
    places: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Comparison:
    """A quantity held against a number."""

    left: Asked
    sign: Sign
    number: float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """The opposite."""

    of: Tree


@dataclass(frozen=True)
class AllOf:
    """Several that must all hold."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AnyOf:
    """Several of which one is enough."""

    parts: tuple[Tree, ...]


Tree = Flag | Asked | Comparison | Not | AllOf | AnyOf


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """Return the conditions that a condition is made of."""
    if isinstance(tree, Not):
        return (tree.of,)
    return tree.parts if isinstance(tree, AllOf | AnyOf) else ()


def leaves_of(tree: Tree) -> Iterator[Flag | Asked | Comparison]:
    """Yield flags, functions and comparisons in the order of the text."""
    if isinstance(tree, Flag | Asked | Comparison):
        yield tree
    for part in parts_of(tree):
        yield from leaves_of(part)


def asked_in(tree: Tree) -> Iterator[Asked]:
    """Yield every function that a condition asks, in the order of the text."""
    for leaf in leaves_of(tree):
        if not isinstance(leaf, Flag):
            yield leaf.left if isinstance(leaf, Comparison) else leaf


def depth_of(tree: Tree) -> int:
    """Return how deep conditions stand in conditions; 1 for a flag."""
    return 1 + max(map(depth_of, parts_of(tree)), default=0)


def plain(tree: Tree) -> Tree:
    """Return the same condition with every `not` before a flag, function or comparison."""
    if isinstance(tree, Not):
        return _opposite(tree.of)
    if isinstance(tree, AllOf):
        return AllOf(tuple(map(plain, tree.parts)))
    if isinstance(tree, AnyOf):
        return AnyOf(tuple(map(plain, tree.parts)))
    return tree


def _opposite(tree: Tree) -> Tree:
    if isinstance(tree, Not):
        return plain(tree.of)
    if isinstance(tree, AllOf):
        return AnyOf(tuple(map(_opposite, tree.parts)))
    if isinstance(tree, AnyOf):
        return AllOf(tuple(map(_opposite, tree.parts)))
    return Not(tree)


def text_of(tree: Tree) -> str:
    """Return a condition as it is written; read again it is the same tree."""
    if isinstance(tree, Flag):
        return tree.name
    if isinstance(tree, Asked):
        listed = ", ".join(map(str, tree.arguments))
        return f"{tree.function}({listed})" if tree.arguments else tree.function
    if isinstance(tree, Comparison):
        weeks = " weeks" if tree.left.function == "since" else ""
        return f"{text_of(tree.left)} {tree.sign} {spell_number(tree.number)}{weeks}"
    if isinstance(tree, Not):
        return f"not {_inside(tree.of)}"
    word = " and " if isinstance(tree, AllOf) else " or "
    return word.join(map(_inside, tree.parts))


def _inside(tree: Tree) -> str:
    text = text_of(tree)
    return f"({text})" if isinstance(tree, AllOf | AnyOf) else text


def spell_number(number: float) -> str:
    """Return a number as short as it can be read again."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
