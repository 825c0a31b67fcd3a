"""Figures of the hindcast: where simulated patterns lie in the record's intervals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from wargame.analysis.record.hindcast import Hindcast, Pattern
from wargame.show.figure.canvas import Figures, blank_sheet
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIMULATED, _VARIANT = "#D55E00", "#0072B2"
_EDGES = (-1.2, 2.2)


def hindcast_figures(found: Hindcast) -> Figures:
    """Return the figures of a hindcast: patterns of the calibration period and of the hold-out."""
    return {
        "hindcast_patterns": partial(_patterns, found),
        "hindcast_holdout": partial(_holdout, found),
    }


def _patterns(found: Hindcast) -> Figure:
    inside = sum(row.inside for row in found.patterns)
    title = (
        f"1993-2010: {inside} of {len(found.patterns)} simulated patterns lie inside the record's "
        "95% intervals (they were fitted to it)"
    )
    figure = blank_sheet(title, _footer(found), height=7.4)
    axes = figure.add_axes((0.47, 0.115, 0.5, 0.775))
    _rows(axes, found.patterns, _SIMULATED, 0.0, "simulated: middle, and 95% of histories")
    _finish(axes, found.patterns)
    return figure


def _holdout(found: Hindcast) -> Figure:
    outside = [row.what for row in found.holdout if not row.inside]
    said = ", ".join(outside) if outside else "nothing"
    title = f"2011-2024, not fitted: {said} outside the record's 95% interval"
    figure = blank_sheet(title, _footer(found), height=3.8)
    axes = figure.add_axes((0.47, 0.225, 0.5, 0.605))
    _rows(axes, found.holdout, _SIMULATED, -0.16, "hold-out: middle, and 95% of histories")
    _rows(axes, found.regime, _VARIANT, 0.16, "with a switch of regime (hindsight)", marker="s")
    _finish(axes, found.holdout)
    return figure


def _rows(
    axes: Axes, rows: Sequence[Pattern], colour: str, shift: float, label: str, marker: str = "o"
) -> None:
    for place, row in enumerate(rows):
        width = (row.high - row.low) or 1.0
        low, middle, high = (
            (value - row.low) / width for value in (row.sim_low, row.simulated, row.sim_high)
        )
        ends = (max(low, _EDGES[0]), min(high, _EDGES[1]))
        name = label if place == 0 else None
        axes.plot(ends, [place + shift] * 2, color=colour, lw=1.4, zorder=3, label=name)
        face = colour if row.inside else "white"
        axes.plot(
            min(max(middle, _EDGES[0]), _EDGES[1]),
            place + shift,
            marker=marker,
            ms=5,
            color=colour,
            markerfacecolor=face,
            zorder=4,
        )


def _finish(axes: Axes, rows: Sequence[Pattern]) -> None:
    axes.axvspan(0, 1, color="#e6e6e6", zorder=0)
    for place, row in enumerate(rows):
        at = (row.record - row.low) / ((row.high - row.low) or 1.0)
        name = "the record" if place == 0 else None
        axes.plot([at, at], [place - 0.32, place + 0.32], color=INK, lw=2, zorder=2, label=name)
    names = [f"{row.what}  {row.id}" for row in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=7.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(*_EDGES)
    axes.set_xticks([0, 1], ["low end", "high end"], fontsize=7.5)
    axes.set_xlabel("the record's 95% interval (grey), each pattern on its own scale", fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", lw=0.4)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.9, 1.0),
        ncols=3,
        fontsize=7,
        frameon=False,
        labelcolor=PALE,
        handlelength=1.4,
    )


def _footer(found: Hindcast) -> str:
    return f"{found.runs:,} histories a period, seed {found.seed}; open marks lie outside"
