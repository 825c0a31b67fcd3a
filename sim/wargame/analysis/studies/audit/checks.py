"""The verdicts of an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wargame.analysis.studies.audit.branching import branching_number
from wargame.analysis.studies.audit.liveness import Judged
from wargame.analysis.studies.audit.reachability import Reached
from wargame.engine.results import Results
from wargame.scenario.ladder import LOWEST_RUNG
from wargame.scenario.laws.balance import BALANCE_RULES, HIGH_RUNG
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario
from wargame.scenario.text.places import spell


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    verdict : str
        "ok", "note" (worth knowing) or "fail".
    found : str
        What was seen.
    """

    name: str
    verdict: str
    found: str


def check_reach(reached: tuple[Reached, ...], runs: int) -> Check:
    """Judge whether every action comes about."""
    name = "every action comes about"
    never = [item for item in reached if not item.share.count]
    impossible = [f"{item.actor} {item.action}: {item.why}" for item in never if not item.possible]
    if impossible:
        return Check(name, "fail", "never possible: " + "; ".join(impossible))
    if never:
        names = ", ".join(f"{item.actor} {item.action}" for item in never)
        return Check(name, "note", f"fewer than 3 in {runs:,} histories, though possible: {names}")
    least = min(reached, key=lambda item: item.share.count)
    rarest = f"{least.actor} {least.action}, in {least.share.count:,} of {runs:,} histories"
    return Check(name, "ok", f"all {len(reached)}; the rarest is {rarest}")


def check_numbers(numbers: tuple[Judged, ...]) -> Check:
    """Judge whether every number that is stated does something."""
    name = "every number stated moves something"
    tally = Counter(item.verdict for item in numbers)
    dead = [item.live.path for item in numbers if item.verdict == "dead"]
    if dead:
        return Check(name, "fail", f"{len(dead)} of {len(numbers)} do nothing: {', '.join(dead)}")
    text = f"{tally['moves']} of {len(numbers)} beyond noise"
    if tally["seldom"]:
        text += f", {tally['seldom']} in so few histories that noise hides it"
    if tally["off"]:
        text += f", {tally['off']} switched off by another value"
    return Check(name, "ok" if tally["moves"] == len(numbers) else "note", text)


def check_menus(results: Results) -> list[Check]:
    """Judge whether menus, and what was done, lie low on the ladder."""
    scenario, name = results.scenario, "menus leave room below"
    high = sorted(
        actor
        for actor, party in scenario.actors.items()
        if 2 * sum(action.rung > HIGH_RUNG for action in party.actions) > len(party.actions)
    )
    said = [
        f"{spell(finding.steps)}: {finding.message}"
        for rule in BALANCE_RULES
        for finding in rule(scenario)
    ]
    menus = Check(name, "note" if said else "ok", "; ".join(said) or "no remarks")
    if high:
        found = f"most of the menu lies above rung {HIGH_RUNG}: {', '.join(high)}"
        menus = Check(name, "fail", found)
    done = results.activity.sum(axis=0)
    above = done[:, HIGH_RUNG + 1 - LOWEST_RUNG :].sum(axis=1) / np.maximum(done.sum(axis=1), 1)
    parts = ", ".join(
        f"{actor} {100 * share:.1f}%" for actor, share in zip(results.actors, above, strict=True)
    )
    verdict = "fail" if above.max() > 0.5 else "ok"
    found = f"of each actor's acts above it: {parts}"
    return [menus, Check(f"acts stay mostly at rung {HIGH_RUNG} or below", verdict, found)]


def check_branching(scenario: Scenario) -> list[Check]:
    """Judge whether acts set off ever more acts."""
    actors = scenario.actors.values()

    def number_at(end: Callable[[Parameter], float]) -> float:
        excitation = np.array([end(actor.excitation) for actor in actors])
        memory = np.array([end(actor.memory) for actor in actors])
        return branching_number(excitation, memory, scenario.turn_days)

    best = number_at(lambda number: number.value)
    most = number_at(lambda number: number.high or number.value)
    return [
        Check(
            "one act sets off less than one other (branching number below 1)",
            "ok" if best < 1 else "fail",
            f"{best:.2f}, an upper bound for acts below the use of force",
        ),
        Check(
            "the same with every range at its highest",
            "ok" if most < 1 else "note",
            f"{most:.2f}" + ("" if most < 1 else ": that corner of the ranges may run away"),
        ),
    ]
