"""Whether the numbers of a scenario do anything: each is moved by itself, on common draws.

A number is first moved to the ends of its declared range, or by a tenth either way; if nothing
moves beyond noise, to its lawful bounds; if still nothing does, the same with ten times as many
histories. What may move: how far histories go, what is counted in
them, and how often each action is done. Paired replications are compared by the sign test,
corrected for all measures and all numbers looked at.

References
----------
Dixon, W. J. and Mood, A. M. (1946), JASA 41(236), 557-566 (the sign test).
Holm, S. (1979), Scandinavian Journal of Statistics 6(2), 65-70.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.points import simulate
from wargame.engine import ensemble
from wargame.engine.results import REPLICATION_COLUMNS, Results
from wargame.scenario.ladder import SEVERE
from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.paths import lawful_bounds, parameters_of
from wargame.scenario.schema import Scenario, menu_order

LEVEL = 0.05
"""Chance of calling any idle number alive, over all numbers and all attempts."""
_MORE = 10
_TENTH = 0.1
_COUNTED = tuple(
    name
    for name in REPLICATION_COLUMNS
    if name != "peak" and not name.startswith(("crosser_", "first_"))
)

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Live:
    """What became of one number.

    A number that changes no history at all has ``differ`` 0.

    Attributes
    ----------
    value : float
        In the scenario.
    low, high : float
        Where it was moved to, the last time.
    to : str
        "range", "tenth" or "bounds": the last attempt.
    runs : int
        Histories at each end, in the last attempt.
    moves : bool
        Whether something moved beyond noise.
    what : str
        The measure that moved most.
    differ : float
        The largest share of histories, over both ends, in which that measure differs.
    chance : float
        Corrected chance of so one-sided a change if the number were idle, 0..1.
    """

    path: str
    value: float
    low: float
    high: float
    to: str
    runs: int
    moves: bool
    what: str
    differ: float
    chance: float


def column_names(scenario: Scenario) -> tuple[str, ...]:
    """Return what may move, in the order of the columns compared."""
    actions = (
        f"{actor} does {action.id}"
        for actor in scenario.actor_ids
        for action in menu_order(scenario.actors[actor].actions)
    )
    return (*(f"reaches rung {peak}" for peak in SEVERE), *_COUNTED, *actions)


def _columns(results: Results) -> NDArray[np.int32]:
    """Return what is counted in each replication, shape (replication, column)."""
    sizes = [len(results.menus[actor]) for actor in results.actors]
    starts = np.cumsum([0, *sizes])
    log = results.acts
    action = starts[log["actor"]] + log["action"]
    row = log["replication"].astype(np.int64) - results.first
    done = np.bincount(
        row * starts[-1] + action, minlength=results.replications * int(starts[-1])
    ).reshape(results.replications, -1)
    peaks = results.table["peak"][:, None] >= np.array(SEVERE)
    counted = np.stack([results.table[name] for name in _COUNTED], axis=1)
    return np.concatenate([peaks, counted, done], axis=1).astype(np.int32)


def _signs(results: Results, size: int, base: NDArray[np.int32]) -> dict[str, NDArray[np.generic]]:
    """Return in how many replications each column is higher and lower, shape (point, column)."""
    gap = _columns(results).reshape(-1, size, base.shape[1]) - base
    return {"higher": (gap > 0).sum(axis=1), "lower": (gap < 0).sum(axis=1)}


def sign_test(higher: Counts, lower: Counts) -> Floats:
    """Return the two-sided chance of so uneven a split between higher and lower.

    Parameters
    ----------
    higher, lower : ndarray of int, same shape
        Pairs that differ, by the sign of the difference.

    Returns
    -------
    ndarray, same shape
        0..1; 1 where no pair differs.
    """
    from scipy.special import bdtr  # scipy is heavy to import

    fewer, differ = np.minimum(higher, lower), higher + lower
    chance = 2.0 * bdtr(fewer.astype(np.float64), np.maximum(differ, 1), 0.5)
    return np.where(differ == 0, 1.0, np.minimum(chance, 1.0))


def holm(chances: Floats) -> Floats:
    """Return chances corrected for their number, by Holm's rule.

    Parameters
    ----------
    chances : ndarray, shape (test,)
    """
    order = np.argsort(chances)
    factors = np.arange(len(chances), 0, -1)
    stepped = np.maximum.accumulate(np.minimum(chances[order] * factors, 1.0))
    corrected = np.empty_like(stepped)
    corrected[order] = stepped
    return corrected


def try_numbers(
    scenario: Scenario,
    runs: int = 2000,
    seed: int = 1,
    *,
    jobs: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Live, ...]:
    """Move every number that a scenario states, by itself, and see whether anything follows.

    Parameters
    ----------
    runs : int
        Histories at each end.
    jobs : int
        Worker processes. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications; the total grows with what has to be tried again.

    Returns
    -------
    tuple of Live
        In the order of the schema.
    """
    bounds, numbers = lawful_bounds(scenario), parameters_of(scenario)
    near = {path: _near(numbers[path], limits) for path, limits in bounds.items()}
    attempt = _Attempt(scenario, seed, jobs, on_progress)
    found = attempt.carry_out(
        {path: ends for path, ends in near.items() if ends.low < ends.high}, runs
    )
    for more in (runs, _MORE * runs):
        still = [path for path in bounds if path not in found or not found[path].moves]
        wide = {path: _Ends(bounds[path].lowest, bounds[path].highest, "bounds") for path in still}
        found |= attempt.carry_out(wide, more)
    return tuple(found[path] for path in bounds)


@dataclass(frozen=True)
class _Ends:
    low: float
    high: float
    to: str


def _near(number: Parameter, limits: Between) -> _Ends:
    if number.low is not None and number.high is not None and number.uncertain:
        return _Ends(number.low, number.high, "range")
    step = _TENTH * abs(number.value)
    low, high = number.value - step, number.value + step
    return _Ends(max(low, limits.lowest), min(high, limits.highest), "tenth")


class _Attempt:
    """Moves numbers to their ends, one at a time, and compares with the scenario as it is."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        jobs: int,
        on_progress: Callable[[int, int], None] | None,
    ) -> None:
        self._scenario, self._seed, self._jobs, self._tell = scenario, seed, jobs, on_progress
        self._names = column_names(scenario)
        self._bases: dict[int, NDArray[np.int32]] = {}
        self._before = 0

    def _progress(self, done: int, total: int) -> None:
        if self._tell is not None:
            self._tell(self._before + done, self._before + total)

    def carry_out(self, ends: Mapping[str, _Ends], runs: int) -> dict[str, Live]:
        """Return what became of each number."""
        if not ends:
            return {}
        if runs not in self._bases:
            self._bases[runs] = _columns(ensemble.run(self._scenario, runs, self._seed))
        numbers = parameters_of(self._scenario)
        values = {path: np.full(2 * len(ends), numbers[path].value) for path in ends}
        for at, (path, pair) in enumerate(ends.items()):
            values[path][2 * at : 2 * at + 2] = (pair.low, pair.high)
        signs = simulate(
            self._scenario,
            values,
            runs,
            self._seed,
            partial(_signs, base=self._bases[runs]),
            keep_acts=True,
            jobs=self._jobs,
            on_progress=self._progress,
        )
        self._before += 2 * len(ends) * runs
        higher, lower = (signs[name].astype(np.int64) for name in ("higher", "lower"))
        tests = sign_test(higher, lower).reshape(len(ends), -1)  # (number, both ends x column)
        differ = (higher + lower).reshape(len(ends), -1) / runs
        corrected = holm(np.minimum(tests.min(axis=1) * tests.shape[1], 1.0))
        lives = {}
        for at, (path, pair) in enumerate(ends.items()):
            best = int(tests[at].argmin()) if tests[at].min() < 1 else int(differ[at].argmax())
            lives[path] = Live(
                path,
                numbers[path].value,
                pair.low,
                pair.high,
                pair.to,
                runs,
                bool(corrected[at] <= LEVEL / 3),
                self._names[best % len(self._names)],
                float(differ[at, best]),
                float(corrected[at]),
            )
        return lives
