"""The numbers of a scenario: where each goes in the records, and what it is in each history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.compiled import records
from wargame.engine.world.layout import KEPT_TURNS, NOBODY
from wargame.engine.world.world import World
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import FlagEffect, Scenario, TempoEffect

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Entry:
    """A field of the records, or one place in it, and the numbers it is made of."""

    field: str
    at: tuple[Any, ...]
    paths: tuple[str, ...]
    make: Callable[..., Any]


def entries_of(world: World) -> list[Entry]:
    """Return every place in the records that a number of the scenario goes to."""
    found = [
        *_of_the_world(world),
        *_of_actors(world),
        *_of_actions(world),
        *_of_provocations(world),
    ]
    for place, (path, effect) in enumerate(world.effects):
        if isinstance(effect, FlagEffect):
            found.append(Entry("change_amount", (place,), (), partial(float, effect.value)))
        else:
            name = "factor" if isinstance(effect, TempoEffect) else "amount"
            found.append(Entry("change_amount", (place,), (f"{path}.{name}",), _same))
    for place, event in enumerate(world.events):
        path = f"calendar.{event.id}.tempo_factor"
        found.append(Entry("event_factor", (place,), (path,), _same))
    return found


def values_of(scenario: Scenario) -> dict[str, float]:
    """Return path -> value, of every number of a scenario."""
    return {path: number.value for path, number in parameters_of(scenario).items()}


@lru_cache(maxsize=8)
def _prepared(world: World) -> tuple[list[Entry], dict[str, float], Any]:
    """Return the entries of a world, its values, and the records that these make."""
    entries, values = entries_of(world), values_of(world.scenario)
    one = records(world.layout.numbers, 1)
    one["weight"][0] = world.record["aimed"][0].T  # 1 for a target
    one["behalf"] = NOBODY
    _fill(world, one, 0, entries, values)
    return entries, values, one


def _fill(
    world: World,
    target: Any,
    rows: Any,
    entries: Iterable[Entry],
    values: Mapping[str, Any],
) -> None:
    for entry in entries:
        here = (values[path] for path in entry.paths)
        target[entry.field][(rows, *entry.at)] = entry.make(*here)
    for first, last in pairwise(world.record["first"][0][: len(world.actors) + 1]):
        opens = world.record["opens"][0, first:last] != 0
        base = np.where(opens, target["opening_base"][rows, first:last], -np.inf)
        best = np.max(base, axis=-1, keepdims=True)
        best = np.where(np.isfinite(best), best, 0.0)  # of who has no opening nothing is asked
        target["opening_weight"][rows, first:last] = np.exp(base - best)


def numbers_of(world: World, varied: Mapping[str, Floats], count: int) -> Any:
    """Return the numbers of histories as records: one for all, or one each where some vary.

    Parameters
    ----------
    varied : mapping of str to ndarray, shape (1,) or (history,)
        Path -> the value it has in each history, whatever the scenario says.
    count : int
        Histories.
    """
    entries, values, made = _prepared(world)
    if not varied:
        return made
    wide = any(len(column) > 1 for column in varied.values())
    many = records(world.layout.numbers, count if wide else 1)
    many[:] = made[0]
    changed = (entry for entry in entries if not varied.keys().isdisjoint(entry.paths))
    _fill(world, many, slice(None), changed, {**values, **varied})
    return many


def _same(value: Any) -> Any:
    return value


def _of_the_world(world: World) -> Iterator[Entry]:
    dt = world.scenario.turn_days / 7.0
    names = {
        "conciliatory": "reply.conciliatory",
        "low": "reply.low",
        "encroachment": "reply.encroachment",
        "force": "reply.force",
        "damping": "chain.damping",
        "war_from_strikes": "war_from_strikes",
        "severity_force": "severity.force",
        "severity_lethal": "severity.lethal",
        "severity_strikes": "severity.strikes",
        "tension_gain": "tension.gain",
        "crisis_factor": "crisis.tempo_factor",
        "agreement_factor": "agreement.tempo_factor",
    }
    for field, name in names.items():
        yield Entry(field, (), (f"world.{name}",), _same)
    decay = ("world.tension.decay",)
    yield Entry("tension_decay", (), decay, lambda decay: np.power(decay, dt))
    yield Entry("tension_left", (), decay, lambda decay: _powers(np.power(decay, dt)))


def _powers(share: Any) -> Any:
    """Return what is left of 1 after 0, 1, 2, ... turns."""
    return np.asarray(share)[..., np.newaxis] ** np.arange(KEPT_TURNS)


def _of_actors(world: World) -> Iterator[Entry]:
    dt = world.scenario.turn_days / 7.0
    traits = ("tempo", "excitation", "reciprocity", "misperception", "restraint", "audience_cost")
    for place, actor in enumerate(world.actors):
        for name in (*traits, "spiral"):
            yield Entry(name, (place,), (f"actors.{actor}.{name}",), _same)
        memory = f"actors.{actor}.memory"
        yield Entry("left_after_turn", (place,), (memory,), lambda weeks: np.exp(-dt / weeks))
    for place, (actor, name) in enumerate(world.stocks):
        path = f"actors.{actor}.stocks.{name}"
        yield Entry("stock_start", (place,), (f"{path}.start",), _same)
        yield Entry("stock_change", (place,), (f"{path}.change",), _same)


def _of_actions(world: World) -> Iterator[Entry]:
    for place, (actor, action) in enumerate(world.actions):
        path = f"actors.{actor}.actions.{action.id}"
        goals = [
            goal for goal in sorted(action.gains) if goal in world.scenario.actors[actor].goals
        ]
        worth = [f"{path}.cost"]
        for goal in goals:
            worth += [f"actors.{actor}.goals.{goal}", f"{path}.gains.{goal}"]
        base = partial(_base, len(goals))
        opening, answer = (
            (*worth, f"{path}.{name}") if getattr(action, name) is not None else tuple(worth)
            for name in ("initiative", "reply")
        )
        yield Entry("opening_base", (place,), opening, base)
        yield Entry("answer_base", (place,), answer, base)
        yield Entry("public", (place,), (f"{path}.public",), _same)
        for way in range(len(action.slip)):
            yield Entry("slip_chance", (place, way), (f"{path}.slip[{way}].chance",), _same)


def _base(goals: int, cost: Any, *more: Any) -> Any:
    """Return an action's inclination with the goals it serves, less its cost: in logits."""
    worth = -cost
    for place in range(goals):
        worth = worth + more[2 * place] * more[2 * place + 1]
    return more[-1] + worth if len(more) > 2 * goals else worth


def _of_provocations(world: World) -> Iterator[Entry]:
    """How far actions provoke others than their targets: by the largest commitment to one."""
    for own, actor in enumerate(world.actors):
        promised = world.scenario.actors[actor].commitments
        alike: dict[tuple[str, ...], list[int]] = {}
        for place, (_, action) in enumerate(world.actions):
            allies = tuple(ally for ally in sorted(action.targets) if ally in promised)
            if allies and actor not in action.targets:
                alike.setdefault(allies, []).append(place)
        for allies, actions in alike.items():
            paths = tuple(f"actors.{actor}.commitments.{ally}" for ally in allies)
            places = np.array([world.actors.index(ally) for ally in allies])
            yield Entry("weight", (own, actions), paths, _most)
            # to whom, matters to a number only where there are several
            yield Entry("behalf", (own, actions), paths[1:] and paths, partial(_largest, places))


def _most(*commitments: Any) -> Any:
    return np.maximum.reduce(np.broadcast_arrays(*commitments))[..., np.newaxis]


def _largest(places: NDArray[np.intp], *commitments: Any) -> Any:
    """Return the ally to whom most is promised; of several the first."""
    if len(places) == 1:
        return places[0]
    held = np.stack(np.broadcast_arrays(*commitments))
    return places[np.argmax(held, axis=0)][..., np.newaxis]
