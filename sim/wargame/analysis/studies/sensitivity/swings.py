"""Swings: each number at the ends of its range, the others as they are (a tornado)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wargame.analysis.estimates.paired import rate_difference, share_difference
from wargame.analysis.studies.sensitivity.evaluation import Evaluation
from wargame.findings import Estimate
from wargame.scenario.paths import parameters_of


@dataclass(frozen=True)
class Swing:
    """What one number does to a measure by itself, all others at their best values.

    Attributes
    ----------
    low, high : float
        The ends of its range.
    at_low, at_high : float
        The measure there.
    down, up : Estimate
        From the best value to each end, on common draws.
    """

    low: float
    high: float
    at_low: float
    at_high: float
    down: Estimate
    up: Estimate


def swings_of(
    work: Evaluation, kept: Sequence[str], runs: int
) -> tuple[dict[str, float], dict[str, dict[str, Swing]]]:
    """Move every kept number to each end of its range, by itself."""
    numbers = parameters_of(work.scenario)
    values = {path: np.full(2 * len(kept) + 1, numbers[path].value) for path in kept}
    for at, path in enumerate(kept):
        values[path][1 + 2 * at] = numbers[path].low
        values[path][2 + 2 * at] = numbers[path].high
    found = work.simulate_events(values, runs)
    years = found["years"]
    best: dict[str, float] = {}
    swings: dict[str, dict[str, Swing]] = {}
    for measure in work.measures:
        events = found[measure.name]
        exposure = np.ones_like(years) if measure.is_share else years
        level = events.sum(axis=1) / exposure.sum(axis=1)
        best[measure.name] = float(level[0])
        swings[measure.name] = {}
        for at, path in enumerate(kept):
            ends = (1 + 2 * at, 2 + 2 * at)
            down, up = (
                share_difference(events[0] > 0, events[end] > 0)
                if measure.is_share
                else rate_difference((events[0], events[end]), (years[0], years[end]))
                for end in ends
            )
            swings[measure.name][path] = Swing(
                float(values[path][ends[0]]),
                float(values[path][ends[1]]),
                float(level[ends[0]]),
                float(level[ends[1]]),
                down,
                up,
            )
    return best, swings
