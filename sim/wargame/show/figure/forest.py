"""A forest plot: rows of values with their intervals, in one look everywhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wargame.show.figure.series import Point, Series
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

PALETTE = ("#222222", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#C98A00", "#56A0D3", "#8F1D5C")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
"""Colours and marks of series side by side: told apart in grey by their marks."""


def forest(
    axes: Axes,
    rows: Sequence[str],
    series: Sequence[Series],
    *,
    size: float = 6.0,
    letters: float = 9.0,
    bars_from: float | None = None,
) -> list[Artist]:
    """Draw rows of values with their intervals.

    Parameters
    ----------
    axes : Axes
        With its scale and, if they are to hold, its horizontal limits: what lies beyond them ends
        there.
    rows : sequence of str
        Names, from above.
    series : sequence of Series
        As many points each as there are rows.
    size, letters : float
        Of marks and of names, in points.
    bars_from : float, optional
        Draw bars from here instead of marks.

    Returns
    -------
    list of Artist
        One for each series with a label, for a legend.
    """
    ends = (-math.inf, math.inf) if axes.get_autoscalex_on() else axes.get_xlim()
    for one in series:
        for row, item in enumerate(one.points):
            if item is not None:
                _draw(axes, one, item, row + one.shift, (ends[0], ends[1]), size, bars_from)
    axes.set_yticks(range(len(rows)), rows, fontsize=letters)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    if len({one.shift for one in series}) > 1:
        for line in range(1, len(rows)):
            axes.axhline(line - 0.5, color="#ececec", lw=0.8, zorder=0)
    return [_handle(one, bars_from is not None) for one in series if one.label]


def _draw(
    axes: Axes,
    one: Series,
    item: Point,
    row: float,
    ends: tuple[float, float],
    size: float,
    bars_from: float | None,
) -> None:
    colour = item.colour or (PALE if one.quiet else one.colour)
    low, value, high = (
        min(max(number, ends[0]), ends[1]) for number in (item.low, item.value, item.high)
    )
    if item.text:
        look: dict[str, Any] = {"fontsize": 7, "color": PALE} if one.quiet else {"fontsize": 8}
        beside = axes.get_yaxis_transform()
        axes.text(1.03, row, item.text, transform=beside, va="center", **look)
    if item.limit:
        axes.plot([high, high], [row - 0.16, row + 0.16], color=colour, lw=1.6)
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (low, row), (high, row), arrowprops=arrow)
        return
    if item.band is not None:
        left, right = (min(max(number, ends[0]), ends[1]) for number in item.band)
        axes.fill_between([left, right], row - 0.18, row + 0.18, color=colour, alpha=0.25, lw=0)
    if bars_from is not None:
        axes.barh(row, value - bars_from, 0.3, bars_from, fc=colour, **_BARS[one.marker])
        axes.plot([low, high], [row, row], color=INK, lw=0.9)
        side = 1 if value >= bars_from else -1
        axes.annotate(
            item.tip,
            (high if side > 0 else low, row),
            (3 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=6.5,
            color=PALE,
        )
        return
    width, dash = (1.0, (0, (3, 1.5))) if one.quiet else (1.6, "-")
    axes.plot([low, high], [row, row], color=colour, lw=width, ls=dash, zorder=3)
    axes.plot([value], [row], zorder=4, **_mark(one, item, colour, size))


_BARS: dict[str, dict[str, Any]] = {
    "o": {"ec": "none"},
    "s": {"ec": "white", "lw": 0, "hatch": "//////"},
}
"""Bars of the second kind are hatched, to be told apart in grey."""


def _mark(one: Series, item: Point | None, colour: str, size: float) -> dict[str, Any]:
    marker = (item and item.marker) or one.marker
    if one.quiet:
        return {"marker": marker, "ls": "", "ms": 0.7 * size, "mfc": "white", "mec": INK}
    if marker == "|":
        return {"marker": marker, "ls": "", "ms": 2.4 * size, "mec": colour, "mew": 2}
    if item is not None and item.hollow:
        return {"marker": marker, "ls": "", "ms": size, "mfc": "white", "mec": colour, "mew": 1.1}
    return {"marker": marker, "ls": "", "ms": size, "mfc": colour, "mec": "white", "mew": 0.6}


def _handle(one: Series, bars: bool) -> Artist:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if bars:
        return Patch(fc=one.colour, label=one.label, **_BARS[one.marker])
    look = _mark(one, None, one.colour, 6.0) | {"ls": "-", "lw": 1.4, "color": one.colour}
    if one.marker == "|":
        look |= {"ls": "", "ms": 9}
    return Line2D([], [], label=one.label, **look)
