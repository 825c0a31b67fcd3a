"""Conditions as steps: a condition's tree walked from its leaves up, for a stack of numbers.

``hotline_open and tension(PRK, ROK) >= 0.15`` becomes: the flag; the tension; the number; at least;
and. What holds is 1, what does not is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wargame.engine.world import layout
from wargame.scenario.conditions.tree import (
    AllOf,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
)

_SIGNS = {
    "<": layout.BELOW,
    "<=": layout.AT_MOST,
    ">": layout.ABOVE,
    ">=": layout.AT_LEAST,
    "==": layout.EQUAL,
}
_PAIRS = {"tension": layout.TENSION, "agreed": layout.AGREED, "crisis": layout.CRISIS}


@dataclass(frozen=True)
class Step:
    """One step; see `wargame.engine.world.layout`."""

    kind: int
    of: int = 0
    other: int = layout.NOBODY
    number: float = 0.0


@dataclass(frozen=True)
class Watched:
    """Acts that some condition asks for."""

    kind: int
    of: int
    other: int = layout.NOBODY
    rung: int = 0


@dataclass
class Places:
    """Where names stand in the records; grows by what conditions watch."""

    actors: Sequence[str]
    flags: Sequence[str]
    stocks: Sequence[tuple[str, str]]
    actions: Sequence[tuple[str, str]]
    watched: list[Watched] = field(default_factory=list)

    def watch(self, what: Watched) -> int:
        """Return the place of what is watched."""
        if what not in self.watched:
            self.watched.append(what)
        return self.watched.index(what)


def steps_of(tree: Tree | None, places: Places) -> list[Step]:
    """Return the steps of a condition; none for none."""
    if tree is None:
        return []
    if isinstance(tree, Flag):
        return [Step(layout.FLAG, places.flags.index(tree.name))]
    if isinstance(tree, Asked):
        return [_ask(tree, places)]
    if isinstance(tree, Comparison):
        number = Step(layout.NUMBER, number=tree.number)
        return [_ask(tree.left, places), number, Step(_SIGNS[tree.sign])]
    if isinstance(tree, Not):
        return [*steps_of(tree.of, places), Step(layout.NOT)]
    join = Step(layout.AND if isinstance(tree, AllOf) else layout.OR)
    first, *others = tree.parts
    found = steps_of(first, places)
    for part in others:
        found += [*steps_of(part, places), join]
    return found


def _ask(asked: Asked, places: Places) -> Step:
    name, given = asked.function, asked.arguments
    if name == "turn":
        return Step(layout.TURN)
    if name == "peak":
        return Step(layout.PEAK, places.watch(Watched(layout.PEAK, layout.NOBODY)))
    if name in _PAIRS:
        one, *others = (places.actors.index(str(actor)) for actor in given)
        return Step(_PAIRS[name], one, others[0] if others else layout.NOBODY)
    owner, _, own = str(given[0]).partition(".")
    if name == "stock":
        return Step(layout.STOCK, places.stocks.index((owner, own)))
    if name == "acted":
        watched = Watched(layout.ACTED, places.actions.index((owner, own)))
        return Step(layout.ACTED, places.watch(watched))
    actor = places.actors.index(owner)
    if name == "deaths":
        return Step(layout.DEATHS, places.watch(Watched(layout.DEATHS, actor)))
    *at, rung = given[1:]
    other = places.actors.index(str(at[0])) if at else layout.NOBODY
    watched = Watched(layout.SINCE, actor, other, int(rung))
    return Step(layout.SINCE, places.watch(watched))
