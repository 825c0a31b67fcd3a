"""Figures of a class's forecasts; nothing is computed here but places on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wargame.classroom.forecasts.calibration import calibrate
from wargame.classroom.forecasts.marks import Scored, Threshold
from wargame.classroom.forecasts.tables import basis
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.forest import forest
from wargame.show.figure.series import Point, Series, point
from wargame.show.figure.style import INK, PALE
from wargame.show.percentages import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CLASS, _RUN, _RECORD = "#0072B2", "#D55E00", "#222222"
_STUDENT: dict[str, Any] = {
    "marker": "o", "ls": "", "ms": 4, "mfc": "none", "mec": "#00456B", "mew": 0.7,
    "gid": "students",
}  # fmt: skip
"""A ring, dark enough to be seen alone in grey, open so that others show through."""
_CLEAR: dict[str, Any] = {"fc": "white", "ec": "none", "alpha": 0.85, "pad": 0.5}
"""Behind a number, so that what lies below does not run through it."""


def score_figures(scored: Scored) -> Figures:
    """Return how well the class is calibrated, and what it expected beside what came."""
    return {"calibration": partial(_calibration, scored), "expected": partial(_expected, scored)}


def _calibration(scored: Scored) -> Figure:
    bins = calibrate(scored)
    above = sum(item.number for item in bins if item.stated > item.high)
    total = sum(item.number for item in bins)
    figure = blank_sheet(
        f"{above} of {total} stated chances lie in groups that were too high: right of the line, "
        "things came less often than the class said",
        basis(scored),
        height=5.2,
    )
    axes = figure.add_axes((0.12, 0.17, 0.62, 0.69))
    axes.plot([0, 100], [0, 100], color=PALE, lw=1, ls="--")
    axes.annotate("said as often as it came", (56, 59), rotation=39.5, fontsize=7.5, color=PALE)
    for mark in scored.students:
        axes.plot(100 * mark.chances, 100 * scored.shares, **_STUDENT)
    for item in bins:
        x = 100 * item.stated
        axes.plot([x, x], [100 * item.low, 100 * item.high], color=_CLASS, lw=1.6)
        axes.plot([x], [100 * item.came], "D", color=_CLASS, ms=5, mec="white", mew=0.6)
        axes.annotate(
            f"{item.number}",
            (x, 100 * item.high),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=7,
            bbox=_CLEAR,
        )
    axes.set_xlim(-2, 102)
    axes.set_ylim(-2, 102)
    axes.set_xlabel("chance the class stated, %")
    axes.set_ylabel("share of histories in which it came, %")
    axes.grid()
    figure.text(
        0.76,
        0.86,
        "rings: one chance of one\nstudent\n\ndiamonds: all chances\nwithin a tenth, with the\n"
        "95% interval over\nhistories; the number is\nhow many",
        fontsize=7.5,
        color=INK,
        va="top",
        linespacing=1.4,
    )
    return figure


def _expected(scored: Scored) -> Figure:
    class_rps, run_rps = scored.pooled.rps.value, scored.model.rps.value
    even = scored.uniform.rps.value
    better = "beats" if class_rps < even else "does not beat"
    figure = blank_sheet(
        f"The class's mean forecast {better} the same chance for each outcome: ranked probability "
        f"score {class_rps:.2f} against {even:.2f} (the model's own shares: {run_rps:.2f})",
        basis(scored),
        height=4.6,
    )
    axes = figure.add_axes((0.19, 0.27, 0.78, 0.55))
    worse = scored.outcomes[1:]
    for row, name in enumerate(worse):
        _row(axes, scored, row, scored.outcomes.index(name))
    names = [_or_worse(name, scored) for name in worse]
    handles = forest(axes, names, _series(scored, worse), letters=8)
    axes.set_ylim(len(worse) - 0.5, -0.5)
    axes.set_xlim(-1, 101)
    axes.set_xlabel("chance, %", fontsize=8)
    figure.legend(
        handles=[*axes.get_legend_handles_labels()[0], *handles],
        loc="lower left",
        bbox_to_anchor=(0.02, 0.085),
        ncols=3,
        fontsize=7,
        frameon=False,
    )
    return figure


def _row(axes: Axes, scored: Scored, row: int, first: int) -> None:
    """Draw the chance of an outcome or worse: students, the same for each, in words."""

    def name(label: str) -> str | None:
        return label if row == 0 else None

    each = [100 * float(mark.chances[first:].sum()) for mark in scored.students]
    spread = np.linspace(-0.14, 0.14, len(each)) if len(each) > 1 else [0.0]
    axes.plot(each, row + np.asarray(spread), label=name("a student"), **_STUDENT)
    even = 100 * float(scored.uniform.chances[first:].sum())
    axes.plot(
        [even, even], [row - 0.28, row + 0.28], color=PALE, lw=1.4, ls=":",
        label=name("the same chance for each"),
    )  # fmt: skip
    pooled = float(scored.pooled.chances[first:].sum())
    came = scored.at_least(scored.outcomes[first]).value
    axes.annotate(
        f"class {percent(pooled)}, came {percent(came)}",
        (100, row - 0.3),
        ha="right",
        va="center",
        fontsize=7,
        color=PALE,
        bbox=_CLEAR,
    )


def _series(scored: Scored, worse: Sequence[str]) -> list[Series]:
    record = {item.outcome: item for item in scored.thresholds}
    came, stated, base = [], [], []
    for name in worse:
        first = scored.outcomes.index(name)
        share, mean = scored.at_least(name), 100 * float(scored.pooled.chances[first:].sum())
        if scored.number is not None:  # one history came or did not: no interval
            share = replace(share, low=share.value, high=share.value)
        came.append(point(share, 100))
        stated.append(Point(mean, mean, mean))
        base.append(_base_rate(record[name]) if name in record else None)
    return [
        Series(came, _RUN, "o", "came to pass"),
        Series(stated, _CLASS, "s", "class mean"),
        Series(base, _RECORD, "D", "base rate of the record, with its 95% interval", 0.3, True),
    ]


def _base_rate(item: Threshold) -> Point:
    low, high = item.record
    return Point(100 * item.chances["record"], 100 * low, 100 * high)


def _or_worse(name: str, scored: Scored) -> str:
    return name if name == scored.outcomes[-1] else f"{name}\nor worse"
