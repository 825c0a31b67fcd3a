"""Outputs: what of a history may move, and which way it moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import REPLICATION_COLUMNS, Results
from wargame.scenario.ladder import SEVERE
from wargame.scenario.schema import Scenario, menu_order

_COUNTED = tuple(
    name
    for name in REPLICATION_COLUMNS
    if name != "peak" and not name.startswith(("crosser_", "first_"))
)


def column_names(scenario: Scenario) -> tuple[str, ...]:
    """Return what may move, in the order of the columns compared."""
    actions = (
        f"{actor} does {action.id}"
        for actor in scenario.actor_ids
        for action in menu_order(scenario.actors[actor].actions)
    )
    return (*(f"reaches rung {peak}" for peak in SEVERE), *_COUNTED, *actions)


def columns_of(results: Results) -> NDArray[np.int32]:
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


def signs_of(
    results: Results, size: int, base: NDArray[np.int32]
) -> dict[str, NDArray[np.generic]]:
    """Return in how many replications each column is higher and lower, shape (point, column)."""
    gap = columns_of(results).reshape(-1, size, base.shape[1]) - base
    return {"higher": (gap > 0).sum(axis=1), "lower": (gap < 0).sum(axis=1)}
