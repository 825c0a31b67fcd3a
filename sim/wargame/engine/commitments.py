"""Commitments: how far an act provokes an actor it is not aimed at, and for whom it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wargame.engine.menus import stack

Floats = NDArray[np.float64]


def weigh(
    promises: Sequence[Mapping[int, Floats]], targets: Sequence[NDArray[np.bool_]]
) -> tuple[list[list[Floats]], list[list[NDArray[np.int8]]]]:
    """Weigh every action as a provocation of every actor.

    Parameters
    ----------
    promises : sequence of mapping
        For each actor: ally -> its commitment to it, 0..1, shape (1,) or (replication,).
    targets : sequence of ndarray of bool, shape (action, actor)
        For each actor: at whom the actions of its menu are aimed.

    Returns
    -------
    weights : list of list of ndarray, [actor][provoker], shape (action, 1 or replication)
        1 for a target, else the largest commitment to a target, else 0.
    behalf : the same, of int8
        The ally answered for, -1 when the actor is itself a target or nobody's.
        Where drawn commitments differ between replications, the ally may differ too.
    """
    weights: list[list[Floats]] = []
    behalf: list[list[NDArray[np.int8]]] = []
    for own, promised in enumerate(promises):
        weights.append([])
        behalf.append([])
        for menu in targets:
            rows = [_provocation(own, aimed_at, promised) for aimed_at in menu]
            weights[-1].append(stack([weight for weight, _ in rows]))
            behalf[-1].append(stack([ally for _, ally in rows]))
    return weights, behalf


def _provocation(
    own: int, targets: NDArray[np.bool_], promised: Mapping[int, Floats]
) -> tuple[Floats, NDArray[np.int8]]:
    if targets[own]:
        return np.ones(1), np.array([-1], np.int8)
    allies = [ally for ally in np.flatnonzero(targets).tolist() if ally in promised]
    if not allies:
        return np.zeros(1), np.array([-1], np.int8)
    commitments = stack([promised[ally] for ally in allies])
    best = commitments.argmax(axis=0)
    return commitments.max(axis=0), np.array(allies, np.int8)[best]
