"""Clustering: whether incidents come in waves, week by week."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record.patterns.ratios import Floats, ratio

Whole = NDArray[np.integer[Any]]


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
        ``active_within_four_any``: the same of all weeks. nan where there is nothing to count.
    """
    found: dict[str, Floats] = {}
    for name, weeks in (("week", 1), ("quarter", 13), ("year", 52)):
        blocks = weekly.shape[1] // weeks
        if blocks < 2:
            continue
        cut = weekly[:, : blocks * weeks].reshape(len(weekly), blocks, weeks)
        totals = cut.sum(axis=2, dtype=np.int64)
        found[f"dispersion_{name}"] = ratio(totals.var(axis=1), totals.mean(axis=1))
    active = weekly > 0
    before, after = active[:, :-1], active[:, 1:]
    found["weeks_active"] = active.mean(axis=1)
    found["active_after_active"] = ratio((before & after).sum(axis=1), before.sum(axis=1))
    soon = np.zeros(active[:, :-4].shape, np.bool_)
    for lead in range(1, 5):
        soon |= active[:, lead : active.shape[1] - 4 + lead]
    now = active[:, :-4]
    found["active_within_four"] = ratio((now & soon).sum(axis=1), now.sum(axis=1))
    found["active_within_four_any"] = soon.mean(axis=1)
    return found
