"""Histories read on a scale of severity: how far each goes, and how often a level is reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.paired import count_difference
from wargame.analysis.studies.scales import Scale
from wargame.engine.results import Results
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG


@dataclass(frozen=True)
class Reading:
    """Two variants compared on one scale by the worst act of each pair of histories.

    Attributes
    ----------
    worse, milder, equal : Estimate
        Of the pairs, those in which the second variant's history is worse, milder, equally bad.
    net : Estimate
        Share worse minus share milder.
    """

    scale: Scale
    worse: Estimate
    milder: Estimate
    equal: Estimate
    net: Estimate

    @property
    def verdict(self) -> str:
        """Say "riskier", "less risky" or "no clear difference" (0 inside the interval)."""
        return {"higher": "riskier", "lower": "less risky"}.get(
            self.net.verdict, "no clear difference"
        )


def worst(results: Results, scale: Scale) -> NDArray[np.float64]:
    """Return the worst value a history reached on a scale.

    Returns
    -------
    ndarray of float64, shape (replication,)
        Of the replications whose acts were kept; at least the value of rung 0. Every act counts,
        not only the one at the peak rung: a scale may order acts differently.
    """
    kept, log = results.acts_kept, results.acts
    values = np.asarray(scale.values)
    found: NDArray[np.float64] = np.maximum(
        values[results.table["peak"][:kept] - LOWEST_RUNG], scale.of(0)
    )
    mask = log["replication"] - results.first < kept
    at = log["replication"][mask] - results.first
    np.maximum.at(found, at, values[log["realised"][mask] - LOWEST_RUNG])
    return found


def compare_on(scale: Scale, first: Results, second: Results) -> Reading:
    """Compare two ensembles on common draws by the worst act of each pair of histories.

    Returns
    -------
    Reading
        Of the replications whose acts both kept. Only the order on the scale is used.
    """
    total = min(first.acts_kept, second.acts_kept)
    one, two = worst(first, scale)[:total], worst(second, scale)[:total]
    worse, milder = int((two > one).sum()), int((two < one).sum())
    return Reading(
        scale,
        share_of(worse, total),
        share_of(milder, total),
        share_of(total - worse - milder, total),
        count_difference(worse, milder, total),
    )


def exceedance(results: Results, scale: Scale) -> dict[float, Estimate]:
    """Return value -> share of histories whose worst act is at or above it.

    Returns
    -------
    dict of float to Estimate
        For each value the scale gives to a rung from 1 up, rising.
    """
    found = worst(results, scale)
    steps = sorted({scale.of(rung) for rung in range(1, HIGHEST_RUNG + 1)})
    return {step: share_of(int((found >= step).sum()), len(found)) for step in steps}
