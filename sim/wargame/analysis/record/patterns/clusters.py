"""Clustering: whether incidents come in waves, week by week."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record.patterns.ratios import Floats, ratio

Whole = NDArray[np.integer[Any]]

_BLOCKS = {"dispersion_week": 1, "dispersion_quarter": 13, "dispersion_year": 52}
_AFTER = 4
LEAST_WEEKS = {name: 2 * weeks for name, weeks in _BLOCKS.items()} | {
    "active_after_active": 2,
    "active_within_four": 1 + _AFTER,
    "active_within_four_any": 1 + _AFTER,
}
"""Number -> weeks a history must have for it, where one is too few."""


def clustering(weekly: Whole) -> dict[str, Floats]:
    """Return how unevenly incidents fall over time (pattern P6).

    Parameters
    ----------
    weekly : ndarray of int, shape (history, week)
        Incidents a week.

    Returns
    -------
    dict of str to ndarray, shape (history,)
        ``dispersion_week``, ``_quarter``, ``_year``: variance over mean of counts in blocks of
        1, 13 and 52 weeks, 1 if independent; ``weeks_active``: share of weeks with an incident;
        ``active_after_active``: the same of weeks right after an active one;
        ``active_within_four``: share of active weeks with another in the four weeks after, and
        ``active_within_four_any``: the same of all weeks. nan where there is nothing to count,
        as in histories shorter than `LEAST_WEEKS`.
    """
    histories, length = weekly.shape
    found = {name: np.full(histories, np.nan) for name in LEAST_WEEKS}
    for name, weeks in _BLOCKS.items():
        blocks = length // weeks
        if length < LEAST_WEEKS[name]:
            continue
        cut = weekly[:, : blocks * weeks].reshape(histories, blocks, weeks)
        totals = cut.sum(axis=2, dtype=np.int64)
        found[name] = ratio(totals.var(axis=1), totals.mean(axis=1))
    active = weekly > 0
    before, after = active[:, :-1], active[:, 1:]
    found["weeks_active"] = active.mean(axis=1)
    found["active_after_active"] = ratio((before & after).sum(axis=1), before.sum(axis=1))
    if length < LEAST_WEEKS["active_within_four"]:
        return found
    now = active[:, :-_AFTER]
    soon = np.zeros(now.shape, np.bool_)
    for lead in range(1, 1 + _AFTER):
        soon |= active[:, lead : length - _AFTER + lead]
    found["active_within_four"] = ratio((now & soon).sum(axis=1), now.sum(axis=1))
    found["active_within_four_any"] = soon.mean(axis=1)
    return found
