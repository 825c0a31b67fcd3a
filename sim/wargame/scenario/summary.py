"""A scenario as tables for people: actors, menus by rung, calendar, numbers with provenance."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.findings import Row, Table, columns
from wargame.scenario.conditions.words import Names, words_of
from wargame.scenario.library import describe_cite
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Action, Actor, Event, Scenario, menu_order
from wargame.scenario.waiting import names_of


def describe(scenario: Scenario) -> tuple[str, list[Table]]:
    """Return a scenario's heading and its tables.

    Parameters
    ----------
    scenario : Scenario
        A scenario.

    Returns
    -------
    title : str
        Title, summary, and the span of time.
    tables : list of Table
        Actors, a menu for each, calendar, numbers, and what the cites say.
    """
    names = names_of(scenario)
    first_day, last_turn = scenario.start, scenario.date_of(scenario.turns)
    title = (
        f"{scenario.title}\n{scenario.summary.strip()}\n"
        f"{scenario.turns} turns of {scenario.turn_days} days; the first starts on {first_day}, "
        f"the last on {last_turn}"
    )
    said = columns("turn", "date", "id", "what", "does", "cite")
    events = tuple(_event(scenario, event) for event in scenario.calendar)
    tables = [
        _actors(scenario),
        *(_menu(name, actor, names) for name, actor in scenario.actors.items()),
        Table("calendar", "Calendar", said, events),
        _numbers(scenario),
        _cites(scenario),
    ]
    return title, [table for table in tables if table.rows]


def _actors(scenario: Scenario) -> Table:
    rows = tuple(
        {
            "id": name,
            "name": actor.name,
            "side": actor.side,
            "actions": len(actor.actions),
            "commitments": _weights(actor.commitments),
            "goals": _weights(actor.goals),
        }
        for name, actor in scenario.actors.items()
    )
    said = columns("id", "name", "side", "actions", "commitments", "goals")
    return Table("actors", "Actors", said, rows)


def _weights(numbers: Mapping[str, Parameter]) -> str | None:
    return ", ".join(f"{name} {number.value:g}" for name, number in numbers.items()) or None


def _menu(name: str, actor: Actor, names: Names) -> Table:
    said = columns(
        "actor", "rung", "id", "targets", "opens", "answers", "slip", "action", "only while"
    )
    rows = tuple({"actor": name, **_action(action, names)} for action in menu_order(actor.actions))
    return Table("actions", f"What {actor.name} can do, by rung", said, rows)


def _action(action: Action, names: Names) -> Row:
    slips = "; ".join(f"{slip.chance.value:g} to {slip.to}" for slip in action.slip)
    return {
        "rung": action.rung,
        "id": action.id,
        "targets": " ".join(action.targets),
        "opens": "never" if action.initiative is None else f"{action.initiative.value:+g}",
        "answers": "never" if action.reply is None else f"{action.reply.value:+g}",
        "slip": slips or None,
        "action": action.label,
        "only while": words_of(action.condition, names) if action.condition else None,
    }


def _event(scenario: Scenario, event: Event) -> Row:
    turn = scenario.turn_of(event)
    does = []
    if event.actors:
        span = f" for {event.window} turns" if event.window > 1 else ""
        factor = in_brackets(event.tempo_factor)
        does.append(f"tempo of {' '.join(event.actors)} x {factor}{span}")
    does += [f"{effect.kind} effect" for effect in event.effects]
    if event.act is not None:
        does.append(f"{event.act.actor} does {event.act.action}")
    return {
        "turn": turn,
        "date": str(event.date or scenario.date_of(turn)),
        "id": event.id,
        "what": event.label or None,
        "does": "; ".join(does) or "news only",
        "cite": " ".join(event.cite) or None,
    }


def in_brackets(number: Parameter) -> str:
    """Write a number, and its range after it if it has one."""
    if not number.uncertain:
        return f"{number.value:g}"
    return f"{number.value:g} [{number.low:g}, {number.high:g}]"


def _numbers(scenario: Scenario) -> Table:
    rows = tuple(
        {
            "path": path,
            "value": float(item.value),
            "range": f"{item.low:g} to {item.high:g}" if item.uncertain else None,
            "source": item.source,
            "cite": item.cite or None,
        }
        for path, item in parameters_of(scenario).items()
        if item.uncertain or item.cite or ".actions." not in path
    )
    title = "Numbers and where they come from (plain numbers of menus: in the JSON form)"
    return Table("parameters", title, columns("path", "value", "range", "source", "cite"), rows)


def _cites(scenario: Scenario) -> Table:
    rows = tuple({"cite": cite, "says": says} for cite, says in cites_of(scenario).items())
    return Table("cites", "What the cites say", columns("cite", "says"), rows)


def cites_of(scenario: Scenario) -> dict[str, str]:
    """Return cite -> what it says, for all that a scenario cites.

    Parameters
    ----------
    scenario : Scenario
        A scenario whose cites resolve.
    """
    cites = {item.cite for item in parameters_of(scenario).values() if item.cite}
    for actor in scenario.actors.values():
        cites.update(cite for action in actor.actions for cite in action.cite)
        cites.update(cite for stock in actor.stocks.values() for cite in stock.cite)
    cites.update(cite for event in scenario.calendar for cite in event.cite)
    if scenario.teaching is not None:
        cites.update(cite for card in scenario.teaching.injects for cite in card.cite)
        cites.update(cite for claim in scenario.teaching.claims for cite in claim.cite)
    return {cite: describe_cite(cite) for cite in sorted(cites)}
