"""A scenario as one record of numbers: what laws look up instead of asking the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wargame.engine.compiled import records
from wargame.engine.world import layout
from wargame.engine.world.layout import Layout, Room
from wargame.engine.world.programs import Places, steps_of
from wargame.scenario.schema import (
    MOST_SLIPS,
    Action,
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


@dataclass(frozen=True, eq=False)
class World:
    """A scenario, ready to be played.

    Attributes
    ----------
    actors : tuple of str
        Ids, sorted: the meaning of an actor index.
    menus : dict of str to tuple of str
        Actor id -> action ids, by rung, then id.
    stocks : tuple of (str, str)
        Actor id and name, sorted.
    flags : tuple of str
        Sorted.
    actions : tuple of (str, Action)
        Every action with its actor's id; actors by id, actions by rung, then id.
    effects : tuple of (str, Effect)
        Path and effect: those of each action, then those of each event.
    events : tuple of Event
        By their first turn.
    record : record
        See `wargame.engine.world.layout`.
    """

    scenario: Scenario
    actors: tuple[str, ...]
    menus: dict[str, tuple[str, ...]]
    stocks: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    actions: tuple[tuple[str, Action], ...]
    effects: tuple[tuple[str, Effect], ...]
    events: tuple[Event, ...]
    layout: Layout
    record: Any

    def actions_of(self, actor: int) -> range:
        """Return the places of an actor's actions among all menus."""
        first = self.record["first"][0]
        return range(int(first[actor]), int(first[actor + 1]))

    def action(self, actor: str, action: str) -> int:
        """Return the place of an action among all menus."""
        own = self.actions_of(self.actors.index(actor))
        return own[self.menus[actor].index(action)]


_LAST: list[World] = []
"""The worlds built last: many small ensembles of one scenario follow one another."""


def world_of(scenario: Scenario) -> World:
    """Return a scenario as a world, built once for scenarios that are the same object."""
    for world in _LAST:
        if world.scenario is scenario:
            return world
    world = build_world(scenario)
    _LAST[:] = [world, *_LAST[:7]]
    return world


def build_world(scenario: Scenario) -> World:
    """Return a scenario as a world."""
    actors = scenario.actor_ids
    actions = [
        (actor, action) for actor in actors for action in menu_order(scenario.actors[actor].actions)
    ]
    stocks = [(actor, name) for actor in actors for name in sorted(scenario.actors[actor].stocks)]
    flags = sorted(scenario.flags)
    places = Places(actors, flags, stocks, [(actor, action.id) for actor, action in actions])
    steps = [steps_of(action.condition, places) for _, action in actions]
    events = sorted(scenario.calendar, key=scenario.turn_of)
    effects = [
        [(f"actors.{actor}.actions.{action.id}.effects[{k}]", e) for k, e in _numbered(action)]
        for actor, action in actions
    ]
    effects += [
        [(f"calendar.{event.id}.effects[{k}]", e) for k, e in _numbered(event)] for event in events
    ]
    flat = [item for part in effects for item in part]
    room = Room.for_at_least(
        actors=len(actors),
        actions=len(actions),
        links=scenario.world.chain.longest + 1,
        flags=len(flags),
        stocks=len(stocks),
        slots=sum(isinstance(effect, TempoEffect) for _, effect in flat),
        steps=sum(map(len, steps)),
        watched=len(places.watched),
        changes=len(flat),
        events=len(events),
    )
    forms = Layout.of(room)
    record = records(forms.world, 1)
    world = World(
        scenario=scenario,
        actors=actors,
        menus={one: tuple(a.id for actor, a in actions if actor == one) for one in actors},
        stocks=tuple(stocks),
        flags=tuple(flags),
        actions=tuple(actions),
        effects=tuple(flat),
        events=tuple(events),
        layout=forms,
        record=record,
    )
    _fill_scenario(world, record)
    _fill_actions(world, record)
    _fill(record["step_at"], np.cumsum([0, *map(len, steps)]))
    _fill(record["change_at"], np.cumsum([0, *map(len, effects)]))
    for name in ("kind", "of", "other", "number"):
        _fill(record[f"step_{name}"], [getattr(step, name) for part in steps for step in part])
    record["watched"] = len(places.watched)
    for name in ("kind", "of", "other", "rung"):
        _fill(record[f"watched_{name}"], [getattr(item, name) for item in places.watched])
    _fill_changes(world, record)
    return world


def _numbered(source: Action | Event) -> list[tuple[int, Effect]]:
    return list(enumerate(source.effects))


def _fill(field: Any, values: Any) -> None:
    """Write values into a field of the one record; what room is left stays at nothing."""
    values = np.asarray(values)
    field[(0, *(slice(size) for size in values.shape))] = values


def _fill_scenario(world: World, record: Any) -> None:
    scenario, rules = world.scenario, world.scenario.world
    own = {
        "actors": len(world.actors),
        "stocks": len(world.stocks),
        "longest": rules.chain.longest,
        "opens_at": rules.crisis.opens_at,
        "sustained_by": rules.crisis.sustained_by,
        "quiet_turns": rules.crisis.quiet_turns,
        "broken_by": rules.agreement.broken_by,
        "agreement_turns": rules.agreement.turns,
        "dt": scenario.turn_days / 7.0,
    }
    for name, value in own.items():
        record[name] = value
    sides = [scenario.actors[actor].side or actor.lower() for actor in world.actors]
    _fill(record["side"], np.unique(np.array(sides), return_inverse=True)[1])
    _fill(record["flag_start"], [scenario.flags[flag] for flag in world.flags])
    named = [[actor in event.actors for actor in world.actors] for event in world.events]
    if named:
        _fill(record["event_names"], named)


def _fill_actions(world: World, record: Any) -> None:
    scenario = world.scenario
    sizes = [len(world.menus[actor]) for actor in world.actors]
    _fill(record["first"], np.cumsum([0, *sizes]))
    _fill(record["owner"], np.repeat(np.arange(len(sizes)), sizes))
    side = dict(zip(world.actors, record["side"][0], strict=False))
    rungs = np.array([action.rung for _, action in world.actions])
    columns: dict[str, Any] = {
        "rung": rungs,
        "opens": [action.initiative is not None for _, action in world.actions],
        "answers": [action.reply is not None for _, action in world.actions],
        "always_on_offer": [
            not (action.cooldown or action.limit or action.condition) for _, action in world.actions
        ],
        "above_firebreak": np.maximum(0.0, rungs - float(scenario.world.firebreak)),
        "cooldown": [action.cooldown for _, action in world.actions],
        "limit": [action.limit or 0 for _, action in world.actions],
        "slips": [len(action.slip) for _, action in world.actions],
        "slip_rung": [
            [slip.to for slip in action.slip] + [0] * (MOST_SLIPS - len(action.slip))
            for _, action in world.actions
        ],
        "hostile": [
            any(side[target] != side[actor] for target in action.targets)
            for actor, action in world.actions
        ],
        "first_target": [world.actors.index(action.targets[0]) for _, action in world.actions],
        "aimed": [[a in action.targets for a in world.actors] for _, action in world.actions],
    }
    for name, values in columns.items():
        _fill(record[name], values)


def _fill_changes(world: World, record: Any) -> None:
    slots = 0
    for place, (_, effect) in enumerate(world.effects):
        other = turns = 0
        if isinstance(effect, TempoEffect):
            kind, what, turns = layout.TEMPO, slots, effect.turns
            record["slot_actor"][0, slots] = world.actors.index(effect.actor)
            record["slot_change"][0, slots] = place
            slots += 1
        elif isinstance(effect, FlagEffect):
            kind, what = layout.SET_FLAG, world.flags.index(effect.flag)
        elif isinstance(effect, ExcitationEffect):
            kind, what = layout.ADD_EXCITATION, world.actors.index(effect.actor)
        elif isinstance(effect, TensionEffect):
            kind = layout.ADD_TENSION
            what, other = (world.actors.index(actor) for actor in effect.between)
        else:
            assert isinstance(effect, StockEffect)
            kind, what = layout.ADD_STOCK, world.stocks.index((effect.actor, effect.stock))
        record["change_kind"][0, place] = kind
        record["change_of"][0, place] = what
        record["change_other"][0, place] = other
        record["change_turns"][0, place] = turns
    record["slots"] = slots
