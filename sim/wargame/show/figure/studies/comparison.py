"""Figures of a comparison; nothing is computed here but places on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wargame.analysis.estimates.intervals import zero_bound
from wargame.analysis.studies.compare import Comparison
from wargame.findings import Estimate
from wargame.show.chances import about
from wargame.show.figure.axes import date_axis, percent_axis
from wargame.show.figure.canvas import sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.forest import MARKERS, PALETTE, forest
from wargame.show.figure.series import Point, Series, point, spread
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 0.6)), (0, (8, 2)), (0, (2, 2)))


def comparison_figures(comparison: Comparison) -> Figures:
    """Return the figures of a comparison: ``differences`` and ``parting``."""
    return {
        "differences": partial(_differences, comparison),
        "parting": partial(_parting, comparison),
    }


def _differences(comparison: Comparison) -> Figure:
    names = comparison.outcome_names()
    count = len(comparison.members)
    height = 1.7 + len(names) * (0.24 + 0.13 * count)
    figure = sheet(comparison.results, _title(comparison), height)
    legend = 0.2 * -(-count // 4)  # inches
    bottom, top = (0.85 + legend) / height, 1 - 0.72 / height
    left = figure.add_axes((0.145, bottom, 0.405, top - bottom))
    right = figure.add_axes((0.60, bottom, 0.375, top - bottom))
    handles = _shares(left, comparison, names)
    _gaps(right, comparison, names)
    right.set_yticks([])
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.02, 0.33 / height),
        ncols=-(-count // -(-count // 4)),
        frameon=False,
        fontsize=8,
        handletextpad=0.5,
        columnspacing=1.2,
    )
    return figure


def _title(comparison: Comparison) -> str:
    """Say the largest clear difference in the use of force."""
    clear = [
        item for item in comparison.against if item.reached[5].verdict != "no clear difference"
    ]
    if not clear:
        return (
            f"No variant clearly differs from {comparison.baseline.label} in how often histories "
            "come to the use of force (rung 5 or above)"
        )
    most = max(clear, key=lambda item: abs(item.reached[5].value))
    found = most.reached[5]
    amount = f"{100 * abs(found.value):.2g}"
    points = "point" if amount == "1" else "points"
    return (
        f"Under {most.variant.label} the use of force (rung 5 or above) is {found.verdict} by "
        f"{amount} percentage {points} than under {comparison.baseline.label}: "
        f"{100 * found.low:+.2g} to {100 * found.high:+.2g}"
    )


def _short(label: str) -> str:
    return label if len(label) <= 22 else f"{label[:20]}..."


def _shares(axes: Axes, comparison: Comparison, names: tuple[str, ...]) -> list[Artist]:
    floor = 0.3 / comparison.results.replications
    axes.set_xscale("log")
    axes.set_xlim(floor, 1.0)
    shifts = spread(len(comparison.members))
    series = []
    for at, (variant, results) in enumerate(comparison.members):
        found = results.outcomes()
        points = [_share(found[name]) if name in found else None for name in names]
        colour, marker = PALETTE[at % 8], MARKERS[at % 8]
        series.append(Series(points, colour, marker, _short(variant.label), shifts[at]))
    handles = forest(axes, names, series, size=5)
    percent_axis(axes.xaxis, floor)
    axes.set_xlabel("share of histories, logarithmic (95% intervals)", fontsize=8)
    return handles


def _share(share: Estimate) -> Point:
    if share.count == 0:
        return Point(0, 0, zero_bound(share.n), limit=True)
    return point(share)


def _gaps(axes: Axes, comparison: Comparison, names: tuple[str, ...]) -> None:
    axes.axvline(0, color=INK, lw=0.8)
    shifts = spread(len(comparison.members))
    series = []
    for at, item in enumerate(comparison.against, start=1):
        points = [_gap(item.outcomes[name]) for name in names]
        series.append(Series(points, PALETTE[at % 8], MARKERS[at % 8], shift=shifts[at]))
    forest(axes, names, series, size=5)
    widest = max(abs(end) for end in axes.get_xlim())
    axes.set_xlim(-widest - 0.01, widest + 0.01)
    label = f"difference from {comparison.baseline.label}, percentage points"
    axes.set_xlabel(f"{label}\n(hollow: 0 lies inside the 95% interval)", fontsize=8)


def _gap(found: Estimate) -> Point:
    return point(found, 100, hollow=found.verdict == "no clear difference")


def _parting(comparison: Comparison) -> Figure:
    least = min(comparison.against, key=lambda item: item.parting.never.value)
    never = least.parting.never
    figure = sheet(
        comparison.results,
        f"On the same draws {about(never)} pairs of histories never part from "
        f"{comparison.baseline.label} under {least.variant.label}"
        + (", the variant that parts most" if len(comparison.against) > 1 else ""),
    )
    axes = figure.add_axes((0.1, 0.21, 0.66, 0.62))
    for at, item in enumerate(comparison.against, start=1):
        curve = item.parting.by_turn
        turns = np.arange(1, len(curve) + 1)
        dash = _DASHES[(at - 1) % len(_DASHES)]
        axes.step(turns, 100 * curve, where="mid", color=PALETTE[at % 8], lw=1.6, ls=dash)
    date_axis(axes, comparison.results)
    axes.set_ylim(0, 100)
    axes.set_ylabel("pairs that have parted, %")
    axes.grid(axis="y")
    ends = sorted(
        (100 * float(item.parting.by_turn[-1]), at)
        for at, item in enumerate(comparison.against, start=1)
    )
    height = -10.0
    for end, at in ends:
        height = max(end, height + 5.5)
        axes.text(
            *(1.02, height, _short(comparison.against[at - 1].variant.label)),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=8,
            color=PALETTE[at % 8],
        )
    kept = comparison.results.acts_kept
    if kept < comparison.results.replications:
        figure.text(0.98, 0.03, f"first {kept:,} pairs", ha="right", fontsize=7, color=PALE)
    return figure
