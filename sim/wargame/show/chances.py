"""Chances as words: one scale, few digits, no more than was seen."""

from __future__ import annotations

import math

from wargame.findings import Estimate
from wargame.show.percentages import percent, span

FEW = 20
"""Cases below which a share is given as a count: a percentage would say more than was seen."""


SCALE: tuple[tuple[float, str], ...] = (
    (0.01, "below 1 in 100"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "about even"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (0.99, "almost certain"),
    (1.01, "above 99 in 100"),
)
"""Upper end (not included) -> words. Below 1 and above 99 in 100 the scale has no word."""


def words(share: float) -> str:
    """Return the words of the fixed scale for a share.

    Parameters
    ----------
    share : float
        0..1.

    Returns
    -------
    str
        For example "unlikely".
    """
    return next(word for upper, word in SCALE if share < upper)


def in_words(share: Estimate) -> str:
    """Say a share in the words of the scale and as a count of a round number.

    Returns
    -------
    str
        "unlikely: about 38 in 100"; of fewer than 20 cases "too few to say more".
    """
    if share.n < FEW:
        return "too few to say more"
    return about(share) if share.count == 0 else f"{words(share.value)}: {about(share)}"


def brief(share: Estimate) -> str:
    """Write a share for a narrow column.

    Returns
    -------
    str
        "38%", "none seen"; of fewer than 20 cases "1 of 2".
    """
    if share.n < FEW:
        return about(share)
    return percent(share.value) if share.count else "none seen"


def about(share: Estimate) -> str:
    """Say a share as a count of a round number, with no digit that was not earned.

    Returns
    -------
    str
        "about 3 in 100" (one significant digit below 10%), "about 38 in 100"; for nothing seen
        "fewer than 3 in 10,000"; for nothing else seen "all but fewer than 3 in 10,000". Of fewer
        than 20 cases the count: "1 of 2".
    """
    if share.n < FEW:
        return f"{share.count} of {share.n}"
    if share.count == 0:
        return f"fewer than 3 in {share.n:,}"
    if share.count == share.n:
        return f"all but fewer than 3 in {share.n:,}"
    if share.value > 0.99:
        return f"all but {_out_of(1 - share.value)}"
    return _out_of(share.value)


def _out_of(share: float) -> str:
    if share >= 0.095:
        return f"about {round(100 * share)} in 100"
    power = -math.floor(math.log10(share))
    digit = round(share * 10**power)
    if digit == 10:  # 0.0096 is 1 in 100
        digit, power = 1, power - 1
    if power == 1:
        return f"about {10 * digit} in 100"
    return f"about {digit} in {10**power:,}"


def share(found: Estimate) -> str:
    """Write a share with its interval; of few cases, and of none, only the count."""
    if found.n < FEW or found.count == 0:
        return about(found)
    return f"{percent(found.value)} ({span(found.low, found.high)})"
