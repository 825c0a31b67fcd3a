"""The audit: proves that a scenario is alive, or says what in it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wargame.analysis.studies.audit.checks import (
    Check,
    check_branching,
    check_menus,
    check_numbers,
    check_reach,
)
from wargame.analysis.studies.audit.liveness import Judged, judge
from wargame.analysis.studies.audit.monotonicity import check_directions
from wargame.analysis.studies.audit.perturbation import try_numbers
from wargame.analysis.studies.audit.reachability import Reached, reach
from wargame.engine import ensemble
from wargame.scenario.schema import Scenario


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
    on_progress: Callable[[int, int], None] | None = None,
) -> Audit:
    """Audit a scenario.

    Parameters
    ----------
    runs : int
        Histories at each end of each number.
    reach_runs : int
        Histories in which every action should come about.
    jobs : int
        Threads. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications.
    """
    results = ensemble.run(scenario, reach_runs, seed)
    reached = reach(results, seed)
    never = {(item.actor, item.action) for item in reached if not item.share.count}
    lives = try_numbers(scenario, runs, seed, jobs=jobs, on_progress=on_progress)
    numbers = tuple(judge(scenario, live, never) for live in lives)
    checks = (
        check_reach(reached, reach_runs),
        check_numbers(numbers),
        *check_menus(results),
        *check_branching(scenario),
        *check_directions(scenario, max(runs, 2000), seed, jobs=jobs),
    )
    return Audit(scenario, runs, seed, reached, numbers, checks)
