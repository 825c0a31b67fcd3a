"""The reference program's draws, numbers and the state of one history."""

from __future__ import annotations

import functools
import hashlib
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Action, Effect, Scenario

WORD = 2**64


@functools.lru_cache(maxsize=100_000)
def row_key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def uniform(name: str, k: int) -> float:
    """Return the draw of row ``name`` for replication ``k``: SplitMix64, on (0, 1)."""
    z = (row_key(name) + (k + 1) * 0x9E3779B97F4A7C15) % WORD
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % WORD
    z = z ^ (z >> 31)
    return ((z >> 12) + 0.5) * 2.0**-52


def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Invert the triangular distribution function on (low, mode, high)."""
    if u < (mode - low) / (high - low):
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


@dataclass
class Act:
    """Something an actor did, and why."""

    turn: int
    link: int
    actor: str
    action: Action
    provoker: str | None = None
    trigger: int = 0
    perceived: float = math.nan
    behalf: str | None = None
    realised: int = 0
    accidental: bool = False
    deaths: int = 0

    def hits(self, actor: str) -> bool:
        return actor in self.action.targets


@dataclass
class Provocation:
    """An act of the link before, as it concerns one actor."""

    act: Act
    weight: float
    behalf: str | None  # the ally that was hit; None if the actor itself was


@dataclass
class Crisis:
    opened: int
    parties: set[str]
    renewed: int
    ended: int = 0
    how: str = "open"


class World:
    """The state of one history."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        uncertainty: bool,
        orders: Mapping[tuple[int, str], Any],
        aliases: Mapping[str, str],
    ) -> None:
        self.scenario, self.seed, self.replication = scenario, seed, replication
        self.uncertainty, self.orders, self.aliases = uncertainty, orders, aliases
        self.dt = scenario.turn_days / 7
        self.actors = sorted(scenario.actors)
        self.menus = {
            i: sorted(scenario.actors[i].actions, key=lambda a: (a.rung, a.id)) for i in self.actors
        }
        self.turn, self.over = 0, False
        self.excitation = dict.fromkeys(self.actors, 0.0)
        self.tension = {(i, j): 0.0 for i in self.actors for j in self.actors if i != j}
        self.flags = dict(scenario.flags)
        self.stocks = {
            (i, name): self.number(stock.start, "actors", i, "stocks", name, "start")
            for i in self.actors
            for name, stock in scenario.actors[i].stocks.items()
        }
        self.last_done: dict[tuple[str, str], int] = {}
        self.times_done: Counter[tuple[str, str]] = Counter()
        self.tempo_effects: dict[tuple[Any, ...], tuple[str, float, int]] = {}  # -> last turn
        self.agreements: dict[frozenset[str], int] = {}  # parties -> last turn in force
        self.crisis: Crisis | None = None
        self.crises: list[Crisis] = []
        self.acts: list[Act] = []
        self.turn_peaks: list[int] = []
        self.made = self.broken = 0
        self.answers: Counter[tuple[int, int | None]] = Counter()

    def draw(self, purpose: str, *place: object) -> float:
        words = [self.aliases.get(str(part), str(part)) for part in place]
        return uniform("/".join([str(self.seed), purpose, *words]), self.replication)

    def number(self, parameter: Parameter, *path: object) -> float:
        """Return a number's value, or what it was drawn to be in this history."""
        if not (self.uncertainty and parameter.uncertain):
            return parameter.value
        assert parameter.low is not None
        assert parameter.high is not None
        dotted = ".".join(self.aliases.get(str(part), str(part)) for part in path)
        u = self.draw("parameter", dotted)
        return triangular(u, parameter.low, parameter.value, parameter.high)

    def trait(self, i: str, name: str) -> float:
        return self.number(getattr(self.scenario.actors[i], name), "actors", i, name)

    def strongest_tension(self, i: str) -> float:
        return max(self.tension[i, j] for j in self.actors if j != i)

    def agreement_in_force(self, i: str, j: str) -> bool:
        return self.agreements.get(frozenset((i, j)), 0) >= self.turn

    def order(self, i: str) -> Any:
        return self.orders.get((self.turn, i))


def apply_effect(world: World, effect: Effect, place: tuple[Any, ...], last: int) -> None:
    """Apply an effect; a tempo effect holds up to turn + turns + last."""
    if effect.kind == "flag":
        world.flags[effect.flag] = effect.value
    elif effect.kind == "tempo":
        factor = world.number(effect.factor, *place, "factor")
        world.tempo_effects[place] = (effect.actor, factor, world.turn + effect.turns + last)
    else:
        amount = world.number(effect.amount, *place, "amount")
        if effect.kind == "excitation":
            world.excitation[effect.actor] = max(0.0, world.excitation[effect.actor] + amount)
        elif effect.kind == "tension":
            i, j = effect.between
            for pair in ((i, j), (j, i)):
                world.tension[pair] = min(1.0, max(0.0, world.tension[pair] + amount))
        else:
            left = world.stocks[effect.actor, effect.stock] + amount
            world.stocks[effect.actor, effect.stock] = min(1.0, max(0.0, left))
