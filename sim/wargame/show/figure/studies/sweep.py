"""Figures of a sweep: lines over one path, heat over two, dots over more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wargame.analysis.estimates.measures import MEASURES, Measure
from wargame.analysis.studies.sweep import Sweep
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.style import PALE
from wargame.show.names import name_number
from wargame.show.percentages import level
from wargame.show.words import capital

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LINE = "#0072B2"
_CELLS = 120
"""Cells of a heat figure up to which numbers are written into them."""


def sweep_figures(sweep: Sweep) -> Figures:
    """Return a figure for each measure, ``sweep_MEASURE``."""
    if len(sweep.points) == 2 and sweep.design == "grid":
        make = _heat
    else:
        make = _line if len(sweep.points) == 1 else _dots
    return {f"sweep_{name}": partial(make, sweep, MEASURES[name]) for name in sweep.estimates}


def _sheet(sweep: Sweep, measure: Measure, height: float) -> Figure:
    made = sweep.estimates[measure.name]
    least, most = int(made.value.argmin()), int(made.value.argmax())
    moved = _list([name_number(sweep.scenario, path) for path in sweep.points])
    first, last = (level(float(made.value[at]), measure.is_share) for at in (least, most))
    title = (
        f"{capital(measure.label)}: from {first} to {last} "
        f"as {moved} {'moves' if len(sweep.points) == 1 else 'move'}"
    )
    drawn = "; other uncertain numbers drawn" if sweep.uncertainty else ""
    footer = (
        f"{sweep.scenario.title}: {sweep.size:,} points of {sweep.runs:,} histories on the same "
        f"draws, seed {sweep.seed}{drawn}"
    )
    return blank_sheet(title, footer, height)


def _list(names: list[str]) -> str:
    shown = names if len(names) <= 2 else [*names[:1], f"{len(names) - 1} others"]
    return " and ".join(f"'{name}'" if name in names else name for name in shown)


def _line(sweep: Sweep, measure: Measure) -> Figure:
    figure = _sheet(sweep, measure, 4.2)
    axes = figure.add_axes((0.1, 0.2, 0.86, 0.62))
    path, levels = next(iter(sweep.points.items()))
    made, scale = sweep.estimates[measure.name], _scale(measure)
    if all(isinstance(level, float) for level in levels):
        order = np.argsort([float(level) for level in levels])
        at = np.array([float(levels[place]) for place in order])
    else:
        order = np.arange(len(levels))
        at = order.astype(np.float64)
        axes.set_xticks(at, [str(level) for level in levels])
    low, high = scale * made.low[order], scale * made.high[order]
    axes.fill_between(at, low, high, color=_LINE, alpha=0.25, lw=0, label="95% intervals")
    mark = "o" if len(at) <= 60 else ""
    axes.plot(at, scale * made.value[order], color=_LINE, marker=mark, ms=4, lw=1.5)
    axes.set_ylim(0, max(float(high.max()) * 1.05, 1e-12))
    axes.set_xlabel(path)
    axes.set_ylabel(_unit(measure))
    axes.grid(axis="y")
    axes.legend(loc="best", frameon=False, fontsize=8)
    return figure


def _heat(sweep: Sweep, measure: Measure) -> Figure:
    figure = _sheet(sweep, measure, 5.0)
    axes = figure.add_axes((0.13, 0.19, 0.70, 0.65))
    (down, rows), (across, columns) = (
        (path, _levels(column)) for path, column in sweep.points.items()
    )
    values = _scale(measure) * sweep.estimates[measure.name].value.reshape(len(rows), len(columns))
    image = axes.imshow(values, origin="lower", aspect="auto", cmap="cividis", vmin=0)
    axes.set_xticks(range(len(columns)), columns, rotation=30 if len(columns) > 9 else 0)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xlabel(across)
    axes.set_ylabel(down)
    made = sweep.estimates[measure.name]
    half = _scale(measure) * float((made.high - made.low).max()) / 2
    note = f"95% intervals: at most {half:.2g} to either side"
    axes.text(1.0, 1.02, note, transform=axes.transAxes, ha="right", fontsize=7, color=PALE)
    bar = figure.add_axes((0.86, 0.19, 0.025, 0.65))
    figure.colorbar(image, cax=bar, label=_unit(measure))
    if values.size <= _CELLS:
        middle = float(values.max()) * 0.55
        for (row, column), value in np.ndenumerate(values):
            ink = "white" if value < middle else "black"
            text = level(float(value) / _scale(measure), measure.is_share).rstrip("%")
            axes.text(column, row, text, ha="center", va="center", fontsize=7, color=ink)
    return figure


def _levels(column: tuple[Any, ...]) -> list[str]:
    levels = dict.fromkeys(column)
    return [f"{level:.4g}" if isinstance(level, float) else str(level) for level in levels]


def _dots(sweep: Sweep, measure: Measure) -> Figure:
    count = len(sweep.points)
    across = min(3, count)
    down = -(-count // across)
    height = 1.6 + 2.1 * down
    figure = _sheet(sweep, measure, height)
    made, scale = sweep.estimates[measure.name], _scale(measure)
    grid = figure.add_gridspec(
        *(down, across),
        left=0.1,
        right=0.97,
        bottom=0.85 / height,
        top=1 - 0.7 / height,
        hspace=0.5,
        wspace=0.12,
    )
    first: Axes | None = None
    for place, (path, levels) in enumerate(sweep.points.items()):
        axes = figure.add_subplot(grid[place // across, place % across], sharey=first)
        first = first or axes
        numeric = all(isinstance(level, float) for level in levels)
        names = list(dict.fromkeys(levels))
        at = [float(level) if numeric else float(names.index(level)) for level in levels]
        if not numeric:
            axes.set_xticks(range(len(names)), [str(name) for name in names])
        axes.errorbar(
            at,
            scale * made.value,
            scale * np.stack([made.value - made.low, made.high - made.value]).clip(0),
            fmt="o",
            ms=2.5,
            lw=0.5,
            color=_LINE,
            ecolor=PALE,
        )
        axes.set_xlabel(path, fontsize=7)
        axes.set_ylim(bottom=0)
        axes.grid(axis="y")
        if place % across:
            axes.tick_params(labelleft=False)
        else:
            axes.set_ylabel(_unit(measure), fontsize=8)
    return figure


def _scale(measure: Measure) -> float:
    return 100.0 if measure.is_share else 1.0


def _unit(measure: Measure) -> str:
    return "share of histories, %" if measure.is_share else measure.label
