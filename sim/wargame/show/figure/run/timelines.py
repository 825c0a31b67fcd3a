"""Sample histories as timelines: actors as rows, acts as marks by rung."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from wargame.analysis.estimates import statistics
from wargame.engine.results import Results
from wargame.scenario.ladder import name_rung
from wargame.show.figure.axes import date_axis
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKS: dict[str, tuple[range, str, float, int]] = {
    "conciliatory": (range(-2, 0), "v", 16, -1),
    "words, pressure": (range(0, 3), "|", 26, 2),
    "display": (range(3, 4), "o", 16, 3),
    "encroachment": (range(4, 5), "s", 24, 4),
    "use of force": (range(5, 6), "D", 32, 5),
    "lethal": (range(6, 8), "X", 58, 6),
    "war": (range(8, 10), "*", 110, 8),
}
"""Label -> rungs, marker, size in points squared, rung whose colour it takes."""


def draw_timelines(results: Results) -> Figure:
    """Draw six histories, from the mildest to the most severe."""
    figure = sheet(results, CAPTIONS["timelines"].title(results), 5.6)
    for place, history in enumerate(statistics.sample_histories(results)):
        row, column = divmod(place, 2)
        axes = figure.add_axes((0.115 + 0.455 * column, 0.715 - 0.26 * row, 0.415, 0.17))
        _draw_history(axes, results, int(history))
        axes.set_yticks(range(len(results.actors)), results.actors)
        axes.tick_params(labelleft=column == 0, left=False)
        axes.tick_params(labelsize=7, length=2)
        if row < 2:
            axes.set_xticklabels([])
    _legend(figure)
    return figure


def _look(rungs: range, marker: str, colour: int) -> tuple[str, str, float]:
    """Return face, edge and line width of a mark: gestures are hollow, hostile acts are full."""
    if rungs.stop <= 0:
        return "white", COLOURS[colour], 1.0
    return COLOURS[colour], COLOURS[colour] if marker == "|" else "white", 0.3 + (marker == "|")


def _draw_history(axes: Axes, results: Results, history: int) -> None:
    log = results.acts
    start, stop = np.searchsorted(log["replication"], [history, history + 1])
    turn, link = log["turn"][start:stop], log["link"][start:stop]
    actor, realised = log["actor"][start:stop], log["realised"][start:stop]
    across = turn + (link - 1) * 0.14  # a chain of answers reads from left to right
    for rungs, marker, size, colour in MARKS.values():
        at = (realised >= rungs.start) & (realised < rungs.stop)
        if at.any():
            face, edge, width = _look(rungs, marker, colour)
            paint: dict[str, Any] = {"facecolors": face, "edgecolors": edge}
            if marker == "|":
                paint = {"color": face}  # a mark that cannot be filled
            axes.scatter(
                across[at],
                actor[at],
                s=size,
                marker=marker,
                linewidths=width,
                **paint,
                clip_on=False,
                zorder=3 + size / 100,
            )
    slipped = log["accidental"][start:stop]
    if slipped.any():
        axes.scatter(
            across[slipped],
            actor[slipped],
            s=90,
            marker="o",
            facecolors="none",
            edgecolors=INK,
            linewidths=0.8,
            clip_on=False,
            zorder=6,
        )
    last = int(results.table["turns"][history])
    date_axis(axes, results, labels=4)
    if last < results.scenario.turns:
        axes.axvspan(last + 0.5, axes.get_xlim()[1], color="#e9e9e9", lw=0)
    axes.set_ylim(len(results.actors) - 0.4, -0.6)
    axes.hlines(
        range(len(results.actors)), *axes.get_xlim(), color="#e3e3e3", linewidth=0.6, zorder=1
    )
    for spine in axes.spines.values():
        spine.set_visible(False)
    peak = int(results.table["peak"][history])
    name = textwrap.shorten(name_rung(peak), 34, placeholder="...")
    axes.set_title(f"history {history}: peak {peak}, {name}", fontsize=8, loc="left", pad=3)


def _legend(figure: Figure) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for label, (rungs, marker, size, colour) in MARKS.items():
        face, edge, width = _look(rungs, marker, colour)
        span = f"{rungs.start} to {rungs.stop - 1}" if len(rungs) > 1 else f"{rungs.start}"
        handles.append(
            Line2D(
                [],
                [],
                ls="",
                marker=marker,
                ms=size**0.5,
                mfc=face,
                mec=edge,
                mew=width,
                label=f"{label} ({span})",
            )
        )
    handles.append(
        Line2D([], [], ls="", marker="o", ms=9, mfc="none", mec=INK, mew=0.8, label="accidental")
    )
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.1, 0.06),
        ncols=4,
        fontsize=7,
        frameon=False,
        labelcolor=PALE,
        handletextpad=0.2,
        columnspacing=1.2,
    )
