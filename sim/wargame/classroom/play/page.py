"""The pages of a game: what a player reads before an order. Text and tables, nothing printed."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.classroom.futures.odds_tables import SHARE
from wargame.classroom.history.weights import find_action
from wargame.classroom.play.game import Game
from wargame.classroom.play.setup import Setup
from wargame.classroom.play.sight import Seen
from wargame.classroom.story.teller import rung_words
from wargame.engine.policies import HOLD, MODEL
from wargame.engine.results import NOTE
from wargame.findings import Estimate, Table, columns
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG, RUNGS, WAR
from wargame.scenario.schema import Scenario
from wargame.show.names import day, named, period
from wargame.show.percentages import percent
from wargame.show.words import capital, join_words

_CLOSE = 0.25
"""How near to halfway between two rungs a reading is said to be between them."""

STANDING = {
    MODEL: "your staff answers as it sees fit",
    HOLD: "no answers this turn",
    "match": "answer at the rung you take an act for",
    "one_lower": "answer one rung below it",
    "one_higher": "answer one rung above it",
}
"""Standing order -> what it means."""

HELP = (
    "An order is what you open the turn with and, if you like, how to answer: '3 match', "
    "'hold one_lower', or only '3' (then you answer as last turn).",
    "Answers: " + "; ".join(f"{name}, {meaning}" for name, meaning in STANDING.items()) + ".",
    "Besides orders: odds (how it may go on), role (your sheet again), undo (take the last order "
    "or card back), help, quit (the game is saved, to be resumed).",
    "For a facilitator: card TEXT puts news of your own on the pages of this turn.",
)

_DOMAINS = {
    "rhetoric": "in words",
    "exercise": "with an exercise",
    "missile": "with missiles",
    "nuclear": "in the nuclear field",
    "maritime": "at sea",
    "ground": "on land",
    "arms_transfer": "with arms transfers",
    "economic": "in trade",
    "diplomacy": "through diplomats",
}


def opening_page(setup: Setup) -> list[str]:
    """Return what everybody reads first."""
    scenario = setup.scenario
    names = join_words([named(scenario, player) for player in setup.players])
    others = {
        MODEL: "the model, as it plays them in any run",
        "hawk": "a scripted hawk, who opens high and answers one rung above",
        "dove": "a scripted dove, who reaches out and answers one rung below",
        "tit_for_tat": "a script that gives back in kind",
    }.get(setup.opponents, f"the model under the theory {setup.opponents}")
    length = (
        "Nobody is told when the game ends."
        if setup.hidden_end
        else f"The game lasts {scenario.turns} turns of {scenario.turn_days} days each."
    )
    return [
        scenario.summary,
        f"You play {names}. The others are led by {others}. {length} War ends it at once.",
        "Each turn you give one order. It says what you open the turn with: an entry of your menu, "
        "or hold, which is nothing. And it says how your side answers in that turn if somebody "
        "acts against it, your standing order: "
        + "; ".join(f"{name}, {meaning}" for name, meaning in STANDING.items())
        + ".",
        "Rungs order how grave an act is: "
        + ", ".join(f"{rung} {RUNGS[rung]}" for rung in sorted(RUNGS) if rung and rung <= WAR)
        + ". What others do you see as your side reads it, which may be wrong.",
        "It is a model for teaching: what follows from an order here follows from its assumptions.",
    ]


def role(scenario: Scenario, actor: str) -> list[str]:
    """Return an actor's role sheet, paragraph by paragraph; for its players' eyes only."""
    sheet = None if scenario.teaching is None else scenario.teaching.roles.get(actor)
    if sheet is None:
        return [f"You lead {named(scenario, actor)}. The scenario gives no role sheet."]
    return [sheet.public, f"For you only: {sheet.confidential}"]


def title(game: Game, actor: str) -> str:
    """Return the heading of a turn's page."""
    scenario = game.scenario
    when = period(scenario, game.turn, game.turn)
    unit, colon, dates = when.partition(":")
    if not game.setup.hidden_end:
        unit = f"{unit} of {scenario.turns}"
    return f"{scenario.actors[actor].name} | {unit}{colon}{dates}"


def sightings(game: Game, actor: str) -> list[str]:
    """Return what an actor saw in the last turn, one line an act."""
    seen = [act for act in game.seen_by(actor) if act.turn == game.turn - 1]
    return [_sighting(act, game.scenario) for act in seen]


def _sighting(act: Seen, scenario: Scenario) -> str:
    names = {key: named(scenario, key) for key in scenario.actors}
    targets = join_words([names[target] for target in act.targets])
    if act.action is not None:
        label = find_action(scenario, act.actor, act.action).label
        done = (
            f'answered {names[act.provoker]} with "{label}"' if act.provoker else f'did "{label}"'
        )
        text = f"You {done}, aimed at {targets} (rung {act.read:.0f})."
        if act.slipped:
            text += f" It was not meant so: it went to {rung_words(round(act.read))}."
        return text
    then = " then" if act.link else ""
    whom = "you" if act.aimed and len(act.targets) == 1 else targets
    if act.aimed and len(act.targets) > 1:
        whom += ", you among them"
    rung = min(max(round(act.read), -2), 9)
    return (
        f"{capital(names[act.actor])}{then} acted {_DOMAINS[act.domain]}, aimed at {whom}. "
        f"You take it for {_reading(act.read)}, {RUNGS[rung]}."
    )


def _reading(read: float) -> str:
    """Say a reading as the rung it is nearest to; between two, when it is close to halfway."""
    rung = min(max(round(read), -2), 9)
    other = rung + (1 if read > rung else -1)
    if abs(read - rung) >= 0.5 - _CLOSE and LOWEST_RUNG <= other <= HIGHEST_RUNG:
        return f"between rung {min(rung, other)} and {max(rung, other)}, nearer {rung}"
    return f"about rung {rung}"


def news(game: Game) -> list[str]:
    """Return what the calendar brings everybody this turn."""
    scenario = game.scenario
    return [
        f"In the calendar: {event.label or event.id.replace('_', ' ')}."
        for event in scenario.calendar
        if scenario.turn_of(event) == game.turn
    ]


def cards(game: Game, actor: str) -> list[str]:
    """Return the facilitator's cards for an actor this turn."""
    if game.scenario.teaching is None:
        return []
    return [
        card.text
        for card in game.scenario.teaching.injects
        if card.turn == game.turn and (not card.audience or actor in card.audience)
    ]


def brief(game: Game, actor: str, dealt: int = 0) -> str:
    """Return what stands higher up on a turn's page in one line, for a screen it has left.

    Parameters
    ----------
    dealt : int
        Cards that a facilitator dealt this turn.

    Returns
    -------
    str
        Nothing where there is nothing to say.
    """
    seen = [act for act in game.seen_by(actor) if act.turn == game.turn - 1]
    met = max((act for act in seen if act.action is None), key=lambda act: act.read, default=None)
    parts = []
    if met is not None:
        acts = f"{len(seen)} act{'' if len(seen) == 1 else 's'} last turn"
        parts.append(
            f"{acts}, of others' the gravest {named(game.scenario, met.actor)}'s, "
            f"{_reading(met.read)}"
        )
    parts += [line[:1].lower() + line[1:].rstrip(".") for line in news(game)]
    count = len(cards(game, actor)) + dealt
    if count:
        parts.append(f"{count} card{'' if count == 1 else 's'}")
    return f"Above: {'; '.join(parts)}." if parts else ""


def position(game: Game, actor: str) -> list[str]:
    """Return what an actor knows of its own position: stocks, and what binds it."""
    scenario, state = game.scenario, game.snapshot.state[0]
    actors = scenario.actor_ids
    stocks = [(owner, name) for owner in actors for name in sorted(scenario.actors[owner].stocks)]
    lines = []
    for place, (owner, name) in enumerate(stocks):
        if owner == actor:
            label = scenario.actors[actor].stocks[name].label or name.replace("_", " ")
            lines.append(f"{label}: {percent(float(state['stocks'][place]))} of a full stock")
    for other in actors:
        if other != actor:
            low, high = sorted((actors.index(actor), actors.index(other)))
            until = int(state["agreement_until"][low, high])
            if until >= game.turn:
                end = day(scenario.date_of(until + 1))
                lines.append(f"Bound by an agreement with {named(scenario, other)} up to {end}")
    return lines


def odds_table(odds: Mapping[str, Estimate]) -> Table:
    """Return the odds from a game's turn.

    Parameters
    ----------
    odds : mapping of str to Estimate
        From `Game.odds`.
    """
    futures = next(iter(odds.values())).n
    return Table(
        "odds",
        f"The worst still to come if the model led everybody from here, your side too: {futures:,} "
        f"futures ({NOTE})",
        columns("outcome", *SHARE, ("share", "in words", "in words")),
        tuple({"outcome": name, "share": share} for name, share in odds.items()),
    )
