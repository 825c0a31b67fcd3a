"""Words for chances (one scale, few digits, no more than was seen) and for lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from wargame.findings import Cell, Estimate

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


def percent(share: float) -> str:
    """Write a share in percent: one significant digit below 10%, whole above.

    Parameters
    ----------
    share : float
        0..1.

    Returns
    -------
    str
        "38%", "3%", "0.03%", "0%"; close to 1 as many digits as keep it from reading 100%.
    """
    value = 100 * share
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
    return _two_digits(value)


def _two_digits(value: float) -> str:
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
        years = f"{rate.n:,.0f}" if rate.n >= 9.5 else _two_digits(rate.n)
        return f"none in {years} simulated years (below {_two_digits(rate.high)} a year)"
    low, high = _two_digits(rate.low), _two_digits(rate.high)
    return f"{_two_digits(rate.value)} a year ({low} to {high})"


def capital(text: str) -> str:
    """Return a text with its first letter as at the head of a sentence."""
    return text[:1].upper() + text[1:]


def join_words(words: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


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


def level(value: float, is_share: bool) -> str:
    """Write a measure's value: a share in percent, a rate with three significant digits."""
    if is_share:
        return percent(value)
    return "0" if value == 0 else f"{value:#.3g}".rstrip(".")


def share(found: Estimate) -> str:
    """Write a share with its interval; of few cases, and of none, only the count."""
    if found.n < FEW or found.count == 0:
        return about(found)
    return f"{percent(found.value)} ({span(found.low, found.high)})"


def number(found: Estimate) -> str:
    """Write any estimate with three significant digits."""
    return f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g})"


_BY_KIND: dict[str, Callable[[Estimate], str]] = {
    "share": share,
    "rate": per_year,
    "points": points,
    "change": changed,
    "part": part,
    "number": number,
}

MANNERS: dict[str, Callable[[Estimate], str]] = {
    "brief": brief,
    "interval": lambda found: span(found.low, found.high),
    "in words": in_words,
    "about": about,
    "number": number,
    "points": lambda found: points(found, 1),
    "score": lambda found: f"{found.value:.3f}",
    "score ends": lambda found: f"{found.low:.3f} to {found.high:.3f}",
    "percent": lambda found: percent(found.value),
    "value": lambda found: f"{found.value:.3g}",
    "ends": lambda found: f"{found.low:.3g} to {found.high:.3g}",
}
"""Manner of a column -> how its estimates are put; see `wargame.findings.Column`."""


def put(cell: Cell, manner: str = "") -> str:
    """Write a cell of a table for people.

    Parameters
    ----------
    cell : Cell
        None becomes "-".
    manner : str
        A key of `MANNERS`; "" puts an estimate as is usual for its kind. For a plain number a
        format, such as ".3f".
    """
    if isinstance(cell, Estimate):
        return (MANNERS[manner] if manner else _BY_KIND[cell.kind])(cell)
    if cell is None:
        return "-"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    return format(cell, manner or ".6g") if isinstance(cell, float) else cell
