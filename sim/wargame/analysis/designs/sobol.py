"""Sobol indices: what part of an output's variance each group of inputs is answerable for.

First-order indices after Saltelli et al., total ones after Jansen, at the points of a scrambled
Sobol' sequence. An output that is known only from finite ensembles comes as two halves with
chance of their own, each in blocks; every product is taken across the halves, so that chance
adds nothing to any variance on average. Intervals by bootstrap over points and over blocks: the
first does not know how evenly the points lie, and is on the wide side.

References
----------
Saltelli, A. et al. (2010), Computer Physics Communications 181(2), 259-270.
Jansen, M. J. W. (1999), Computer Physics Communications 117(1-2), 35-43.
Owen, A. B. (1998), Journal of Complexity 14(4), 466-489 (the scrambling).
Efron, B. and Tibshirani, R. (1993), An Introduction to the Bootstrap, chapter 13 (intervals).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import Streams
from wargame.findings import Estimate

RESAMPLES = 500

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """What an output's variance is made of.

    Attributes
    ----------
    deviation : Estimate
        Standard deviation of the output over the inputs, in its own unit; 0 when chance hides it.
    first, total : dict of str to Estimate
        Group -> the part of the variance due to it alone; the same with all its interplay.
    """

    deviation: Estimate
    first: dict[str, Estimate]
    total: dict[str, Estimate]

    @property
    def visible(self) -> bool:
        """Whether the variance is clearly above what chance would show."""
        return self.deviation.low > 0


def lay(groups: Mapping[str, Sequence[str]], base: int, seed: int) -> dict[str, Floats]:
    """Lay points: two independent samples, then for each group the first with its columns changed.

    Parameters
    ----------
    groups : mapping of str to sequence of str
        Group -> its inputs; every input in one group.
    base : int
        Points of a sample, a power of two.
    seed : int
        Of the scrambling.

    Returns
    -------
    dict of str to ndarray, shape ((groups + 2) x base,)
        Input -> quantile on (0, 1).
    """
    from scipy.stats import qmc  # scipy is heavy to import

    inputs = [name for members in groups.values() for name in members]
    cube = qmc.Sobol(2 * len(inputs), scramble=True, seed=seed).random(base)
    halves = np.clip(cube, 1e-9, 1 - 1e-9).T.reshape(2, len(inputs), base)
    place = {name: at for at, name in enumerate(inputs)}
    points = {}
    for group, members in groups.items():
        for name in members:
            one, other = halves[:, place[name]]
            changed = [other if at == group else one for at in groups]
            points[name] = np.concatenate([one, other, *changed])
    return points


def indices(output: Floats, groups: Sequence[str], base: int, seed: int) -> Indices:
    """Return the indices of every group.

    Parameters
    ----------
    output : ndarray, shape ((groups + 2) x base, 2, block)
        The output at the points of `lay`, from the blocks of two halves of its ensemble; the same
        in both halves, with one block, for an output that is known exactly.
    groups : sequence of str
        In the order they were laid.
    base : int
        Points of a sample.
    seed : int
        Of the resampling.
    """
    blocks = output.reshape(len(groups) + 2, base, 2, -1)
    value = _parts(blocks.mean(axis=3))
    points, parts = Streams(seed, 0, base), Streams(seed, 0, 2 * blocks.shape[3])
    resampled = np.array([_parts(_resample(blocks, points, parts, at)) for at in range(RESAMPLES)])
    ends = np.percentile(resampled[:, 0], (2.5, 97.5))
    deviation, bottom, top = (float(np.sqrt(max(end, 0.0))) for end in (value[0], *ends))
    variance = Estimate(deviation, bottom, top)
    if not variance.low > 0:  # a part of nothing cannot be told
        unknown = dict.fromkeys(groups, Estimate(float("nan"), 0.0, 1.0, kind="part"))
        return Indices(variance, unknown, unknown)
    count = len(groups)
    low, high = np.nanpercentile(resampled, (2.5, 97.5), axis=0)
    found = [
        Estimate(float(middle), float(end), float(other), kind="part")
        for middle, end, other in zip(value, low, high, strict=True)
    ]
    return Indices(
        variance,
        dict(zip(groups, found[1 : count + 1], strict=True)),
        dict(zip(groups, found[count + 1 :], strict=True)),
    )


def _resample(blocks: Floats, points: Streams, parts: Streams, number: int) -> Floats:
    """Pick points, and blocks of each half, with replacement; return the means of the halves."""
    size = blocks.shape[3]
    at = (points.row("resample points", number) * points.count).astype(np.intp)
    which = (parts.row("resample blocks", number) * size).astype(np.intp)
    weights = [np.bincount(half, minlength=size) / size for half in which.reshape(2, size)]
    means = np.einsum("gphb,hb->gph", blocks, np.array(weights))
    picked: Floats = means[:, at]
    return picked


def _parts(blocks: Floats) -> Floats:
    """Return variance, first-order and total indices, shape (1 + 2 groups,)."""
    centred = blocks - blocks[:2].mean(axis=(0, 1))
    one, other, changed = centred[0], centred[1], centred[2:]
    variance = float((centred[:2, :, 0] * centred[:2, :, 1]).mean())
    gap = changed - one
    first = (other[:, 0] * gap[..., 1] + other[:, 1] * gap[..., 0]).mean(axis=1) / 2
    total = (gap[..., 0] * gap[..., 1]).mean(axis=1) / 2
    scale = variance if variance > 0 else float("nan")
    return np.concatenate([[variance], first / scale, total / scale])
