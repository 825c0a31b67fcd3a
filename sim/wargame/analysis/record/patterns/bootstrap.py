"""The block bootstrap: an interval for what one series of weeks says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wargame.analysis.record.incidents import (
    Counts,
)
from wargame.analysis.record.patterns.ratios import Floats
from wargame.engine.draws import Streams


def block_bootstrap(
    weekly: Counts,
    statistic: Callable[[Counts], dict[str, Floats]],
    draws: int = 2000,
    block: int = 52,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Return 95% intervals of a single history's statistics by resampling blocks of weeks.

    Parameters
    ----------
    weekly : ndarray of int, shape (week, ...)
        One history.
    statistic : callable
        From shape (draw, week, ...) to name -> values, shape (draw,).
    draws, block : int
        Resampled histories; weeks a block. A year keeps whole seasons and what one incident
        sets off together; the sample of 18 of them makes the intervals rough.
    seed : int
        Of the draws.

    References
    ----------
    Politis, D. N. and Romano, J. P. (1992), in LePage and Billard (eds), Exploring the Limits of
    Bootstrap, 263-270 (circular blocks).
    """
    weeks = len(weekly)
    blocks = -(-weeks // block)
    streams = Streams(seed, 0, draws)
    starts = np.stack([streams.row("bootstrap", number) for number in range(blocks)], axis=1)
    begin = (starts * weeks).astype(np.int64)
    places = (begin[:, :, None] + np.arange(block)).reshape(draws, -1)[:, :weeks] % weeks
    low_high = {}
    for name, values in statistic(weekly[places]).items():
        low, high = np.nanpercentile(values, (2.5, 97.5))
        low_high[name] = (float(low), float(high))
    return low_high
