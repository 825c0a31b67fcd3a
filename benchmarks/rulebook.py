"""What the histories of the idiomatic peer share and what each leaves behind.

`Rules` holds whatever does not change between histories, worked out once, as a
careful Mesa user would: menus in order with the fixed part of their logits, answers by
provoker, the calendar by turn, decays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from operator import attrgetter
from random import Random

from wargame.scenario.schema import Action, Actor, Event, Scenario

__all__ = ["Act", "Entry", "History", "Rules", "kill"]


DEADLY = {6: (1, 99), 7: (100, 999)}
"""Rung -> least and most people killed by an act there."""
WAR_DEAD = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An action with the fixed part of its logits worked out."""

    action: Action
    rung: int
    targets: tuple[str, ...]
    opening: float  # -inf: never opens with it
    answer: float  # -inf: never an answer
    conceding: float
    fear: float
    slope: float
    slips: tuple[tuple[float, int], ...]
    free: bool


@dataclass(frozen=True, slots=True)
class Act:
    """An action done in a turn: a row of the act log."""

    turn: int
    link: int
    actor: str
    entry: Entry
    rung: int
    accidental: bool
    provoker: str | None
    trigger: int
    perceived: float
    behalf: str | None
    deaths: int


@dataclass(slots=True)
class History:
    """What one replication gave; the names are those of the engine's table."""

    peak: int = 0
    turns: int = 0
    first: dict[int, int] = field(default_factory=dict)
    crosser: dict[int, str] = field(default_factory=dict)
    turns_at_5: int = 0
    lethal_turns: int = 0
    incidents: int = 0
    deaths: int = 0
    crises: int = 0
    crisis_turns: int = 0
    agreements: int = 0
    broken: int = 0
    accidental: int = 0
    joined: int = 0
    acts: list[Act] = field(default_factory=list)

    def add(self, turn: int, links: list[list[Act]], peak: int, sides: dict[str, str]) -> None:
        """Count a turn in which something was done.

        Parameters
        ----------
        turn : int
            1 is the first.
        links : list of list of Act
            By link, the opening acts first.
        peak : int
            Of the turn, after strikes may have become war.
        sides : dict of str to str
            Actor -> its side.
        """
        acts = [act for link in links for act in link]
        self.acts += acts
        self.peak = max(self.peak, peak)
        self.turns_at_5 += peak >= 5
        self.lethal_turns += peak >= 6
        for level in (4, 5, 6):
            if peak >= level and level not in self.first:
                self.first[level] = turn
                who = next(w for w in ([a for a in link if a.rung >= level] for link in links) if w)
                self.crosser[level] = who[0].actor if len(who) == 1 else "several"
        dead = WAR_DEAD if peak >= 8 else sum(act.deaths for act in acts)
        self.deaths = min(WAR_DEAD, self.deaths + dead)
        self.accidental += sum(act.accidental for act in acts)
        self.joined += sum(act.behalf is not None for act in acts)
        for link in links:
            incidents = {
                sides[act.actor]
                for act in link
                if 2 <= act.rung <= 8
                and any(sides[target] != sides[act.actor] for target in act.entry.targets)
            }
            self.incidents += len(incidents)


def kill(rung: int, draw: Random) -> int:
    """Draw how many an act at rung 6 or above kills."""
    if rung not in DEADLY:
        return WAR_DEAD
    low, high = DEADLY[rung]
    return int(low * ((high + 1) / low) ** draw.random())


def _entry(actor: Actor, action: Action, firebreak: int) -> Entry:
    served = sum(
        actor.goals[goal].value * gain.value
        for goal, gain in action.gains.items()
        if goal in actor.goals
    )
    served -= action.cost.value
    return Entry(
        action=action,
        rung=action.rung,
        targets=tuple(sorted(action.targets)),
        opening=action.initiative.value + served if action.initiative else -math.inf,
        answer=action.reply.value + served if action.reply else -math.inf,
        conceding=actor.audience_cost.value * action.public.value,
        fear=actor.restraint.value * max(0, action.rung - firebreak),
        slope=actor.spiral.value * (action.rung - 3) / 6,
        slips=tuple((slip.chance.value, slip.to) for slip in action.slip),
        free=not action.cooldown and action.limit is None and action.condition is None,
    )


class Rules:
    """What all histories of a scenario share: menus, calendar, decays.

    Parameters
    ----------
    scenario : Scenario
        Its numbers are taken at their values, without parameter uncertainty.
    """

    def severity(self, rung: int) -> float:
        """Return how much more a turn excites than one whose gravest act is at rung 2 to 4."""
        grave = self.world.severity
        if rung >= 7:
            return grave.strikes.value
        return {5: grave.force.value, 6: grave.lethal.value}.get(rung, 1.0)

    def __init__(self, scenario: Scenario) -> None:
        self.spec = scenario
        self.world = world = scenario.world
        self.weeks = scenario.turn_days / 7
        self.codes = sorted(scenario.actors)
        actors = scenario.actors
        self.sides = {code: actors[code].side or code for code in self.codes}
        self.menus = {
            code: tuple(
                _entry(actors[code], action, world.firebreak)
                for action in sorted(actors[code].actions, key=attrgetter("rung", "id"))
            )
            for code in self.codes
        }
        self.openings = {
            code: [entry for entry in menu if entry.opening > -math.inf]
            for code, menu in self.menus.items()
        }
        self.answers = {
            code: {
                other: [e for e in menu if e.answer > -math.inf and other in e.targets]
                for other in self.codes
            }
            for code, menu in self.menus.items()
        }
        self.commitments = {
            code: {ally: share.value for ally, share in actors[code].commitments.items()}
            for code in self.codes
        }
        self.stock_changes = {
            code: [
                (name, stock.change.value)
                for name, stock in actors[code].stocks.items()
                if stock.change.value
            ]
            for code in self.codes
        }
        self.fading = {
            code: math.exp(-self.weeks / actors[code].memory.value) for code in self.codes
        }
        self.easing = world.tension.decay.value**self.weeks
        self.season = {code: [1.0] * (scenario.turns + 1) for code in self.codes}
        self.calendar: dict[int, list[Event]] = {}
        for event in scenario.calendar:
            start = scenario.turn_of(event)
            self.calendar.setdefault(start, []).append(event)
            for code in event.actors:
                for turn in range(start, min(start + event.window, scenario.turns + 1)):
                    self.season[code][turn] *= event.tempo_factor.value

    def reply_chance(self, perceived: int) -> float:
        """Return the chance of answering an act read as being at this rung."""
        reply = self.world.reply
        if perceived < 0:
            return reply.conciliatory.value
        if perceived < 4:
            return reply.low.value
        return reply.encroachment.value if perceived == 4 else reply.force.value
