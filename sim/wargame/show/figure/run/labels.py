"""Labels of rungs, and of the ends of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.scenario.ladder import name_rung

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def short(rung: int) -> str:
    """Return a rung's name up to its first comma."""
    return name_rung(rung).split(",")[0]


def end_labels(axes: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Write labels (height 0..1, text, colour) at the ends of lines, none covering another."""
    wanted = sorted(ends)
    heights: list[float] = []
    for height, text, _ in wanted:
        room = 0.066 * (1 + text.count("\n"))
        heights.append(max(height, heights[-1] + room) if heights else height)
    ceiling = 1.03
    for index in reversed(range(len(wanted))):
        heights[index] = min(heights[index], ceiling)
        ceiling = heights[index] - 0.066 * (1 + wanted[index][1].count("\n"))
    for (height, text, colour), at in zip(wanted, heights, strict=True):
        axes.plot(
            *([1.0, 1.025], [height, at]),
            transform=axes.transAxes,
            color=colour,
            lw=0.9,
            clip_on=False,
        )
        axes.text(1.032, at, text, transform=axes.transAxes, va="center", fontsize=7.5)
