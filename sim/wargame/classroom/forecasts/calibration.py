"""Calibration of a class: chances that were given, and how often it then was so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wargame.classroom.forecasts.marks import Scored
from wargame.findings import Z95


@dataclass(frozen=True)
class Bin:
    """Stated chances that lie close together, and how often such things came.

    Attributes
    ----------
    number : int
        Chances stated, by all students for all outcomes.
    stated : float
        Their mean.
    came, low, high : float
        Mean share of histories in which what they spoke of came, with its 95% interval over
        histories (low and high are the same for one history alone).
    """

    number: int
    stated: float
    came: float
    low: float
    high: float


def calibrate(scored: Scored) -> tuple[Bin, ...]:
    """Sort all stated chances into tenths and hold each against what came.

    Returns
    -------
    tuple of Bin
        Rising; those near 0 and near 100% are half as wide. A class that is well calibrated has
        `stated` near `came` in each.
    """
    stated = np.array([mark.chances for mark in scored.students])
    tenths = np.rint(10 * stated)
    total = scored.results.replications if scored.number is None else 1
    bins = []
    for tenth in np.unique(tenths):
        here = tenths == tenth
        number = int(here.sum())
        weights = here.sum(axis=0) / number  # how often a history of each outcome makes it true
        came = float(weights @ scored.shares)
        spread = float(np.sqrt(max(0.0, float(weights**2 @ scored.shares) - came**2) / total))
        half = Z95 * spread if total > 1 else 0.0
        mean = float(stated[here].mean())
        bins.append(Bin(number, mean, came, max(0.0, came - half), min(1.0, came + half)))
    return tuple(bins)
