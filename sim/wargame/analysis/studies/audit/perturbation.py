"""Each number moved by itself, on common draws: what moves with it.

A number is first moved to the ends of its declared range, or by a tenth either way; if nothing
moves beyond noise, to its lawful bounds; if still nothing does, the same with ten times as many
histories. What may move: how far histories go, what is counted in
them, and how often each action is done. Paired replications are compared by the sign test,
corrected for all measures and all numbers looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.designs.points import change_points
from wargame.analysis.designs.simulation import simulate
from wargame.analysis.estimates.paired import holm, sign_test
from wargame.analysis.studies.audit.liveness import Live
from wargame.analysis.studies.audit.outputs import column_names, columns_of, signs_of
from wargame.engine import ensemble
from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.paths import lawful_bounds, parameters_of
from wargame.scenario.schema import Scenario

LEVEL = 0.05
"""Chance of calling any idle number alive, over all numbers and all attempts."""


_MORE = 10


_TENTH = 0.1


Floats = NDArray[np.float64]


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
        Threads. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications; the total grows with what has to be tried again.

    Returns
    -------
    tuple of Live
        In the order of the schema.
    """
    bounds, numbers = lawful_bounds(scenario), parameters_of(scenario)
    found: dict[str, Live] = {}
    told = 0

    def tell(done: int, total: int) -> None:
        if on_progress is not None:
            on_progress(told + done, told + total)

    for to, more in (("near", runs), ("bounds", runs), ("bounds", _MORE * runs)):
        still = [path for path in bounds if path not in found or not found[path].moves]
        ends = {path: _ends(numbers[path], bounds[path], to) for path in still}
        ends = {path: pair for path, pair in ends.items() if pair.low < pair.high}
        if ends:
            found |= _move(scenario, ends, more, seed, jobs, tell)
        told += 2 * len(ends) * more
    return tuple(found[path] for path in bounds)


class _Ends(NamedTuple):
    low: float
    high: float
    to: str


def _ends(number: Parameter, limits: Between, to: str) -> _Ends:
    if to == "bounds":
        return _Ends(limits.lowest, limits.highest, to)
    if number.low is not None and number.high is not None and number.uncertain:
        return _Ends(number.low, number.high, "range")
    step = _TENTH * abs(number.value)
    low, high = number.value - step, number.value + step
    return _Ends(max(low, limits.lowest), min(high, limits.highest), "tenth")


def _move(
    scenario: Scenario,
    ends: Mapping[str, _Ends],
    runs: int,
    seed: int,
    jobs: int,
    tell: Callable[[int, int], None],
) -> dict[str, Live]:
    """Move numbers to their ends, one at a time, and compare with the scenario as it is."""
    names, numbers = column_names(scenario), parameters_of(scenario)
    changes = [{path: end} for path, pair in ends.items() for end in (pair.low, pair.high)]
    signs = simulate(
        scenario,
        change_points({path: number.value for path, number in numbers.items()}, changes),
        runs,
        seed,
        partial(signs_of, base=columns_of(ensemble.run(scenario, runs, seed))),
        keep_acts=True,
        jobs=jobs,
        on_progress=tell,
    )
    higher, lower = (signs[name].astype(np.int64) for name in ("higher", "lower"))
    tests = sign_test(higher, lower).reshape(len(ends), -1)  # (number, both ends x column)
    differ = (higher + lower).reshape(len(ends), -1) / runs
    corrected = holm(np.minimum(tests.min(axis=1) * tests.shape[1], 1.0))
    lives = {}
    for at, (path, pair) in enumerate(ends.items()):
        best = int(tests[at].argmin()) if tests[at].min() < 1 else int(differ[at].argmax())
        lives[path] = Live(
            path=path,
            value=numbers[path].value,
            **pair._asdict(),
            runs=runs,
            moves=bool(corrected[at] <= LEVEL / 3),
            what=names[best % len(names)],
            differ=float(differ[at, best]),
            chance=float(corrected[at]),
        )
    return lives
