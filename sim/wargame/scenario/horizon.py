"""A scenario played for fewer (or more) turns than its file says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wargame.errors import UsageError
from wargame.scenario.canonical import to_data
from wargame.scenario.laws.checks import RULES
from wargame.scenario.laws.declared import check_variants
from wargame.scenario.schema import Scenario

MOST_TURNS = 10_000


def with_turns(scenario: Scenario, turns: int) -> tuple[Scenario, tuple[str, ...]]:
    """Return a scenario with another number of turns, and what falls off its end.

    Parameters
    ----------
    turns : int
        1..10,000.

    Returns
    -------
    scenario : Scenario
        Without the events and cards that would begin after the last turn, and without the
        declared variants that would speak of them.
    dropped : tuple of str
        The ids of those events, cards and variants.

    Raises
    ------
    UsageError
        If turns is out of range.
    """
    if not 1 <= turns <= MOST_TURNS:
        raise UsageError(f"{turns} is out of range. Use 1..{MOST_TURNS:,}.", field="turns")
    events = tuple(event for event in scenario.calendar if scenario.turn_of(event) <= turns)
    changes: dict[str, object] = {"turns": turns, "calendar": events}
    dropped = [event.id for event in scenario.calendar if event not in events]
    if scenario.teaching is not None:
        cards = tuple(card for card in scenario.teaching.injects if card.turn <= turns)
        dropped += [card.id for card in scenario.teaching.injects if card not in cards]
        changes["teaching"] = scenario.teaching.model_copy(update={"injects": cards})
    shortened = scenario.model_copy(update=changes)
    if scenario.variants:
        findings = check_variants(shortened, to_data(shortened), RULES)
        broken = {str(finding.steps[1]) for finding in findings}
        kept = {name: item for name, item in scenario.variants.items() if name not in broken}
        shortened = with_variants(shortened, kept)
        dropped += sorted(broken)
    return shortened, tuple(dropped)


def with_variants(scenario: Scenario, kept: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """Return a scenario with other declared variants, without claims that rest on one not kept.

    Parameters
    ----------
    kept : mapping of str to mapping
        As ``variants`` in a file.
    """
    changes: dict[str, object] = {"variants": kept}
    if scenario.teaching is not None:
        claims = tuple(item for item in scenario.teaching.claims if item.variant in kept)
        changes["teaching"] = scenario.teaching.model_copy(update={"claims": claims})
    return scenario.model_copy(update=changes)
