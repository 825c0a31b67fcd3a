"""Shares and their intervals in percent, with no digit that was not earned."""

from __future__ import annotations

import math

from wargame.show.numbers import two_digits


def percent(part: float) -> str:
    """Write a share in percent: one significant digit below 10%, whole above.

    Parameters
    ----------
    part : float
        0..1.

    Returns
    -------
    str
        "38%", "3%", "0.03%", "0%"; close to 1 as many digits as keep it from reading 100%.
    """
    value = 100 * part
    if value <= 0 or value >= 100:
        return f"{value:.0f}%"
    if value > 99:
        places = max(0, -math.floor(math.log10(100 - value)))
        return f"{value:.{places}f}%"
    if value >= 9.5:
        return f"{value:.0f}%"
    places = max(0, -math.floor(math.log10(value)))
    text = f"{value:.{places}f}"
    return f"{float(text):g}%" if float(text) >= 0.0001 else f"{text}%"


def span(low: float, high: float) -> str:
    """Write an interval of a share in percent, two significant digits at each end.

    Parameters
    ----------
    low, high : float
        0..1, low <= high.

    Returns
    -------
    str
        For example "2.7 to 3.3%"; close to 1 as many digits as keep an end from reading 100.
    """
    return f"{_end(100 * low)} to {_end(100 * high)}%"


def _end(value: float) -> str:
    if 99 < value < 100:
        return f"{value:.{-math.floor(math.log10(100 - value))}f}"
    return two_digits(value)


def level(value: float, is_share: bool) -> str:
    """Write a measure's value: a share in percent, a rate with three significant digits."""
    if is_share:
        return percent(value)
    return "0" if value == 0 else f"{value:#.3g}".rstrip(".")
