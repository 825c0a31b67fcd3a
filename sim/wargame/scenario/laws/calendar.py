"""The calendar and the teaching notes: events, injects and roles that the scenario allows."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.scenario.laws.finding import Finding, repeated, unknown
from wargame.scenario.schema import (
    Scenario,
)
from wargame.scenario.text.places import Steps


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
                message = unknown("actor", actor, scenario.actors)
                yield Finding((*steps, "actors", number), message)
        for number in repeated(event.actors):
            message = f"{event.actors[number]} is named twice. Name each actor once."
            yield Finding((*steps, "actors", number), message)
        if not event.actors and (event.tempo_factor.value != 1.0 or event.tempo_factor.uncertain):
            message = "this factor touches nobody. Name the event's actors, or delete it."
            yield Finding((*steps, "tempo_factor"), message, "warning")
        if event.act is not None:
            if event.act.actor not in scenario.actors:
                message = unknown("actor", event.act.actor, scenario.actors)
                yield Finding((*steps, "act", "actor"), message)
                continue
            menu = [action.id for action in scenario.actors[event.act.actor].actions]
            if event.act.action not in menu:
                message = unknown(f"action of {event.act.actor}", event.act.action, menu)
                yield Finding((*steps, "act", "action"), message)


def check_teaching(scenario: Scenario) -> Iterator[Finding]:
    """Hold role sheets, cards and claims to actors, turns and variants that exist."""
    if scenario.teaching is None:
        return
    for role in scenario.teaching.roles:
        if role not in scenario.actors:
            message = unknown("actor", role, scenario.actors)
            yield Finding(("teaching", "roles", role), message)
    for index, card in enumerate(scenario.teaching.injects):
        steps: Steps = ("teaching", "injects", index)
        if card.turn > scenario.turns:
            message = f"turn {card.turn} is after the last. Use 1..{scenario.turns}."
            yield Finding((*steps, "turn"), message)
        for number, actor in enumerate(card.audience):
            if actor not in scenario.actors:
                message = unknown("actor", actor, scenario.actors)
                yield Finding((*steps, "audience", number), message)
    for index, claim in enumerate(scenario.teaching.claims):
        if claim.variant not in scenario.variants:
            steps = ("teaching", "claims", index, "variant")
            message = unknown("variant", claim.variant, scenario.variants)
            yield Finding(steps, f"{message} Declare it under variants.")
