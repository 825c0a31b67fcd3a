"""Points with intervals, in series of one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wargame.findings import Estimate
from wargame.show.figure.style import INK

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Point:
    """A value with its interval.

    Attributes
    ----------
    text : str
        Stands to the right of the row.
    tip : str
        Stands at the outer end of a bar's interval.
    hollow : bool
        The mark is an outline; the figure says what that means.
    limit : bool
        Nothing was seen: an arrow points down from `high`, and there is no mark.
    band : tuple of float, optional
        A wider range, pale behind the interval.
    colour, marker : str
        Unless those of the series.
    """

    value: float
    low: float
    high: float
    text: str = ""
    tip: str = ""
    hollow: bool = False
    limit: bool = False
    band: tuple[float, float] | None = None
    colour: str = ""
    marker: str = ""


@dataclass(frozen=True)
class Series:
    """Points of one kind, at most one a row.

    Attributes
    ----------
    label : str
        For the legend; none stands there without one.
    shift : float
        How far below the middle of its row a point stands, in rows.
    quiet : bool
        A yardstick beside what was simulated: thin, broken line, open mark, pale text.
    """

    points: Sequence[Point | None]
    colour: str = INK
    marker: str = "o"
    label: str = ""
    shift: float = 0.0
    quiet: bool = False


def point(found: Estimate, scale: float = 1.0, **look: Any) -> Point:
    """Return an estimate as a point.

    Parameters
    ----------
    scale : float
        100 for percentages.
    **look
        Other attributes of the point.
    """
    return Point(scale * found.value, scale * found.low, scale * found.high, **look)


def spread(count: int, room: float = 0.64) -> list[float]:
    """Return shifts of series side by side in a row."""
    return [0.0] if count == 1 else [room * (at / (count - 1) - 0.5) for at in range(count)]
