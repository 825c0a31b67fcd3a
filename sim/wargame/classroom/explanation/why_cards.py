"""A why card in words: sentences, a table of terms, and what would have tipped the choice."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.classroom.explanation.tipping_point import Flip
from wargame.classroom.explanation.why import Card
from wargame.classroom.history.weights import find_action
from wargame.engine.policies import HOLD, MODEL
from wargame.scenario.schema import Scenario
from wargame.show.names import named
from wargame.show.percentages import percent

HEADERS = ("term", "this act", "runner-up", "in words")

_NAMES = {
    "inclination": "the inclination to this act",
    "reading": "the reading of what it met",
    "draw": "the draw",
    "audience": "the cost of giving way in public",
}
_ORDERS = {
    HOLD: "A standing order told it not to answer.",
    "match": "A standing order told it to answer at the rung it read.",
    "one_lower": "A standing order told it to answer one rung below what it read.",
    "one_higher": "A standing order told it to answer one rung above what it read.",
}


@dataclass(frozen=True)
class Spoken:
    """A card in words.

    Attributes
    ----------
    rows : tuple of (str, str, str, str)
        Below `HEADERS`: terms in logits, the sum last; empty when nothing was weighed.
    tipping : tuple of str
        What would have tipped it, the change of one number that moves the acts on offer least
        apart first.
    """

    title: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str], ...]
    tipping: tuple[str, ...]


def speak(card: Card, scenario: Scenario) -> Spoken:
    """Put a card into words.

    Parameters
    ----------
    scenario : Scenario
        That of the history.
    """
    actor = card.decision.actor
    if card.action is None:
        return Spoken("Why nothing", ("Nothing that fits was on offer.",), (), ())
    title = f'Why {named(scenario, actor)} chose "{_label(scenario, actor, card.action)}"'
    if card.decision.standing != MODEL:
        return Spoken(title, (_ORDERS[card.decision.standing],), (), ())
    rows = [
        (
            f"{term.name}: {term.meaning}",
            f"{term.chosen:+.2f}",
            "" if term.runner_up is None else f"{term.runner_up:+.2f}",
            term.words,
        )
        for term in card.terms
    ]
    runner_up_total = "" if card.runner_up is None else f"{card.runner_up_total:+.2f}"
    rows.append(("sum, in logits", f"{card.total:+.2f}", runner_up_total, "before rounding"))
    return Spoken(title, tuple(_sentences(card, scenario)), tuple(rows), _tipping(card, scenario))


def _sentences(card: Card, scenario: Scenario) -> list[str]:
    decision, actor = card.decision, card.decision.actor
    if decision.met is None:
        acting = "Its chance to open by itself this turn was"
    else:
        acting = "Its chance to answer an act so read was"
    sentences = [f"{acting} {percent(decision.chance)} (draw {decision.draw:.3f})."]
    chosen = f"Of {card.offered} actions on offer ({card.menu} in its menu)"
    if card.runner_up is None:
        sentences.append(f"{chosen} this was the only one.")
        return sentences
    likeliest = "; the next most likely" if card.chance >= card.runner_up_chance else "; likelier"
    sentences.append(
        f"{chosen} this had a chance of {percent(card.chance)}{likeliest} was "
        f'"{_label(scenario, actor, card.runner_up)}" with {percent(card.runner_up_chance)}.'
    )
    if card.read_rightly is not None and decision.met is not None:
        same = "the same" if card.read_rightly == card.action else "another"
        then = f'"{_label(scenario, actor, card.read_rightly)}"'
        sentences.append(
            f"Had it read the act for exactly what it was (rung {decision.met.trigger}, not "
            f"{decision.met.perceived:.1f}), the same draw would have given {same}: {then}."
        )
    return sentences


def _tipping(card: Card, scenario: Scenario) -> tuple[str, ...]:
    if card.runner_up is None:
        return ()
    lines = []
    for flip in card.flips:
        lead = "Smallest change of one number" if flip is card.smallest else "Or"
        by = f" (by {_size(flip.size)} logits)" if flip.name != "draw" else ""
        lines.append(f"{lead}{by}: {_change(flip, card, scenario)}")
    if card.smallest is None:
        lines.insert(0, "No change of a single number within its range would have tipped it.")
    return tuple(lines)


def _change(flip: Flip, card: Card, scenario: Scenario) -> str:
    name = _NAMES.get(flip.name, flip.name)
    if flip.name.startswith("goal "):
        name = f"the weight of {flip.name.removeprefix('goal ').replace('_', ' ')}"
    if flip.of is not None and flip.of != card.action:
        name = f'the inclination to "{_label(scenario, card.decision.actor, flip.of)}"'
    was, then = _apart(flip.was, flip.flips_at)
    return (
        f'{name} {then} instead of {was}: "{_label(scenario, card.decision.actor, flip.action)}".'
    )


def _size(logits: float) -> str:
    return f"{logits:.2f}" if logits >= 0.01 else f"{logits:.1g}"


def _apart(one: float, other: float) -> tuple[str, str]:
    """Write two numbers with as few digits as tell them apart, two at least."""
    for places in range(2, 10):
        texts = f"{one:.{places}f}", f"{other:.{places}f}"
        if texts[0] != texts[1]:
            return texts
    return texts


def _label(scenario: Scenario, actor: str, action: str) -> str:
    return find_action(scenario, actor, action).label
