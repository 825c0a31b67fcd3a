"""The audit: proves that a scenario is alive, or says what in it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wargame.analysis.studies.audit.idleness import why_idle
from wargame.analysis.studies.audit.liveness import Live, try_numbers
from wargame.analysis.studies.audit.monotonicity import Direction, directions
from wargame.analysis.studies.audit.reachability import Reached, reach
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.engine.rules import branching_number
from wargame.scenario.ladder import LOWEST_RUNG
from wargame.scenario.laws.balance import BALANCE_RULES, HIGH_RUNG
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario
from wargame.scenario.text.document import spell

Progress = Callable[[int, int], None]


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


@dataclass(frozen=True)
class Judged:
    """A number, whether it does anything, and if not why.

    Attributes
    ----------
    verdict : str
        "moves"; "seldom" (changes some histories, too few to tell from noise); "off" (another
        value keeps it from mattering); "dead".
    why : str
        What keeps it off; "" otherwise.
    """

    live: Live
    verdict: str
    why: str


@dataclass(frozen=True)
class Audit:
    """All that was found.

    Attributes
    ----------
    reached : tuple of Reached
        Every action.
    numbers : tuple of Judged
        Every number that the scenario states.
    checks : tuple of Check
        The verdicts.
    """

    scenario: Scenario
    runs: int
    seed: int
    reached: tuple[Reached, ...]
    numbers: tuple[Judged, ...]
    directions: tuple[Direction, ...]
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return all(check.verdict != "fail" for check in self.checks)


def audit(
    scenario: Scenario,
    runs: int = 1000,
    seed: int = 1,
    *,
    reach_runs: int = 10_000,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> Audit:
    """Audit a scenario.

    Parameters
    ----------
    runs : int
        Histories at each end of each number.
    reach_runs : int
        Histories in which every action should come about.
    jobs : int
        Worker processes. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications.
    """
    results = ensemble.run(scenario, reach_runs, seed)
    reached = reach(results, seed)
    never = {(item.actor, item.action) for item in reached if not item.share.count}
    lives = try_numbers(scenario, runs, seed, jobs=jobs, on_progress=on_progress)
    numbers = tuple(judge(scenario, live, never) for live in lives)
    shown = directions(scenario, max(runs, 2000), seed, jobs=jobs)
    checks = (
        _check_reach(reached, reach_runs),
        _check_numbers(numbers),
        *_check_menus(results),
        *_check_branching(scenario),
        *(Check(item.name, "ok" if item.holds else "fail", item.found) for item in shown),
    )
    return Audit(scenario, runs, seed, reached, numbers, shown, checks)


def judge(scenario: Scenario, live: Live, never_done: set[tuple[str, str]]) -> Judged:
    """Say of a number that was tried whether it is alive.

    Parameters
    ----------
    never_done : set of (actor, action)
        Actions that did not come about.
    """
    if live.moves:
        return Judged(live, "moves", "")
    why = why_idle(scenario, live.path, never_done)
    if why is not None:
        return Judged(live, "off", why)
    return Judged(live, "seldom" if live.differ > 0 else "dead", "")


def _check_reach(reached: tuple[Reached, ...], runs: int) -> Check:
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


def _check_numbers(numbers: tuple[Judged, ...]) -> Check:
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


def _check_menus(results: Results) -> list[Check]:
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


def _check_branching(scenario: Scenario) -> list[Check]:
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
            f"{best:.2f}, an upper bound",
        ),
        Check(
            "the same with every range at its highest",
            "ok" if most < 1 else "note",
            f"{most:.2f}" + ("" if most < 1 else ": that corner of the ranges may run away"),
        ),
    ]
