"""How an actor picks among the actions on offer: by logit choice, or by a standing order.

Every policy has the same form, so that people at a table, counterfactuals and
scripted opponents use one mechanism. They are listed in `POLICIES`; the contract
they keep is tested in ``tests/engine/test_policies.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.errors import UnknownName

FEW_ROWS = 1_024
"""Below this a running sum in one call beats a call an action (measured); the sums are the same."""

NOTHING = -1
"""Stands for "does nothing" where an action index is expected."""

HOLD, MODEL = "hold", "model"


Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Picks = NDArray[np.intp]

Policy = Callable[[Floats, Truths, NDArray[np.int8], Floats, Floats], Picks]
"""(logits, offered, rungs, perceived, uniforms) -> action per row, -1 for none.

logits, offered: shape (action, row). rungs: (action,). perceived, uniforms: (row,).
Never picks what is not on offer; changes none of its arguments; the same arguments
give the same picks.
"""


def pick_logit(
    logits: Floats, offered: Truths, rungs: NDArray[np.int8], perceived: Floats, uniforms: Floats
) -> Picks:
    """Pick by logit choice: chances in proportion to exp(logit), by inverse cdf in menu order.

    References
    ----------
    McKelvey, R. D. and Palfrey, T. R. (1995), Games and Economic Behavior 10, 6-38.
    """
    masked = np.where(offered, logits, -np.inf)
    top = masked.max(axis=0)
    some = top > -np.inf
    top[~some] = 0.0
    masked -= top
    weights = np.exp(masked, out=masked)
    if weights.shape[1] < FEW_ROWS:
        weights = np.add.accumulate(weights, axis=0)
    else:
        for action in range(1, len(weights)):
            weights[action] += weights[action - 1]
    passed = weights <= uniforms * weights[-1]
    picks: Picks = np.add.reduce(passed, axis=0, dtype=np.uint8).astype(np.intp)
    picks[~some] = NOTHING
    return picks


def _pick_nearest(shift: int) -> Policy:
    def pick(
        logits: Floats,
        offered: Truths,
        rungs: NDArray[np.int8],
        perceived: Floats,
        uniforms: Floats,
    ) -> Picks:
        distance = np.abs(rungs[:, np.newaxis] - (np.rint(perceived) + shift))
        distance = np.where(offered, distance, np.inf)
        picks: Picks = distance.argmin(axis=0)  # the first: menus run upward, so the lower
        return np.where(np.isfinite(distance.min(axis=0)), picks, NOTHING)

    pick.__doc__ = f"Pick the action whose rung is nearest to the perceived one {shift:+d}."
    return pick


def _pick_nothing(
    logits: Floats, offered: Truths, rungs: NDArray[np.int8], perceived: Floats, uniforms: Floats
) -> Picks:
    """Never act."""
    return np.full(offered.shape[1], NOTHING)


POLICIES: Mapping[str, Policy] = {
    MODEL: pick_logit,
    HOLD: _pick_nothing,
    "match": _pick_nearest(0),
    "one_lower": _pick_nearest(-1),
    "one_higher": _pick_nearest(+1),
}


def policy(name: str) -> Policy:
    """Return a policy by name.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    if name not in POLICIES:
        raise UnknownName("standing order", name, POLICIES)
    return POLICIES[name]


@dataclass(frozen=True)
class Order:
    """What an actor is told from outside for one turn.

    Attributes
    ----------
    opening : str or None
        An action id, "hold", or None to let the model decide.
    standing : str
        How it answers this turn: a name in `POLICIES`.
    """

    opening: str | None = None
    standing: str = MODEL

    def __post_init__(self) -> None:
        policy(self.standing)


Orders = Mapping[tuple[int, str], Order]
"""(turn, actor id) -> order."""
