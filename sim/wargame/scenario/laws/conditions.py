"""What conditions ask for: names that exist, and numbers that can be met and missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wargame.scenario.conditions.functions import FUNCTIONS, WORDS
from wargame.scenario.conditions.tree import Asked, Comparison, Flag, leaves_of, spell_number
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.laws.finding import Finding, unknown
from wargame.scenario.schema import Scenario

Fault = tuple[int, str]


def check_conditions(scenario: Scenario) -> Iterator[Finding]:
    """Hold what conditions ask for to what the scenario has."""
    for flag in scenario.flags:
        if flag in WORDS:
            message = f"the word {flag} means something else in conditions. Rename the flag."
            yield Finding(("flags", flag), message)
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            if action.condition is None:
                continue
            for leaf in leaves_of(action.condition):
                for at, message in _faults(scenario, leaf):
                    steps = ("actors", name, "actions", index, "if")
                    yield Finding(steps, message, offset=at)


def _faults(scenario: Scenario, leaf: Flag | Asked | Comparison) -> Iterator[Fault]:
    if isinstance(leaf, Flag):
        if leaf.name not in scenario.flags:
            yield leaf.at, unknown("flag", leaf.name, scenario.flags)
        return
    asked = leaf.left if isinstance(leaf, Comparison) else leaf
    ways = [way for way in FUNCTIONS[asked.function].takes if len(way) == len(asked.arguments)]
    actors = []
    for kind, given, at in zip(ways[0], asked.arguments, asked.places, strict=True):
        if kind == "rung":
            yield from _rung(int(given), at)
        else:
            actors.append(str(given).partition(".")[0])
            yield from _named(scenario, kind, str(given), at)
    if len(actors) == 2 and actors[0] == actors[1]:
        yield asked.at, f"both are {actors[0]}. Name two different actors."
    if isinstance(leaf, Comparison):
        yield from _idle(leaf)


def _rung(rung: int, at: int) -> Iterator[Fault]:
    if not LOWEST_RUNG <= rung <= HIGHEST_RUNG:
        ends = f"from {LOWEST_RUNG} to {HIGHEST_RUNG}"
        yield at, f"there is no rung {rung}. The ladder goes {ends}."


def _named(scenario: Scenario, kind: str, given: str, at: int) -> Iterator[Fault]:
    name, _, own = given.partition(".")
    actor = scenario.actors.get(name)
    if actor is None:
        yield at, unknown("actor", name, scenario.actors)
        return
    known: dict[str, Collection[str]] = {
        "stock": actor.stocks,
        "action": [action.id for action in actor.actions],
    }
    if kind in known and own not in known[kind]:
        yield at, unknown(f"{kind} of {name}", own, known[kind])


def _idle(leaf: Comparison) -> Iterator[Fault]:
    """Refuse a comparison that holds of no number that there can be, or of all."""
    bounds = FUNCTIONS[leaf.left.function].range
    if bounds is None:
        return
    (low, high), number = bounds, leaf.number
    always = {
        "<": high < number,
        "<=": high <= number,
        ">": low > number,
        ">=": low >= number,
        "==": False,
    }
    never = {
        "<": low >= number,
        "<=": low > number,
        ">": high <= number,
        ">=": high < number,
        "==": not low <= number <= high,
    }
    if always[leaf.sign] or never[leaf.sign]:
        ends = f"{low:g} to {high:g}" if high < 1e9 else f"{low:g} up"
        how = "always" if always[leaf.sign] else "never"
        yield (
            leaf.at,
            f"{leaf.left.function} goes from {ends}, so that {leaf.sign} {spell_number(number)} "
            f"{how} holds. Change the number, or leave the comparison out.",
        )
