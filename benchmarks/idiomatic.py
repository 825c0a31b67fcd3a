"""The same rules as an idiomatic Mesa model: one world a model, one object an actor.

This is the peer the engine is measured against, not a part of the product. It is
written as a careful Mesa user would write it: a `mesa.Model` per history, a
`mesa.Agent` per actor with plain numbers for its state, and everything that does
not change between histories worked out beforehand (`Rules`). It uses Mesa's own
sequential random numbers where the engine uses keyed draws, so its histories are
other histories of the same distribution; ``tests/benchmarks/test_benchmarks.py`` holds
the two against each other. The rules are those of ``docs/explanation/rules.md``.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from itertools import chain
from typing import Any

import mesa
import numpy as np
from rulebook import Act, Entry, History, Rules, kill

from wargame.scenario.conditions.tree import (
    AllOf,
    AnyOf,
    Asked,
    Comparison,
    Flag,
    Not,
    Tree,
)
from wargame.scenario.schema import Effect, Scenario

COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}

__all__ = ["Country", "Standoff", "histories", "simulate"]


class Country(mesa.Agent):  # type: ignore[misc]
    """An actor in one world."""

    def __init__(self, model: Standoff, code: str) -> None:
        super().__init__(model)
        self.begin(model.rules, code)

    def begin(self, rules: Rules, code: str) -> None:
        """Take up an actor's part at the start of a history."""
        actor = rules.spec.actors[code]
        self.code, self.rules, self.actor = code, rules, actor
        self.tempo, self.season = actor.tempo.value, rules.season[code]
        self.fading, self.commitments = rules.fading[code], rules.commitments[code]
        self.weeks, self.easing = rules.weeks, rules.easing
        self.excitation = 0.0
        self.felt = {other: 0.0 for other in rules.codes if other != code}
        self.stocks = {name: stock.start.value for name, stock in actor.stocks.items()}
        self.stock_changes = rules.stock_changes[code]
        self.hurried: dict[Any, tuple[float, int]] = {}  # source of it -> factor, last turn
        self.back: dict[Entry, int] = {}  # first turn it is on offer again
        self.used: dict[Entry, int] = {}

    def initiate(self, forced: str | None) -> Act | None:
        """Open this turn, or not (link 0)."""
        model, turn = self.model, self.model.turn
        if forced is not None:
            entry = next(e for e in self.rules.menus[self.code] if e.action.id == forced)
            return self.carry_out(entry, 0)
        pace = self.tempo * self.season[turn]
        if self.hurried:
            for factor, last in self.hurried.values():
                if last >= turn:
                    pace *= factor
        if model.agreements:
            for pair, last in model.agreements.items():
                if last >= turn and self.code in pair:
                    pace *= self.rules.world.agreement.tempo_factor.value
        if self.code in model.crisis_parties:
            pace *= self.rules.world.crisis.tempo_factor.value
        hazard = (pace + self.excitation) * self.weeks
        if model.random.random() >= -math.expm1(-hazard):
            return None
        entries = [e for e in self.rules.openings[self.code] if e.free or self.may(e)]
        if not entries:
            return None
        strain = max(self.felt.values())
        entry = self.pick(entries, [e.opening + e.slope * strain for e in entries])
        return self.carry_out(entry, 0)

    def react(self, acts: list[Act], link: int) -> Act | None:
        """Answer one of the acts of the link before, or none."""
        draw, rules = self.model.random, self.rules
        taken, rank, behalf = None, (-9, 0.0, 0.0), None
        for act in (act for act in acts if act.actor != self.code):
            weight, ally = (1.0 if self.code in act.entry.targets else 0.0), None
            if not weight:
                for target in act.entry.targets:
                    if self.commitments.get(target, 0.0) > weight:
                        weight, ally = self.commitments[target], target
            if weight and (act.rung, weight) >= rank[:2]:
                candidate = (act.rung, weight, draw.random())
                if candidate > rank:
                    taken, rank, behalf = act, candidate, ally
        if taken is None:
            return None
        seen = draw.gauss(taken.rung, self.actor.misperception.value)
        chance = rules.reply_chance(round(seen)) * rank[1]
        if link > 1:
            chance *= rules.world.chain.damping.value
        if draw.random() >= chance:
            return None
        entries = [e for e in rules.answers[self.code][taken.actor] if e.free or self.may(e)]
        if not entries:
            return None
        strain, reciprocity = max(self.felt.values()), self.actor.reciprocity.value
        logits = [
            e.answer
            - reciprocity * abs(e.rung - seen)
            - e.fear
            - e.conceding * max(0.0, seen - e.rung)
            + e.slope * strain
            for e in entries
        ]
        return self.carry_out(self.pick(entries, logits), link, taken, seen, behalf)

    def may(self, entry: Entry) -> bool:
        """Tell whether an action is on offer now."""
        turn, action = self.model.turn, entry.action
        spent = self.used.get(entry, 0) >= (action.limit or math.inf)
        if spent or self.back.get(entry, 0) > turn:
            return False
        return action.condition is None or self.holds(action.condition)

    def holds(self, tree: Tree) -> bool:
        """Tell whether a condition holds, of those that the shipped scenarios use."""
        if isinstance(tree, AllOf):
            return all(map(self.holds, tree.parts))
        if isinstance(tree, AnyOf):
            return any(map(self.holds, tree.parts))
        if isinstance(tree, Not):
            return not self.holds(tree.of)
        if isinstance(tree, Flag):
            return self.model.flags[tree.name]
        if isinstance(tree, Comparison):
            return COMPARE[tree.sign](self.measure(tree.left), tree.number)
        pair = set(tree.arguments)
        return any(last >= self.model.turn and pair == both for both, last in self.pacts())

    def pacts(self) -> Iterator[tuple[set[str], int]]:
        """Yield the agreements ever made, each with the last turn of its term."""
        return ((set(pair), last) for pair, last in self.model.agreements.items())

    def measure(self, asked: Asked) -> float:
        """Return the tension or the stock that a condition asks for."""
        if asked.function == "tension":
            return max(self.felt.values())
        return self.stocks[str(asked.arguments[0]).partition(".")[2]]

    def pick(self, entries: list[Entry], logits: list[float]) -> Entry:
        """Choose by softmax."""
        top = max(logits)
        weights = [math.exp(logit - top) for logit in logits]
        chosen: Entry = self.model.random.choices(entries, weights)[0]
        return chosen

    def carry_out(
        self,
        entry: Entry,
        link: int,
        trigger: Act | None = None,
        seen: float = math.nan,
        behalf: str | None = None,
    ) -> Act:
        """Do an action: it may slip, it may kill, it is used up."""
        turn, draw, rung, accidental = self.model.turn, self.model.random, entry.rung, False
        if not entry.free:
            if entry.action.cooldown:
                self.back[entry] = turn + entry.action.cooldown + 1
            self.used[entry] = self.used.get(entry, 0) + 1
        luck = draw.random() if entry.slips else 1.0
        for chance, to in entry.slips:
            if not accidental and luck < chance:
                rung, accidental = to, True
            luck -= chance
        deaths = kill(rung, draw) if rung >= 6 else 0
        j, met = (trigger.actor, trigger.rung) if trigger else (None, 0)
        return Act(turn, link, self.code, entry, rung, accidental, j, met, seen, behalf, deaths)

    def update(self, acts: list[Act]) -> None:
        """Let excitation and tension fade and take in this turn's acts."""
        self.excitation *= self.fading
        easing, felt = self.easing, self.felt
        for other in felt:
            felt[other] *= easing
        for name, change in self.stock_changes:
            self.stocks[name] = min(1.0, max(0.0, self.stocks[name] + change))
        if not acts:
            return
        strongest: dict[str, int] = {}
        gravest = 0
        for act in acts:
            met = self.code in act.entry.targets
            if met or act.actor == self.code:
                gravest = max(gravest, act.rung)
            if met and act.rung > strongest.get(act.actor, 0):
                strongest[act.actor] = act.rung
        if gravest >= 2:
            self.excitation += self.actor.excitation.value * self.rules.severity(gravest)
        gain = self.rules.world.tension.gain.value
        for other, rung in strongest.items():
            felt[other] = min(1.0, felt[other] + gain * rung / 9)


class Standoff(mesa.Model):  # type: ignore[misc]
    """One world: one history of a scenario.

    Parameters
    ----------
    rules : Rules
        Of the scenario.
    rng : int
        Seed of this history.
    """

    def __init__(self, rules: Rules, rng: int) -> None:
        super().__init__(rng=rng)
        self.begin(rules)
        self.countries = {code: Country(self, code) for code in rules.codes}

    def begin(self, rules: Rules) -> None:
        """Set the world to the start of a history."""
        self.rules = rules
        self.turn = 0
        self.flags = dict(rules.spec.flags)
        self.agreements: dict[frozenset[str], int] = {}  # pair -> last turn in force
        self.crisis_parties: set[str] = set()  # empty when no crisis is open
        self.renewed = 0
        self.history = History()

    def step(self) -> None:
        """Play a turn."""
        self.turn += 1
        countries = self.countries.values()
        forced = self.inject() if self.turn in self.rules.calendar else {}
        acts = [a for c in countries if (a := c.initiate(forced.get(c.code))) is not None]
        links = []
        while acts:
            links.append(acts)
            if len(links) > self.rules.world.chain.longest:
                break
            acts = [a for c in countries if (a := c.react(acts, len(links))) is not None]
        done = list(chain.from_iterable(links))
        if done:
            self.settle(links, done)
        elif self.crisis_parties:
            self.follow_crisis([], [])
        for country in countries:
            country.update(done)
        self.history.turns = self.turn
        if self.turn == self.rules.spec.turns:
            self.running = False

    def inject(self) -> dict[str, str]:
        """Apply this turn's events; return actor -> action forced on it."""
        forced = {}
        for event in self.rules.calendar[self.turn]:
            for number, effect in enumerate(event.effects):
                self.apply(effect, (event.id, number), self.turn)
            if event.act is not None:
                forced[event.act.actor] = event.act.action
        return forced

    def apply(self, effect: Effect, source: Any, start: int) -> None:
        """Let an effect change the world; a tempo holds from turn `start` on."""
        if effect.kind == "flag":
            self.flags[effect.flag] = effect.value
        elif effect.kind == "tension":
            one, two = effect.between
            for felt, other in ((self.countries[one].felt, two), (self.countries[two].felt, one)):
                felt[other] = min(1.0, max(0.0, felt[other] + effect.amount.value))
        else:
            country = self.countries[effect.actor]
            if effect.kind == "tempo":
                last = max(start + effect.turns - 1, country.hurried.get(source, (1.0, 0))[1])
                country.hurried[source] = (effect.factor.value, last)
            elif effect.kind == "excitation":
                country.excitation = max(0.0, country.excitation + effect.amount.value)
            else:
                left = country.stocks[effect.stock] + effect.amount.value
                country.stocks[effect.stock] = min(1.0, max(0.0, left))

    def settle(self, links: list[list[Act]], acts: list[Act]) -> None:
        """Draw the consequences of the turn and count them."""
        history, world = self.history, self.rules.world
        peak = max(0, *(act.rung for act in acts))
        if peak == 7 and self.random.random() < world.war_from_strikes.value:
            peak = 8
        for pair in [p for p, last in self.agreements.items() if last >= self.turn]:
            if any(
                act.rung >= world.agreement.broken_by
                and act.actor in pair
                and not pair.isdisjoint(act.entry.targets)
                for act in acts
            ):
                del self.agreements[pair]
                history.broken += 1
        made = [
            frozenset((act.actor, act.provoker))
            for act in acts
            if act.trigger == -2 and act.rung <= -1 and act.behalf is None and act.provoker
        ]
        for pair in made:
            self.agreements[pair] = self.turn + world.agreement.turns
            for code in pair:
                self.countries[code].excitation = 0.0
        history.agreements += len(made)
        self.follow_crisis(acts, made)
        for act in acts:
            for number, effect in enumerate(act.entry.action.effects):
                self.apply(effect, (act.entry, number), self.turn + 1)
        history.add(self.turn, links, peak, self.rules.sides)
        if peak >= 8:
            self.running = False

    def follow_crisis(self, acts: list[Act], made: list[frozenset[str]]) -> None:
        """Open, widen, renew or end the crisis."""
        crisis, parties = self.rules.world.crisis, self.crisis_parties
        grave = [act for act in acts if act.rung >= crisis.opens_at]
        if not parties:
            if not grave:
                return
            self.history.crises += 1
        elif any(pair <= parties for pair in made):
            self.history.crisis_turns += 1
            self.crisis_parties = set()
            return
        self.history.crisis_turns += 1
        for act in grave:
            parties.update((act.actor, *act.entry.targets))
        if grave or any(
            act.rung >= crisis.sustained_by
            and act.actor in parties
            and not parties.isdisjoint(act.entry.targets)
            for act in acts
        ):
            self.renewed = self.turn
        elif self.turn >= self.renewed + crisis.quiet_turns:
            self.crisis_parties = set()


def simulate(rules: Rules, seed: int) -> History:
    """Play one history.

    Parameters
    ----------
    rules : Rules
        Of the scenario.
    seed : int
        Of this history alone.
    """
    model = Standoff(rules, rng=seed)
    model.run_model()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.3 keeps every model there
    return model.history


def histories(scenario: Scenario, replications: int, seed: int) -> Iterator[History]:
    """Play many histories, one after the other.

    Parameters
    ----------
    scenario : Scenario
        What to play.
    replications : int
        How many.
    seed : int
        Of them all.
    """
    rules = Rules(scenario)
    for number in np.random.SeedSequence(seed).generate_state(replications, np.uint64).tolist():
        yield simulate(rules, number)
