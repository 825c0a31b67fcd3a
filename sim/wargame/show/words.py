"""Words of every sentence and cell: lists, capitals, and an estimate put as its column asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wargame.findings import Cell, Estimate
from wargame.show.chances import about, brief, in_words, share
from wargame.show.chances import words as scaled
from wargame.show.numbers import changed, number, part, per_year, points
from wargame.show.percentages import percent, span


def capital(text: str) -> str:
    """Return a text with its first letter as at the head of a sentence."""
    return text[:1].upper() + text[1:]


def join_words(words: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


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
    "on the scale": lambda found: scaled(found.value),
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
