"""Evidence: what simulated histories of a period left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record import patterns
from wargame.analysis.record.contagion import fit_contagion, place_days
from wargame.analysis.record.incidents import incidents_of, weekly_counts, weekly_peaks
from wargame.analysis.record.skill import Simulated
from wargame.engine import ensemble
from wargame.scenario.ladder import WAR
from wargame.scenario.schema import Scenario

FITTED = 200
"""Histories to which the self-exciting process is fitted."""


_AT_ONCE = 4000


Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """What simulated histories left.

    Attributes
    ----------
    summaries : dict of str to ndarray, shape (history,)
        See `patterns.summaries`; ``branching`` has only the first `FITTED` histories.
    simulated : Simulated
        What forecasts are read from.
    """

    summaries: dict[str, Floats]
    simulated: Simulated


def gather(scenario: Scenario, runs: int, seed: int) -> Evidence:
    """Simulate a history scenario and measure every history."""
    parts, counts, peaks = [], [], []
    for first in range(0, runs, _AT_ONCE):
        count = min(_AT_ONCE, runs - first)
        results = ensemble.run(scenario, count, seed, first=first)
        incidents = incidents_of(results)
        parts.append(patterns.summaries(results, seed))
        counts.append(weekly_counts(incidents).sum(axis=(2, 3)))
        weekly = np.maximum(weekly_peaks(incidents), _wars(results.turn_peak))
        peaks.append(weekly)
    summaries = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    weekly = np.concatenate(counts)
    days = place_days(weekly[:FITTED], seed)
    summaries["branching"] = fit_contagion(days, 7.0 * weekly.shape[1]).branching
    return Evidence(summaries, Simulated(weekly, np.concatenate(peaks)))


def _wars(turn_peak: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return weekly peaks where strikes became war: no act says so."""
    return np.where(turn_peak >= WAR, turn_peak, 0).T.astype(np.int8)
