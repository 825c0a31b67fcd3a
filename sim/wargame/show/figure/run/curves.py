"""Curves over the turns: rungs reached, first acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wargame.analysis.estimates import statistics
from wargame.analysis.estimates.uncertainty import split_reached
from wargame.engine.results import RUNG_AXIS, Results
from wargame.show.figure.axes import date_axis, percent_axis
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.figure.run.labels import end_labels, short
from wargame.show.percentages import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DASHES: dict[int, tuple[int, tuple[float, ...]]] = {
    2: (0, (1, 1.2)),
    3: (0, (4, 1.2)),
    4: (0, (7, 1.5)),
    5: (0, ()),
    6: (0, (5, 1, 1, 1)),
    7: (0, (3, 1, 1, 1, 1, 1)),
    8: (0, (1, 0.6)),
    9: (0, ()),
}


def draw_ladder(results: Results) -> Figure:
    """Draw how often each rung was reached by each turn."""
    figure = sheet(results, CAPTIONS["ladder"].title(results))
    axes = figure.add_axes((0.105, 0.22, 0.6, 0.61))
    reached, _ = statistics.at_or_above(results)
    floor = 0.5 / results.replications
    turns = np.arange(1, len(reached.value) + 1)
    ends: list[tuple[float, str, str]] = []
    for rung in range(2, 10 if results.scenario.world.nuclear else 9):
        at = RUNG_AXIS.index(rung)
        seen = reached.value[:, at] > 0
        label = f"{rung} {short(rung)}"
        if not seen.any():
            ends.append((0.0, f"{label}: none", COLOURS[rung]))
            continue
        axes.fill_between(
            turns[seen],
            np.maximum(reached.low[seen, at], floor),
            reached.high[seen, at],
            color=COLOURS[rung],
            alpha=0.18,
            lw=0,
        )
        if results.uncertainty and results.sharing > 1:
            part = split_reached(results, rung)
            low = np.maximum(part.from_low[seen], floor)
            axes.fill_between(turns[seen], low, part.to_high[seen], color=COLOURS[rung], alpha=0.1)
        axes.plot(
            turns[seen], reached.value[seen, at], color=COLOURS[rung], lw=1.6, ls=DASHES[rung]
        )
        end = float(np.log(reached.value[-1, at] / floor) / np.log(1.15 / floor))
        ends.append((end, label, COLOURS[rung]))
    axes.set_yscale("log")
    axes.set_ylim(floor, 1.15)
    percent_axis(axes.yaxis, floor)
    date_axis(axes, results)
    end_labels(axes, ends)
    axes.set_ylabel("share of histories (log scale)")
    axes.set_xlabel(f"turn of {results.scenario.turn_days} days, by its first day")
    axes.grid(axis="y")
    return figure


def draw_first_acts(results: Results) -> Figure:
    """Draw by when somebody had first acted on the upper rungs."""
    figure = sheet(results, CAPTIONS["first_acts"].title(results))
    axes = figure.add_axes((0.105, 0.22, 0.6, 0.61))
    turns = np.arange(1, results.scenario.turns + 1)
    ends: list[tuple[float, str, str]] = []
    top = 0.0
    for level, curve in statistics.first_acts(results).items():
        axes.fill_between(
            turns, curve.low, curve.high, color=COLOURS[level], alpha=0.18, lw=0, step="mid"
        )
        axes.plot(
            turns,
            curve.value,
            color=COLOURS[level],
            lw=1.6,
            ls=DASHES[level],
            drawstyle="steps-mid",
        )
        end = float(curve.value[-1])
        ends.append((end, f"{level} {short(level)}\nor above: {percent(end)}", COLOURS[level]))
        top = max(top, float(curve.high[-1]))
    axes.set_ylim(0, min(1.0, top * 1.08) or 1.0)
    ceiling = axes.get_ylim()[1]
    end_labels(axes, [(share / ceiling, text, colour) for share, text, colour in ends])
    percent_axis(axes.yaxis)
    date_axis(axes, results)
    axes.set_ylabel("share of histories so far")
    axes.set_xlabel(f"turn of {results.scenario.turn_days} days, by its first day")
    axes.grid(axis="y")
    return figure
