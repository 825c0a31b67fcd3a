"""What actions do: to flags, stocks and actors that exist."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.scenario.laws.finding import Finding, unknown
from wargame.scenario.schema import (
    Effect,
    ExcitationEffect,
    FlagEffect,
    Scenario,
    StockEffect,
    TempoEffect,
    TensionEffect,
)
from wargame.scenario.text.places import Steps


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


def check_effects(scenario: Scenario) -> Iterator[Finding]:
    """Hold effects to actors, flags and stocks that exist."""
    actors = scenario.actors
    for steps, effect in all_effects(scenario):
        if isinstance(effect, TempoEffect | ExcitationEffect | StockEffect):
            if effect.actor not in actors:
                yield Finding((*steps, "actor"), unknown("actor", effect.actor, actors))
            elif isinstance(effect, StockEffect):
                stocks = actors[effect.actor].stocks
                if effect.stock not in stocks:
                    message = unknown(f"stock of {effect.actor}", effect.stock, stocks)
                    yield Finding((*steps, "stock"), message)
        elif isinstance(effect, FlagEffect):
            if effect.flag not in scenario.flags:
                yield Finding((*steps, "flag"), unknown("flag", effect.flag, scenario.flags))
        elif isinstance(effect, TensionEffect):
            for number, actor in enumerate(effect.between):
                if actor not in actors:
                    yield Finding((*steps, "between", number), unknown("actor", actor, actors))
            if effect.between[0] == effect.between[1]:
                message = f"both are {effect.between[0]}. Name two different actors."
                yield Finding((*steps, "between"), message)
