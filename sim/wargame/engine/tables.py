"""A scenario as arrays: what the turn loop looks up instead of asking the scenario.

Actors are sorted by id and menus by (rung, id), so the order of the file never
matters. A number has shape (1,) when it is fixed and (replication,) when it is
drawn; both broadcast.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.commitments import weigh
from wargame.engine.menus import NO_LIMIT, Change, Menu, Need, stack
from wargame.engine.state import Shape, pair_index
from wargame.engine.streams import Streams
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of, uncertain_parameters_of
from wargame.scenario.schema import (
    Action,
    Actor,
    Effect,
    Event,
    ExcitationEffect,
    FlagEffect,
    Scenario,
    StockEffect,
    TempoEffect,
    TensionEffect,
    menu_order,
)

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def draw_parameters(
    scenario: Scenario, streams: Streams, given: Container[str] = ()
) -> dict[str, Floats]:
    """Draw every uncertain number of a scenario, once per replication.

    Parameters
    ----------
    streams : Streams
        Row ``seed/parameter/PATH``.
    given : container of str
        Paths whose values are known and not drawn.

    Returns
    -------
    dict of str to ndarray, shape (replication,)
    """
    return {
        path: number.draw(streams.row("parameter", path))
        for path, number in uncertain_parameters_of(scenario).items()
        if path not in given
    }


@dataclass(frozen=True)
class Happening:
    """An event of the calendar at its first turn."""

    id: str
    changes: tuple[Change, ...]
    forced: tuple[int, int] | None


class Tables:
    """A scenario as arrays.

    Parameters
    ----------
    drawn : dict of str to ndarray, shape (replication,)
        Path -> drawn values, for the numbers that differ between replications.

    Attributes
    ----------
    actors : tuple of str
        Ids, sorted.
    firsts : tuple of int
        Actor -> place of its first action among all menus.
    targets : ndarray of bool, shape (action, actor)
        Of all menus, one after the other; so are:
    hostile_sides, has_changes : ndarray of bool, shape (action,)
        Whether it is aimed at another side; whether it has effects.
    changes : dict of int to tuple of Change
        The effects of the actions that have some.
    side_of : ndarray of int, shape (actor,)
        Side of each actor, as a number.
    shape : Shape
    calendar : dict of (int, int) to ndarray
        (turn, actor) -> product of the tempo factors of events in their window.
    happenings : dict of int to tuple of Happening
        Turn -> the events that begin in it.
    slots : tuple of (int, ndarray)
        Actor and factor of each tempo effect.
    weights, behalf : list of list of ndarray
        See `wargame.engine.commitments.weigh`.
    heeds : list of list of bool, [actor][provoker]
        Whether any act of the second can provoke the first.
    reads_tension : bool
        Whether any choice depends on tension.
    """

    def __init__(self, scenario: Scenario, drawn: dict[str, Floats]) -> None:
        self.scenario = scenario
        self._numbers = parameters_of(scenario)
        self._drawn = drawn
        self.actors = scenario.actor_ids
        self._place = {actor: index for index, actor in enumerate(self.actors)}
        self._flags = {flag: index for index, flag in enumerate(sorted(scenario.flags))}
        self.flag_start = np.array([scenario.flags[f] for f in sorted(scenario.flags)], np.bool_)
        self._stocks = {
            (actor, stock): index
            for index, (actor, stock) in enumerate(
                (actor, stock)
                for actor in self.actors
                for stock in sorted(scenario.actors[actor].stocks)
            )
        }
        self.stock_start = [self._stock_number(*key, "start") for key in self._stocks]
        self.stock_change = [self._stock_number(*key, "change") for key in self._stocks]
        self.sides = tuple(scenario.actors[a].side or a.lower() for a in self.actors)
        self.side_of = np.unique(np.array(self.sides), return_inverse=True)[1]
        self.slots: list[tuple[int, Floats]] = []

        self.tempo = self._trait("tempo")
        self.excitation = self._trait("excitation")
        self.memory = self._trait("memory")
        self.reciprocity = self._trait("reciprocity")
        self.misperception = self._trait("misperception")
        self.restraint = self._trait("restraint")
        self.audience_cost = self._trait("audience_cost")
        self.spiral = self._trait("spiral")
        self.dt = scenario.turn_days / 7.0
        world = scenario.world
        self.chances = (
            self.number("world.reply.conciliatory"),
            self.number("world.reply.low"),
            self.number("world.reply.encroachment"),
            self.number("world.reply.force"),
        )
        self.damping = self.number("world.chain.damping")
        self.longest = world.chain.longest
        self.war_from_strikes = self.number("world.war_from_strikes")
        self.tension_decay = self.number("world.tension.decay") ** self.dt
        self._left = self.tension_decay[0] ** np.arange(scenario.turns + 2)
        self.tension_gain = self.number("world.tension.gain")
        self.crisis_factor = self.number("world.crisis.tempo_factor")
        self.agreement_factor = self.number("world.agreement.tempo_factor")

        firsts = np.cumsum([0] + [len(scenario.actors[a].actions) for a in self.actors])
        self.menus = tuple(self._menu(a, int(f)) for a, f in zip(self.actors, firsts, strict=False))
        self.firsts = tuple(menu.first for menu in self.menus)
        self.targets = np.concatenate([menu.targets for menu in self.menus])
        self.hostile_sides = np.concatenate([menu.hostile_sides for menu in self.menus])
        self.changes = {
            menu.first + action: changes
            for menu in self.menus
            for action, changes in menu.changes.items()
        }
        self.has_changes = np.isin(np.arange(len(self.targets)), list(self.changes))
        self.happenings, self.calendar = self._calendar()
        promises = [self._promises(actor) for actor in self.actors]
        self.weights, self.behalf = weigh(promises, [menu.targets for menu in self.menus])
        self.heeds = [[bool(weights.any()) for weights in row] for row in self.weights]
        self.reads_tension = any(bool(np.any(spiral != 0.0)) for spiral in self.spiral) or any(
            need.asks_tension for menu in self.menus for need in menu.needs.values()
        )
        self.shape = Shape(
            actors=len(self.actors),
            actions=int(firsts[-1]),
            flags=len(self._flags),
            stocks=len(self._stocks),
            slots=len(self.slots),
            turns=scenario.turns,
        )

    def faded(self, turns: NDArray[np.int16], rows: Indices) -> Floats:
        """Return the share of tension left after some turns without an act.

        Parameters
        ----------
        turns : ndarray of int16, shape (..., row)
        rows : ndarray of int, shape (row,)
            The replications.
        """
        drawn = len(self.tension_decay) > 1
        left: Floats = self.tension_decay[rows] ** turns if drawn else self._left[turns]
        return left

    def number(self, path: str) -> Floats:
        """Return a number by its path, shape (1,) or (replication,)."""
        if path in self._drawn:
            return self._drawn[path]
        return np.array([self._numbers[path].value])

    def _trait(self, name: str) -> list[Floats]:
        return [self.number(f"actors.{actor}.{name}") for actor in self.actors]

    def _stock_number(self, actor: str, stock: str, name: str) -> Floats:
        return self.number(f"actors.{actor}.stocks.{stock}.{name}")

    def _promises(self, actor_id: str) -> dict[int, Floats]:
        return {
            self._place[ally]: self.number(f"actors.{actor_id}.commitments.{ally}")
            for ally in self.scenario.actors[actor_id].commitments
        }

    def _menu(self, actor_id: str, first: int) -> Menu:
        actor = self.scenario.actors[actor_id]
        actions = menu_order(actor.actions)
        paths = [f"actors.{actor_id}.actions.{action.id}" for action in actions]
        rungs = np.array([action.rung for action in actions], np.int8)
        sides = dict(zip(self.actors, self.sides, strict=True))
        zero = np.zeros(1)

        def column(name: str, missing: Floats = zero) -> list[Floats]:
            return [
                missing if getattr(action, name) is None else self.number(f"{path}.{name}")
                for action, path in zip(actions, paths, strict=True)
            ]

        held_back = np.array([bool(action.cooldown or action.limit) for action in actions])
        worth = [
            self._worth(actor_id, actor, action, path)
            for action, path in zip(actions, paths, strict=True)
        ]
        return Menu(
            ids=tuple(action.id for action in actions),
            first=first,
            rungs=rungs,
            targets=np.array([[a in action.targets for a in self.actors] for action in actions]),
            opens=np.array([action.initiative is not None for action in actions]),
            every=np.ones(len(actions), np.bool_),
            answers=np.array([action.reply is not None for action in actions]),
            opening_base=stack([b + w for b, w in zip(column("initiative"), worth, strict=True)]),
            answer_base=stack([b + w for b, w in zip(column("reply"), worth, strict=True)]),
            public=stack(column("public")),
            above_firebreak=np.maximum(0.0, rungs - float(self.scenario.world.firebreak)),
            cooldown=np.array([action.cooldown for action in actions], np.int16),
            limit=np.array([action.limit or NO_LIMIT for action in actions], np.int16),
            held_back=tuple(np.flatnonzero(held_back).tolist()),
            is_limited=np.array([action.limit is not None for action in actions]),
            slip_chance=stack(
                [
                    self.number(f"{path}.slip.probability") if action.slip else zero
                    for action, path in zip(actions, paths, strict=True)
                ]
            ),
            slip_rung=np.array([a.slip.rung if a.slip else a.rung for a in actions], np.int8),
            slips=any(action.slip for action in actions),
            needs={
                index: self._need(actor_id, action, path)
                for index, (action, path) in enumerate(zip(actions, paths, strict=True))
                if action.requires is not None
            },
            changes={
                index: self._changes(action.effects, path)
                for index, (action, path) in enumerate(zip(actions, paths, strict=True))
                if action.effects
            },
            hostile_sides=np.array(
                [any(sides[t] != sides[actor_id] for t in action.targets) for action in actions]
            ),
        )

    def _worth(self, actor_id: str, actor: Actor, action: Action, path: str) -> Floats:
        """Goals served less cost, in logits."""
        worth = -self.number(f"{path}.cost")
        for goal in sorted(action.gains):
            if goal in actor.goals:
                weight = self.number(f"actors.{actor_id}.goals.{goal}")
                worth = worth + weight * self.number(f"{path}.gains.{goal}")
        return worth

    def _need(self, actor_id: str, action: Action, path: str) -> Need:
        requires = action.requires
        assert requires is not None
        own = self._place[actor_id]
        return Need(
            flags=tuple((self._flags[f], wanted) for f, wanted in sorted(requires.flags.items())),
            stocks=tuple(
                (self._stocks[actor_id, s], self.number(f"{path}.requires.stocks.{s}"))
                for s in sorted(requires.stocks)
            ),
            tension_least=self._optional(requires.tension_least, f"{path}.requires.tension_least"),
            tension_most=self._optional(requires.tension_most, f"{path}.requires.tension_most"),
            agreement=requires.agreement,
            pairs=tuple(
                pair_index(own, self._place[t], len(self.actors)) for t in sorted(action.targets)
            ),
        )

    def _optional(self, parameter: Parameter | None, path: str) -> Floats | None:
        return None if parameter is None else self.number(path)

    def _changes(self, effects: tuple[Effect, ...], path: str) -> tuple[Change, ...]:
        changes = (
            self._change(effect, f"{path}.effects[{index}]") for index, effect in enumerate(effects)
        )
        return tuple(change for change in changes if change is not None)

    def _change(self, effect: Effect, path: str) -> Change | None:
        if isinstance(effect, TempoEffect):
            factor = self.number(f"{path}.factor")
            if np.all(factor == 1.0):  # a contested effect at its default changes nothing
                return None
            self.slots.append((self._place[effect.actor], factor))
            return Change("tempo", (len(self.slots) - 1,), np.zeros(1), effect.turns)
        if isinstance(effect, FlagEffect):
            return Change("flag", (self._flags[effect.flag],), np.array([float(effect.value)]))
        amount = self.number(f"{path}.amount")
        if isinstance(effect, ExcitationEffect):
            return Change("excitation", (self._place[effect.actor],), amount)
        if isinstance(effect, TensionEffect):
            one, other = effect.between
            return Change("tension", (self._place[one], self._place[other]), amount)
        assert isinstance(effect, StockEffect)
        return Change("stock", (self._stocks[effect.actor, effect.stock],), amount)

    def _calendar(
        self,
    ) -> tuple[dict[int, tuple[Happening, ...]], dict[tuple[int, int], Floats]]:
        happenings: dict[int, tuple[Happening, ...]] = {}
        factors: dict[tuple[int, int], Floats] = {}
        for event in self.scenario.calendar:
            begins = self.scenario.turn_of(event)
            happenings[begins] = (*happenings.get(begins, ()), self._happening(event))
            factor = self.number(f"calendar.{event.id}.tempo_factor")
            for turn in range(begins, min(begins + event.window, self.scenario.turns + 1)):
                for actor in set(event.actors):
                    key = (turn, self._place[actor])
                    factors[key] = factors.get(key, np.ones(1)) * factor
        return happenings, factors

    def _happening(self, event: Event) -> Happening:
        forced = None
        if event.act is not None:
            actor = self._place[event.act.actor]
            forced = (actor, self.menus[actor].ids.index(event.act.action))
        return Happening(event.id, self._changes(event.effects, f"calendar.{event.id}"), forced)
