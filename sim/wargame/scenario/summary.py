"""A scenario as tables for people: actors, menus by rung, calendar, numbers with provenance."""

from __future__ import annotations

from wargame.scenario.library import describe_cite
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Action, Actor, Event, Scenario, menu_order
from wargame.scenario.section import Section


def describe(scenario: Scenario) -> tuple[str, list[Section]]:
    """Return a scenario's heading and its tables.

    Parameters
    ----------
    scenario : Scenario
        A scenario.

    Returns
    -------
    title : str
        Title, summary, and the span of time.
    sections : list of Section
        Actors, a menu for each, calendar, numbers, and what the cites say.
    """
    first_day, last_turn = scenario.start, scenario.date_of(scenario.turns)
    title = (
        f"{scenario.title}\n{scenario.summary.strip()}\n"
        f"{scenario.turns} turns of {scenario.turn_days} days; the first starts on {first_day}, "
        f"the last on {last_turn}"
    )
    sections = [_actors(scenario)]
    sections += [_menu(name, actor) for name, actor in scenario.actors.items()]
    sections.append(
        Section(
            "calendar",
            "Calendar",
            ("turn", "date", "id", "what", "does", "cite"),
            tuple(_event(scenario, event) for event in scenario.calendar),
        )
    )
    sections.append(_numbers(scenario))
    sections.append(_cites(scenario))
    return title, [section for section in sections if section.rows]


def _actors(scenario: Scenario) -> Section:
    rows = tuple(
        (
            name,
            actor.name,
            actor.side or "-",
            str(len(actor.actions)),
            ", ".join(f"{ally} {share.value:g}" for ally, share in actor.commitments.items())
            or "-",
            ", ".join(f"{goal} {weight.value:g}" for goal, weight in actor.goals.items()) or "-",
        )
        for name, actor in scenario.actors.items()
    )
    headers = ("id", "name", "side", "actions", "commitments", "goals")
    return Section("actors", "Actors", headers, rows)


def _menu(name: str, actor: Actor) -> Section:
    actions = menu_order(actor.actions)
    headers = ("actor", "rung", "id", "targets", "opens", "answers", "slip", "action")
    rows = tuple((name, *_action(action)) for action in actions)
    return Section("actions", f"What {actor.name} can do, by rung", headers, rows)


def _action(action: Action) -> tuple[str, ...]:
    slip = "-"
    if action.slip is not None:
        slip = f"{action.slip.probability.value:g} to {action.slip.rung}"
    return (
        str(action.rung),
        action.id,
        " ".join(action.targets),
        "never" if action.initiative is None else f"{action.initiative.value:+g}",
        "never" if action.reply is None else f"{action.reply.value:+g}",
        slip,
        action.label,
    )


def _event(scenario: Scenario, event: Event) -> tuple[str, ...]:
    turn = scenario.turn_of(event)
    does = []
    if event.actors:
        span = f" for {event.window} turns" if event.window > 1 else ""
        factor = _number(event.tempo_factor)
        does.append(f"tempo of {' '.join(event.actors)} x {factor}{span}")
    does += [f"{effect.kind} effect" for effect in event.effects]
    if event.act is not None:
        does.append(f"{event.act.actor} does {event.act.action}")
    return (
        str(turn),
        str(event.date or scenario.date_of(turn)),
        event.id,
        event.label or "-",
        "; ".join(does) or "news only",
        " ".join(event.cite) or "-",
    )


def _number(number: Parameter) -> str:
    if not number.uncertain:
        return f"{number.value:g}"
    return f"{number.value:g} [{number.low:g}, {number.high:g}]"


def _numbers(scenario: Scenario) -> Section:
    rows = tuple(
        (path, f"{item.value:g}", _range(item), item.source, item.cite or "-")
        for path, item in parameters_of(scenario).items()
        if item.uncertain or item.cite or ".actions." not in path
    )
    headers = ("path", "value", "range", "source", "cite")
    title = "Numbers and where they come from (plain numbers of menus: in the JSON form)"
    return Section("parameters", title, headers, rows)


def _range(number: Parameter) -> str:
    return f"{number.low:g} to {number.high:g}" if number.uncertain else "-"


def _cites(scenario: Scenario) -> Section:
    rows = tuple(cites_of(scenario).items())
    return Section("cites", "What the cites say", ("cite", "says"), rows)


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
