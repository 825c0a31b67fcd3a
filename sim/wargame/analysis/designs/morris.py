"""Morris screening: which of many inputs move an output at all, at the price of few points.

Every trajectory moves each input once, in random order, two of four levels up or down. The output
may be known only from finite ensembles: it then comes as two halves with chance of their own,
and what counts as an input's strength is what both halves agree on, so that chance cannot make
an input look strong.

References
----------
Morris, M. D. (1991), Technometrics 33(2), 161-174.
Campolongo, F., Cariboni, J. and Saltelli, A. (2007), Environmental Modelling & Software 22(10),
1509-1518 (the mean of absolute effects).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import Streams

LEVELS = (0.05, 0.35, 0.65, 0.95)
"""The quantiles an input takes."""
STEP = 2
"""How many levels it moves."""
Z90 = 1.6448536269514722
"""The 95th percentile of the standard normal law."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Effects:
    """What moving each input two levels up does to an output.

    Attributes
    ----------
    mean : ndarray, shape (input,)
        Mean effect, with its sign.
    size : ndarray, shape (input,)
        Mean absolute effect; chance alone makes it larger than 0.
    spread : ndarray, shape (input,)
        Standard deviation of the effect over trajectories: curvature and interplay (and chance).
    strength : ndarray, shape (input,)
        Root of the mean squared effect that both halves agree on; 0 when they do not agree beyond
        chance (one-sided, 5%).
    """

    mean: Floats
    size: Floats
    spread: Floats
    strength: Floats


@dataclass(frozen=True)
class Trajectories:
    """Where to evaluate.

    Attributes
    ----------
    points : dict of str to ndarray, shape (point,)
        Input -> quantile on (0, 1); each trajectory is a run of inputs + 1 points.
    rank : ndarray of int, shape (trajectory, input)
        At which step of a trajectory an input moves, 0 the first.
    upward : ndarray of bool, shape (trajectory, input)
        Whether it moves up.
    """

    points: dict[str, Floats]
    rank: NDArray[np.intp]
    upward: NDArray[np.bool_]

    def effects(self, halves: Floats) -> Effects:
        """Return the effects of all inputs on an output.

        Parameters
        ----------
        halves : ndarray, shape (point, 2)
            The output at every point, from two halves of its ensemble; twice the same
            for an output that is known exactly.
        """
        trajectories, inputs = self.rank.shape
        path = halves.reshape(trajectories, inputs + 1, 2)
        which = np.arange(trajectories)[:, None]
        steps = path[which, self.rank + 1] - path[which, self.rank]
        steps = np.where(self.upward[..., None], steps, -steps)
        effect = steps.mean(axis=2)
        product = steps[..., 0] * steps[..., 1]
        error = product.std(axis=0, ddof=1) / np.sqrt(trajectories)
        agreed = np.where(product.mean(axis=0) > Z90 * error, product.mean(axis=0), 0.0)
        return Effects(
            effect.mean(axis=0),
            np.abs(effect).mean(axis=0),
            effect.std(axis=0, ddof=1),
            np.sqrt(agreed),
        )


def lay(inputs: Sequence[str], trajectories: int, seed: int) -> Trajectories:
    """Lay trajectories through the unit cube.

    Parameters
    ----------
    trajectories : int
        2 or more.
    seed : int
        Of the draws.

    Returns
    -------
    Trajectories
        With ``trajectories x (inputs + 1)`` points.
    """
    streams = Streams(seed, 0, trajectories)
    start = np.stack([streams.row("screening start", name) for name in inputs], axis=1)
    level = (start * len(LEVELS)).astype(np.intp)
    order = np.stack([streams.row("screening order", name) for name in inputs], axis=1)
    rank = order.argsort(axis=1).argsort(axis=1)
    upward = level < STEP
    moved = np.where(upward, level + STEP, level - STEP)
    step = np.arange(len(inputs) + 1)[None, :, None]
    place = np.where(rank[:, None, :] < step, moved[:, None, :], level[:, None, :])
    columns = np.array(LEVELS)[place.reshape(-1, len(inputs))]
    return Trajectories(
        {name: columns[:, at].copy() for at, name in enumerate(inputs)}, rank, upward
    )
