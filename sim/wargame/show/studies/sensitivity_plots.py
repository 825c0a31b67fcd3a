"""Figures of what results hang on: parts of the variance as bars, and swings as a tornado."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from wargame.analysis.estimates.measures import Measure
from wargame.analysis.studies.sensitivity import OTHERS, Sensitivity
from wargame.show.figure.canvas import Figures, blank_sheet
from wargame.show.figure.style import INK, PALE
from wargame.show.studies.sensitivity_tables import label
from wargame.show.studies.sweep_tables import spell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ALONE, _WITH, _DOWN, _UP = "#0072B2", "#9CC9E5", "#56A0D3", "#D55E00"


def sensitivity_figures(found: Sensitivity) -> Figures:
    """Return two figures for each measure.

    ``parts_MEASURE`` only where the variance is visible, and ``tornado_MEASURE``.
    """
    figures: dict[str, Callable[[], Figure]] = {}
    for measure in found.measures:
        if found.indices[measure.name].visible:
            figures[f"parts_{measure.name}"] = partial(_bars, found, measure)
        figures[f"tornado_{measure.name}"] = partial(_tornado, found, measure)
    return figures


def _wrap(text: str) -> str:
    return textwrap.fill(textwrap.shorten(text, 84, placeholder="..."), 44)


def _bars(found: Sensitivity, measure: Measure) -> Figure:
    parts = found.indices[measure.name]
    ranked = sorted(found.kept, key=lambda path: parts.total[path].value)
    ranked = [path for path in parts.total if path == OTHERS] + ranked
    single = max(found.kept, key=lambda path: parts.total[path].value)
    opening = "Most" if parts.total[single].value >= 0.5 else "The largest single part"
    height = 1.75 + 0.34 * len(ranked)
    figure = blank_sheet(
        f"{opening} of what is not known about the {measure.phrase} comes from "
        f"{label(found, single)}",
        f"{found.scenario.title}: {len(found.paths)} uncertain numbers, {found.effort.base} base "
        f"points of {found.effort.runs} histories, seed {found.seed}",
        height,
    )
    axes = figure.add_axes((0.43, 0.87 / height, 0.54, 1 - 1.65 / height))
    for row, path in enumerate(ranked):
        for index, colour, shift in (
            (parts.total[path], _WITH, -0.18),
            (parts.first[path], _ALONE, 0.18),
        ):
            value, low = 100 * max(0.0, index.value), 100 * max(0.0, index.low)
            high = 100 * max(0.0, min(1.0, index.high))
            axes.barh(row + shift, value, 0.34, color=colour)
            axes.plot([low, high], [row + shift] * 2, color=INK, lw=0.9)
    axes.set_yticks(range(len(ranked)), [_wrap(label(found, path)) for path in ranked], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=0)
    axes.set_xlabel("part of the variance, % (lines: 95% intervals)", fontsize=8)
    axes.grid(axis="x")
    _explain(axes, {"by itself": _ALONE, "with its interplay": _WITH})
    return figure


def _tornado(found: Sensitivity, measure: Measure) -> Figure:
    swings = found.swings[measure.name]
    ranked = sorted(swings, key=lambda path: abs(swings[path].at_high - swings[path].at_low))
    widest = swings[ranked[-1]]
    height = 1.75 + 0.34 * len(ranked)
    figure = blank_sheet(
        f"{label(found, ranked[-1])} alone takes the {measure.phrase} from "
        f"{spell(measure, widest.at_low)} to {spell(measure, widest.at_high)}",
        f"{found.scenario.title}: one number at a time, others at their best values, "
        f"{found.effort.swing_runs:,} histories each, seed {found.seed}",
        height,
    )
    axes = figure.add_axes((0.43, 0.87 / height, 0.52, 1 - 1.65 / height))
    scale, best = (100.0 if measure.is_share else 1.0), found.best[measure.name]
    for row, path in enumerate(ranked):
        swing = swings[path]
        for end, gap, number, colour, shift in (
            (swing.at_low, swing.down, swing.low, _DOWN, 0.14),
            (swing.at_high, swing.up, swing.high, _UP, -0.14),
        ):
            axes.barh(row + shift, scale * (end - best), 0.26, scale * best, color=colour)
            ends = [scale * (best + gap.low), scale * (best + gap.high)]
            axes.plot(ends, [row + shift] * 2, color=INK, lw=0.8)
            side = 1 if end >= best else -1
            place = max(ends) if side > 0 else min(ends)
            axes.annotate(
                f"{number:g}",
                (place, row + shift),
                (3 * side, 0),
                textcoords="offset points",
                ha="left" if side > 0 else "right",
                va="center",
                fontsize=6.5,
                color=PALE,
            )
    axes.axvline(scale * best, color=INK, lw=0.9)
    axes.set_yticks(range(len(ranked)), [_wrap(label(found, path)) for path in ranked], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.12)
    unit = "share of histories, %" if measure.is_share else measure.label
    axes.set_xlabel(f"{unit} (lines: 95% intervals of the difference)", fontsize=8)
    axes.grid(axis="x")
    _explain(axes, {"at its lowest": _DOWN, "at its highest": _UP})
    return figure


def _explain(axes: Axes, colours: dict[str, str]) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(color=colour, label=name) for name, colour in colours.items()]
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 0.99),
        ncols=len(handles),
        frameon=False,
        fontsize=8,
    )
