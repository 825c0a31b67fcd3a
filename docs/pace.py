"""A scenario played in turns of another length: the same weeks, cut finer or coarser.

What is said by the week or in days (tempo, memory, tension's decay, dates) stays as it is.
What is said in turns is put into the new turns:

- turns of a history, cooldowns, windows, effects, agreements, quiet turns: the same days;
- the change of a stock, said by the turn: the same by the week;
- excitation, added once for an active turn: so much that one such turn sets off as many later
  openings as before. Two acts in one week count once in weekly turns, and twice in daily ones
  if they fall on two days: that is part of what another length of turn means.
"""

from __future__ import annotations

import math

from wargame.errors import UsageError
from wargame.scenario.horizon import MOST_TURNS, with_variants
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import (
    Action,
    Actor,
    Effect,
    Event,
    ExcitationEffect,
    Inject,
    Scenario,
    Stock,
    TempoEffect,
)

MOST_DAYS = 31


def with_turn_days(scenario: Scenario, days: int) -> Scenario:
    """Return a scenario whose turns have another number of days.

    Parameters
    ----------
    days : int
        Days in a turn, 1..31.

    Returns
    -------
    Scenario
        Over the same days (rounded up to whole turns), without its declared variants: their
        values may be in turns. Its draws are others: histories cannot be paired with the old.

    Raises
    ------
    UsageError
        If days is out of range, or the history would have more than 10,000 turns.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"{days} days in a turn are out of range. Use 1..{MOST_DAYS}.")
    if days == scenario.turn_days:
        return scenario
    pace = _Pace(scenario, days)
    turns = -(-scenario.turns * scenario.turn_days // days)
    if turns > MOST_TURNS:
        raise UsageError(
            f"{scenario.turns} turns of {scenario.turn_days} days would be {turns:,} turns of "
            f"{days}. Use {MOST_TURNS:,} at most: longer turns, or a shorter history."
        )
    world = scenario.world
    crisis = world.crisis.model_copy(update={"quiet_turns": pace.span(world.crisis.quiet_turns)})
    agreement = world.agreement.model_copy(update={"turns": pace.span(world.agreement.turns)})
    changes: dict[str, object] = {
        "turn_days": days,
        "turns": turns,
        "actors": {name: pace.actor(actor) for name, actor in scenario.actors.items()},
        "calendar": tuple(pace.event(event) for event in scenario.calendar),
        "world": world.model_copy(update={"crisis": crisis, "agreement": agreement}),
    }
    if scenario.teaching is not None:
        cards = tuple(pace.card(card) for card in scenario.teaching.injects)
        changes["teaching"] = scenario.teaching.model_copy(update={"injects": cards})
    return with_variants(scenario.model_copy(update=changes), {})


class _Pace:
    """Puts the parts of a scenario into turns of another length."""

    def __init__(self, scenario: Scenario, days: int) -> None:
        self._old, self._new = scenario.turn_days, days
        self._memory = {name: actor.memory.value for name, actor in scenario.actors.items()}

    def span(self, turns: int) -> int:
        """Return a number of turns as that of new turns, at least one."""
        return min(MOST_TURNS, max(1, round(turns * self._old / self._new)))

    def turn(self, turn: int) -> int:
        """Return the new turn in which an old one begins."""
        return (turn - 1) * self._old // self._new + 1

    def actor(self, actor: Actor) -> Actor:
        memory = actor.memory.value
        lasting = _openings(self._old, memory) / _openings(self._new, memory)
        changes: dict[str, object] = {
            "excitation": _scaled(actor.excitation, lasting),
            "stocks": {name: self._stock(stock) for name, stock in actor.stocks.items()},
            "actions": tuple(self._action(action) for action in actor.actions),
        }
        return actor.model_copy(update=changes)

    def event(self, event: Event) -> Event:
        changes: dict[str, object] = {
            "window": self.span(event.window),
            "effects": self._effects(event.effects),
        }
        if event.turn is not None:
            changes["turn"] = self.turn(event.turn)
        return event.model_copy(update=changes)

    def card(self, card: Inject) -> Inject:
        return card.model_copy(update={"turn": self.turn(card.turn)})

    def _stock(self, stock: Stock) -> Stock:
        return stock.model_copy(update={"change": _scaled(stock.change, self._new / self._old)})

    def _action(self, action: Action) -> Action:
        changes: dict[str, object] = {"effects": self._effects(action.effects)}
        if action.cooldown:
            changes["cooldown"] = self.span(action.cooldown)
        return action.model_copy(update=changes)

    def _effects(self, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        return tuple(self._effect(effect) for effect in effects)

    def _effect(self, effect: Effect) -> Effect:
        if isinstance(effect, TempoEffect):
            return effect.model_copy(update={"turns": self.span(effect.turns)})
        if isinstance(effect, ExcitationEffect):  # fades once before it is first felt
            memory = self._memory[effect.actor]
            lasting = _openings(self._old, memory) * math.exp(-self._old / 7 / memory)
            lasting /= _openings(self._new, memory) * math.exp(-self._new / 7 / memory)
            return effect.model_copy(update={"amount": _scaled(effect.amount, lasting)})
        return effect


def _openings(days: int, memory: float) -> float:
    """Return how many openings one unit of excitation sets off in turns of a length, all told."""
    weeks = days / 7
    return weeks / -math.expm1(-weeks / memory)


def _scaled(number: Parameter, factor: float) -> Parameter:
    """Return a number and its range times a factor above 0."""
    said = {name: getattr(number, name) for name in ("value", "low", "high")}
    times = {name: value * factor for name, value in said.items() if value is not None}
    return number.model_copy(update=times)
