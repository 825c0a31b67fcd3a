"""Rules that need the whole scenario, each a small function.

An error makes a scenario invalid; a warning names something that is lawful and
probably not meant. Rules on what is named where are here; rules on whether menus
let their owners act freely are in `wargame.scenario.laws.balance`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from wargame.errors import did_you_mean
from wargame.scenario.library import SOURCES, keys_of
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import (
    Effect,
    ExcitationEffect,
    FlagEffect,
    Scenario,
    StockEffect,
    TempoEffect,
    TensionEffect,
)
from wargame.scenario.text.document import Steps
from wargame.scenario.text.scalars import shorten


class Finding(NamedTuple):
    """What a rule found.

    Attributes
    ----------
    steps : Steps
        Where.
    message : str
        What is wrong, the rule, the remedy.
    severity : str
        error or warning.
    """

    steps: Steps
    message: str
    severity: str = "error"


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    listing = ", ".join(sorted(known)) or "there are none"
    return f"there is no {kind} '{name}'.{did_you_mean(name, known)} Known: {listing}."


def _repeated(names: Collection[str]) -> Iterator[int]:
    """Yield the indices of names that stood earlier in the same list."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield index
        seen.add(name)


def all_effects(scenario: Scenario) -> Iterator[tuple[Steps, Effect]]:
    """Yield every effect of actions and events with its place.

    Parameters
    ----------
    scenario : Scenario
        A scenario.
    """
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            for number, effect in enumerate(action.effects):
                yield ("actors", name, "actions", index, "effects", number), effect
    for index, event in enumerate(scenario.calendar):
        for number, effect in enumerate(event.effects):
            yield ("calendar", index, "effects", number), effect


def check_targets(scenario: Scenario) -> Iterator[Finding]:
    """Hold targets to other actors of the scenario, each named once."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            steps: Steps = ("actors", name, "actions", index, "targets")
            for number, target in enumerate(action.targets):
                if target not in scenario.actors:
                    yield Finding((*steps, number), _unknown("actor", target, scenario.actors))
                elif target == name:
                    message = f"{name} cannot be a target of its own action. Name other actors."
                    yield Finding((*steps, number), message)
            for number in _repeated(action.targets):
                message = f"{action.targets[number]} is named twice. Name each target once."
                yield Finding((*steps, number), message)


def check_commitments(scenario: Scenario) -> Iterator[Finding]:
    """Hold commitments to other actors of the scenario."""
    for name, actor in scenario.actors.items():
        for ally in actor.commitments:
            steps: Steps = ("actors", name, "commitments", ally)
            if ally not in scenario.actors:
                yield Finding(steps, _unknown("actor", ally, scenario.actors))
            elif ally == name:
                yield Finding(steps, f"{name} cannot be committed to itself. Delete the entry.")


def check_goals(scenario: Scenario) -> Iterator[Finding]:
    """Hold gains to goals that the actor has."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            for goal in action.gains:
                if goal not in actor.goals:
                    steps = ("actors", name, "actions", index, "gains", goal)
                    yield Finding(steps, _unknown(f"goal of {name}", goal, actor.goals))


def check_ids(scenario: Scenario) -> Iterator[Finding]:
    """Hold ids to be unique in their list."""
    lists: list[tuple[Steps, list[str]]] = [
        (("actors", name, "actions"), [action.id for action in actor.actions])
        for name, actor in scenario.actors.items()
    ]
    lists.append((("calendar",), [event.id for event in scenario.calendar]))
    if scenario.teaching is not None:
        lists.append((("teaching", "injects"), [card.id for card in scenario.teaching.injects]))
    for steps, ids in lists:
        for index in _repeated(ids):
            first = ids.index(ids[index])
            message = f"the id '{ids[index]}' is that of entry [{first}] too. Rename one."
            yield Finding((*steps, index, "id"), message)


def check_requirements(scenario: Scenario) -> Iterator[Finding]:
    """Hold what an action requires to be declared, and able to come true."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            needs = action.requires
            if needs is None:
                continue
            steps: Steps = ("actors", name, "actions", index, "requires")
            for flag in needs.flags:
                if flag not in scenario.flags:
                    yield Finding((*steps, "flags", flag), _unknown("flag", flag, scenario.flags))
            for stock in needs.stocks:
                if stock not in actor.stocks:
                    message = _unknown(f"stock of {name}", stock, actor.stocks)
                    yield Finding((*steps, "stocks", stock), message)
            least, most = needs.tension_least, needs.tension_most
            if least is not None and most is not None and least.value > most.value:
                message = (
                    f"tension_least ({least.value:g}) is above tension_most ({most.value:g}), "
                    "so the action is never on offer. Swap them, or drop one."
                )
                yield Finding((*steps, "tension_least"), message)


def check_effects(scenario: Scenario) -> Iterator[Finding]:
    """Hold effects to actors, flags and stocks that exist."""
    actors = scenario.actors
    for steps, effect in all_effects(scenario):
        if isinstance(effect, TempoEffect | ExcitationEffect | StockEffect):
            if effect.actor not in actors:
                yield Finding((*steps, "actor"), _unknown("actor", effect.actor, actors))
            elif isinstance(effect, StockEffect):
                stocks = actors[effect.actor].stocks
                if effect.stock not in stocks:
                    message = _unknown(f"stock of {effect.actor}", effect.stock, stocks)
                    yield Finding((*steps, "stock"), message)
        elif isinstance(effect, FlagEffect):
            if effect.flag not in scenario.flags:
                yield Finding((*steps, "flag"), _unknown("flag", effect.flag, scenario.flags))
        elif isinstance(effect, TensionEffect):
            for number, actor in enumerate(effect.between):
                if actor not in actors:
                    yield Finding((*steps, "between", number), _unknown("actor", actor, actors))
            if effect.between[0] == effect.between[1]:
                message = f"both are {effect.between[0]}. Name two different actors."
                yield Finding((*steps, "between"), message)


def check_calendar(scenario: Scenario) -> Iterator[Finding]:
    """Hold events to one start inside the history and to actors that exist."""
    end = scenario.date_of(scenario.turns + 1)
    for index, event in enumerate(scenario.calendar):
        steps: Steps = ("calendar", index)
        if event.turn is None and event.date is None:
            yield Finding(steps, "an event needs a start. Give it turn or date.")
        elif event.turn is not None and event.date is not None:
            yield Finding((*steps, "date"), "both turn and date are given. Keep one.")
        elif not 1 <= scenario.turn_of(event) <= scenario.turns:
            if event.turn is not None:
                message = f"turn {event.turn} is after the last. Use 1..{scenario.turns}."
                yield Finding((*steps, "turn"), message)
            else:
                message = (
                    f"{event.date} lies outside the history, which runs from {scenario.start} "
                    f"until before {end}. Choose a day inside it."
                )
                yield Finding((*steps, "date"), message)
        for number, actor in enumerate(event.actors):
            if actor not in scenario.actors:
                message = _unknown("actor", actor, scenario.actors)
                yield Finding((*steps, "actors", number), message)
        for number in _repeated(event.actors):
            message = f"{event.actors[number]} is named twice. Name each actor once."
            yield Finding((*steps, "actors", number), message)
        if not event.actors and (event.tempo_factor.value != 1.0 or event.tempo_factor.uncertain):
            message = "this factor touches nobody. Name the event's actors, or delete it."
            yield Finding((*steps, "tempo_factor"), message, "warning")
        if event.act is not None:
            if event.act.actor not in scenario.actors:
                message = _unknown("actor", event.act.actor, scenario.actors)
                yield Finding((*steps, "act", "actor"), message)
                continue
            menu = [action.id for action in scenario.actors[event.act.actor].actions]
            if event.act.action not in menu:
                message = _unknown(f"action of {event.act.actor}", event.act.action, menu)
                yield Finding((*steps, "act", "action"), message)


def check_teaching(scenario: Scenario) -> Iterator[Finding]:
    """Hold role sheets, cards and claims to actors, turns and variants that exist."""
    if scenario.teaching is None:
        return
    for role in scenario.teaching.roles:
        if role not in scenario.actors:
            message = _unknown("actor", role, scenario.actors)
            yield Finding(("teaching", "roles", role), message)
    for index, card in enumerate(scenario.teaching.injects):
        steps: Steps = ("teaching", "injects", index)
        if card.turn > scenario.turns:
            message = f"turn {card.turn} is after the last. Use 1..{scenario.turns}."
            yield Finding((*steps, "turn"), message)
        for number, actor in enumerate(card.audience):
            if actor not in scenario.actors:
                message = _unknown("actor", actor, scenario.actors)
                yield Finding((*steps, "audience", number), message)
    for index, claim in enumerate(scenario.teaching.claims):
        if claim.variant not in scenario.variants:
            steps = ("teaching", "claims", index, "variant")
            message = _unknown("variant", claim.variant, scenario.variants)
            yield Finding(steps, f"{message} Declare it under variants.")


def check_sources(scenario: Scenario) -> Iterator[Finding]:
    """Hold the list of sources to those that exist."""
    for index, source in enumerate(scenario.sources):
        if source not in SOURCES:
            yield Finding(("sources", index), _unknown("source", source, SOURCES))
    for index in _repeated(scenario.sources):
        message = f"'{scenario.sources[index]}' is named twice. Name each source once."
        yield Finding(("sources", index), message)


def check_cites(scenario: Scenario) -> Iterator[Finding]:
    """Hold every cite to a source that the scenario names and a key in it."""
    for steps, cite in _cites(scenario, ()):
        shown = shorten(cite)
        source, point, key = cite.partition(".")
        if not point or not key:
            message = f"'{shown}' is no cite. Write source.key, for example article.F01."
        elif source not in SOURCES:
            message = _unknown("source", shorten(source), SOURCES)
        elif source not in scenario.sources:
            message = f"'{shown}' cites {source}, which is not under sources. Add it there."
        elif key not in keys_of(source):
            near = did_you_mean(shorten(key), keys_of(source))
            message = f"'{shorten(key)}' is not in the source '{source}'.{near}"
            if not near and keys_of(source):
                message += f" Write one of its keys, such as {min(keys_of(source))}."
        else:
            continue
        yield Finding(steps, message)


def _cites(value: object, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Yield what the file cites; the defaults' own cites stand in the schema, not in the file."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if name not in value.model_fields_set:
                continue
            item = getattr(value, name)
            if name == "cite" and item:
                many = isinstance(item, tuple)
                for number, cite in enumerate(item if many else (item,)):
                    yield ((*steps, name, number) if many else (*steps, name)), cite
            elif isinstance(item, Parameter):
                if item.cite is not None and item != info.default:
                    yield (*steps, name, "cite"), item.cite
            elif isinstance(item, BaseModel | tuple | Mapping):
                yield from _cites(item, (*steps, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _cites(item, (*steps, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cites(item, (*steps, index))


RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_targets,
    check_commitments,
    check_goals,
    check_ids,
    check_requirements,
    check_effects,
    check_calendar,
    check_teaching,
    check_sources,
    check_cites,
)
"""All rules of this module."""
