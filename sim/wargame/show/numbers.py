"""Numbers with their intervals as words: rates, differences, parts; no digit not earned."""

from __future__ import annotations

import math

from wargame.findings import Estimate


def two_digits(value: float) -> str:
    """Write a number with two significant digits."""
    if value <= 0:
        return "0"
    places = max(0, 1 - math.floor(math.log10(value)))
    return f"{value:.{places}f}"


def per_year(rate: Estimate) -> str:
    """Write a rate with its interval.

    Returns
    -------
    str
        For example "8.9 a year (8.8 to 9.0)"; for nothing seen "none in 7,885 years".
    """
    if rate.count == 0:
        years = f"{rate.n:,.0f}" if rate.n >= 9.5 else two_digits(rate.n)
        return f"none in {years} simulated years (below {two_digits(rate.high)} a year)"
    low, high = two_digits(rate.low), two_digits(rate.high)
    return f"{two_digits(rate.value)} a year ({low} to {high})"


def points(change: Estimate, digits: int = 2) -> str:
    """Write a difference of shares in percentage points; an exact zero is called so.

    Returns
    -------
    str
        For example "+3.10 (+2.05 to +4.15)".
    """
    return _signed(change, 100, digits)


def changed(change: Estimate, digits: int = 3) -> str:
    """Write a difference of rates in its own unit, as `points` does."""
    return _signed(change, 1, digits)


def _signed(change: Estimate, scale: float, digits: int) -> str:
    if change.value == change.low == change.high == 0:
        return "0 exactly"
    value, low, high = (
        round(scale * end, digits) + 0.0 for end in (change.value, change.low, change.high)
    )
    said = "0" if change.value == 0 else f"{value:+.{digits}f}"
    return f"{said} ({low:+.{digits}f} to {high:+.{digits}f})"


def part(index: Estimate) -> str:
    """Write a part of a variance: "62%, 55 to 70%"; what chance carried outside is cut."""
    low, high = max(0.0, index.low), min(1.0, index.high)
    return f"{100 * max(0.0, index.value):.0f}%, {100 * low:.0f} to {100 * high:.0f}%"


def number(found: Estimate) -> str:
    """Write any estimate with three significant digits."""
    return f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g})"
