"""Figures of the hindcast: where simulated patterns lie in the record's intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wargame.analysis.record.hindcast import Hindcast, Pattern
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.forest import PALETTE, forest
from wargame.show.figure.series import Point, Series
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_EDGES = (-1.2, 2.2)
"""What is shown of each pattern's scale, on which the record's interval is 0 to 1."""


def hindcast_figures(found: Hindcast) -> Figures:
    """Return the figures of a hindcast: patterns of the calibration period and of the hold-out."""
    return {
        "hindcast_patterns": partial(_patterns, found),
        "hindcast_holdout": partial(_holdout, found),
    }


def _patterns(found: Hindcast) -> Figure:
    inside = [row.inside for row in found.patterns if row.inside is not None]
    title = (
        f"1993-2010: {sum(inside)} of {len(inside)} simulated patterns lie inside the record's "
        "95% intervals (they were fitted to it)"
    )
    figure = blank_sheet(title, _footer(found), height=7.4)
    axes = figure.add_axes((0.47, 0.115, 0.5, 0.775))
    simulated = _series(found.patterns, PALETTE[2], "simulated: middle, and 95% of histories")
    _draw(axes, found.patterns, [simulated])
    return figure


def _holdout(found: Hindcast) -> Figure:
    outside = [row.what for row in found.holdout if row.inside is False]
    said = ", ".join(outside) if outside else "nothing"
    title = f"2011-2024, not fitted: {said} outside the record's 95% interval"
    figure = blank_sheet(title, _footer(found), height=3.8)
    axes = figure.add_axes((0.47, 0.225, 0.5, 0.605))
    constant = _series(found.holdout, PALETTE[2], "hold-out: middle, and 95% of histories")
    switch = _series(found.regime, PALETTE[1], "with a switch of regime (hindsight)", "s")
    _draw(axes, found.holdout, [replace(constant, shift=-0.16), replace(switch, shift=0.16)])
    return figure


def _series(rows: Sequence[Pattern], colour: str, label: str, marker: str = "o") -> Series:
    points: list[Point | None] = []
    for row in rows:
        found = row.simulated
        if found is None:
            points.append(None)
            continue
        low, value, high = (_place(row, at) for at in (found.low, found.value, found.high))
        points.append(Point(value, low, high, hollow=not row.inside))
    return Series(points, colour, marker, label)


def _place(row: Pattern, value: float) -> float:
    return (value - row.record.low) / (row.record.width or 1.0)


def _draw(axes: Axes, rows: Sequence[Pattern], series: list[Series]) -> None:
    axes.set_xlim(*_EDGES)
    axes.axvspan(0, 1, color="#e6e6e6", zorder=0)
    places = [_place(row, row.record.value) for row in rows]
    record = Series([Point(at, at, at) for at in places], INK, "|", "the record")
    names = [f"{row.what}  {row.id}" for row in rows]
    handles = forest(axes, names, [record, *series], size=5, letters=7.5)
    axes.set_xticks([0, 1], ["low end", "high end"], fontsize=7.5)
    axes.set_xlabel("the record's 95% interval (grey), each pattern on its own scale", fontsize=7.5)
    axes.legend(
        handles=handles,
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
