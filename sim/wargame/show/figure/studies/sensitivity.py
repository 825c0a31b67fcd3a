"""Figures of what results hang on: parts of the variance as bars, and swings as a tornado."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wargame.analysis.estimates.measures import Measure
from wargame.analysis.studies.sensitivity import OTHERS, Sensitivity
from wargame.findings import Estimate
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.forest import forest
from wargame.show.figure.series import Point, Series, point
from wargame.show.figure.style import INK
from wargame.show.names import name_number
from wargame.show.percentages import level

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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


def label(found: Sensitivity, path: str) -> str:
    """Return a number, or the group of all others, in words."""
    if path == OTHERS:
        return f"the other {len(found.paths) - len(found.kept)} numbers together"
    return name_number(found.scenario, path)


def _wrap(text: str) -> str:
    return textwrap.fill(textwrap.shorten(text, 84, placeholder="..."), 44)


def _bars(found: Sensitivity, measure: Measure) -> Figure:
    parts = found.indices[measure.name]
    ranked = sorted(found.kept, key=lambda path: -parts.total[path].value)
    single = ranked[0]
    ranked += [path for path in parts.total if path == OTHERS]
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
    alone = [_part(parts.first[path]) for path in ranked]
    whole = [_part(parts.total[path]) for path in ranked]
    series = [
        Series(alone, "#0072B2", "o", "by itself", -0.18),
        Series(whole, "#56A0D3", "s", "with its interplay", 0.18),
    ]
    names = [_wrap(label(found, path)) for path in ranked]
    _explain(axes, forest(axes, names, series, letters=8, bars_from=0.0))
    axes.set_xlim(left=0)
    axes.set_xlabel("part of the variance, % (lines: 95% intervals)", fontsize=8)
    return figure


def _part(index: Estimate) -> Point:
    value, low, high = (min(1.0, max(0.0, at)) for at in (index.value, index.low, index.high))
    return Point(100 * value, 100 * low, 100 * high)


def _tornado(found: Sensitivity, measure: Measure) -> Figure:
    swings = found.swings[measure.name]
    ranked = sorted(swings, key=lambda path: -abs(swings[path].at_high - swings[path].at_low))
    widest = swings[ranked[0]]
    height = 1.75 + 0.34 * len(ranked)
    figure = blank_sheet(
        f"{label(found, ranked[0])} alone takes the {measure.phrase} from "
        f"{level(widest.at_low, measure.is_share)} to {level(widest.at_high, measure.is_share)}",
        f"{found.scenario.title}: one number at a time, others at their best values, "
        f"{found.effort.swing_runs:,} histories each, seed {found.seed}",
        height,
    )
    axes = figure.add_axes((0.43, 0.87 / height, 0.52, 1 - 1.65 / height))
    scale, best = (100.0 if measure.is_share else 1.0), found.best[measure.name]
    lowest, highest = [], []
    for swing in (swings[path] for path in ranked):
        low, high = (Estimate(g.value, best + g.low, best + g.high) for g in (swing.down, swing.up))
        lowest.append(point(replace(low, value=swing.at_low), scale, tip=f"{swing.low:g}"))
        highest.append(point(replace(high, value=swing.at_high), scale, tip=f"{swing.high:g}"))
    series = [
        Series(lowest, "#56A0D3", "s", "at its lowest", -0.14),
        Series(highest, "#D55E00", "o", "at its highest", 0.14),
    ]
    names = [_wrap(label(found, path)) for path in ranked]
    _explain(axes, forest(axes, names, series, letters=8, bars_from=scale * best))
    axes.axvline(scale * best, color=INK, lw=0.9)
    axes.margins(x=0.12)
    unit = "share of histories, %" if measure.is_share else measure.label
    axes.set_xlabel(f"{unit} (lines: 95% intervals of the difference)", fontsize=8)
    return figure


def _explain(axes: Axes, handles: list[Artist]) -> None:
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 0.99),
        ncols=len(handles),
        frameon=False,
        fontsize=8,
    )
