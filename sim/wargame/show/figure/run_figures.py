"""Figures from results and statistics; nothing is computed here but places on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wargame.analysis.estimates import answering, statistics
from wargame.analysis.estimates.intervals import zero_bound
from wargame.analysis.estimates.uncertainty import split_outcomes, split_reached
from wargame.analysis.record.base_rates import base_rates
from wargame.engine.results import RUNG_AXIS, Results
from wargame.errors import UnknownName
from wargame.findings import Estimate
from wargame.scenario.ladder import name_rung
from wargame.show.figure.canvas import COLOURS, Figures, date_axis, percent_axis, sheet
from wargame.show.figure.captions import CAPTIONS
from wargame.show.figure.forest import Point, Series, forest, point
from wargame.show.figure.style import INK, PALE, style
from wargame.show.figure.timelines import draw_timelines
from wargame.show.words import about, percent, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

_DASHES: dict[int, tuple[int, tuple[float, ...]]] = {
    2: (0, (1, 1.2)),
    3: (0, (4, 1.2)),
    4: (0, (7, 1.5)),
    5: (0, ()),
    6: (0, (5, 1, 1, 1)),
    7: (0, (3, 1, 1, 1, 1, 1)),
    8: (0, (1, 0.6)),
    9: (0, ()),
}


def _outcomes(results: Results) -> Figure:
    figure = sheet(results, CAPTIONS["outcomes"].title(results))
    axes = figure.add_axes((0.155, 0.2, 0.475, 0.64))
    shares = results.outcomes()
    floor = 0.3 / results.replications
    axes.set_xscale("log")
    axes.set_xlim(floor, 1.0)
    records = base_rates(results.scenario)
    parts = split_outcomes(results) if results.uncertainty and results.sharing > 1 else {}
    simulated: list[Point | None] = []
    recorded: list[Point | None] = []
    for row, (outcome, share) in enumerate(shares.items()):
        colour, band = COLOURS[min(9, row + 3)], None
        if outcome in parts and not np.isnan(parts[outcome].from_low):
            band = (float(parts[outcome].from_low), float(parts[outcome].to_high))
        simulated.append(_share(share, colour=colour, band=band))
        recorded.append(_record(records[outcome]) if outcome in records else None)
    record = Series(recorded, marker="D", shift=0.34, quiet=True)
    forest(axes, list(shares), [Series(simulated), record], size=7)
    axes.set_ylim(len(shares) - 0.35, -0.5)
    percent_axis(axes.xaxis, floor)
    lines = "lines: 95% intervals" + (", bands: over uncertain numbers" if parts else "")
    axes.set_xlabel(f"share of histories, log scale ({lines})")
    return figure


def _record(rate: Estimate) -> Point:
    return point(rate, text=f"record: {percent(rate.value)} ({span(rate.low, rate.high)})")


def _share(share: Estimate, **look: Any) -> Point:
    """Return a share as a point with its words; one never seen as an upper limit."""
    if share.count == 0 and "band" in look:
        return Point(0, 0, zero_bound(int(share.n)), about(share), limit=True, **look)
    words = f"{about(share)} ({span(share.low, share.high)})" if share.count else about(share)
    return point(share, text=words, **look)


def _ladder(results: Results) -> Figure:
    figure = sheet(results, CAPTIONS["ladder"].title(results))
    axes = figure.add_axes((0.105, 0.22, 0.6, 0.61))
    reached, _ = statistics.at_or_above(results)
    floor = 0.5 / results.replications
    turns = np.arange(1, len(reached.value) + 1)
    ends: list[tuple[float, str, str]] = []
    for rung in range(2, 10 if results.scenario.world.nuclear else 9):
        at = RUNG_AXIS.index(rung)
        seen = reached.value[:, at] > 0
        label = f"{rung} {_short(rung)}"
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
            turns[seen], reached.value[seen, at], color=COLOURS[rung], lw=1.6, ls=_DASHES[rung]
        )
        end = float(np.log(reached.value[-1, at] / floor) / np.log(1.15 / floor))
        ends.append((end, label, COLOURS[rung]))
    axes.set_yscale("log")
    axes.set_ylim(floor, 1.15)
    percent_axis(axes.yaxis, floor)
    date_axis(axes, results)
    _end_labels(axes, ends)
    axes.set_ylabel("share of histories (log scale)")
    axes.set_xlabel(f"turn of {results.scenario.turn_days} days, by its first day")
    axes.grid(axis="y")
    return figure


def _short(rung: int) -> str:
    return name_rung(rung).split(",")[0]


def _end_labels(axes: Axes, ends: list[tuple[float, str, str]]) -> None:
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


def _first_acts(results: Results) -> Figure:
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
            ls=_DASHES[level],
            drawstyle="steps-mid",
        )
        end = float(curve.value[-1])
        ends.append((end, f"{level} {_short(level)}\nor above: {percent(end)}", COLOURS[level]))
        top = max(top, float(curve.high[-1]))
    axes.set_ylim(0, min(1.0, top * 1.08) or 1.0)
    ceiling = axes.get_ylim()[1]
    _end_labels(axes, [(share / ceiling, text, colour) for share, text, colour in ends])
    percent_axis(axes.yaxis)
    date_axis(axes, results)
    axes.set_ylabel("share of histories so far")
    axes.set_xlabel(f"turn of {results.scenario.turn_days} days, by its first day")
    axes.grid(axis="y")
    return figure


def _crossers(results: Results) -> Figure:
    height = 4.2 + 0.19 * max(0, len(results.actors) - 12)
    figure = sheet(results, CAPTIONS["crossers"].title(results), height)
    axes = figure.add_axes((0.19, 0.84 / height, 0.44, 1 - 1.512 / height))
    shares = statistics.crossers(results, 5)
    actors = sorted(results.actors, key=lambda actor: -shares[actor].count)
    points = [_share(shares[actor]) for actor in actors]
    points += [_share(shares[who], colour=PALE, marker="s") for who in ("several", "nobody")]
    names = [results.scenario.actors[actor].name for actor in actors]
    axes.set_xlim(0, max(0.01, 1.06 * max(share.high for share in shares.values())))
    rows = [*names, "several at once", "nobody"]
    forest(axes, rows, [Series(points, COLOURS[5])], size=7)
    axes.axhline(len(names) - 0.5, color="#b5b5b5", lw=0.6)
    percent_axis(axes.xaxis)
    axes.set_xlabel("share of histories (lines: 95% intervals)")
    return figure


def _answers(results: Results) -> Figure:
    table = answering.answers(results)
    height = max(3.2, 1.6 + 0.32 * len(table.triggers))
    figure = sheet(results, CAPTIONS["answers"].title(results), height)
    axes = figure.add_axes((0.33, 0.6 / height, 0.65, 1 - 1.6 / height))
    top = 9 if results.scenario.world.nuclear else 8
    shown = [at for at, rung in enumerate(table.columns) if rung <= top]
    picked = [*shown, len(table.columns)]
    if not table.triggers:
        axes.set_axis_off()
        axes.set_xlabel("nothing was met")
        axes.text(0.0, 0.5, "No act was aimed at anyone.", transform=axes.transAxes)
        return figure
    cells = table.share[:, picked]
    axes.imshow(cells, cmap="Greys", vmin=0, vmax=1.15, aspect="auto")
    for row, trigger in enumerate(table.triggers):
        for column, share in enumerate(cells[row]):
            if table.count[row, picked[column]]:
                ink = "white" if share > 0.55 else INK
                axes.text(
                    column, row, percent(share), ha="center", va="center", fontsize=7, color=ink
                )
        if trigger <= top:
            axes.add_patch(_outline(shown.index(table.columns.index(trigger)), row))
    names = [
        f"{_short(rung)}  {rung}  (n={total:,})"
        for rung, total in zip(table.triggers, table.total, strict=True)
    ]
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xticks(
        range(len(picked)), [*(str(table.columns[at]) for at in shown), "no\nanswer"], fontsize=8
    )
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel("rung of the answer; share of the acts met at each rung", fontsize=8)
    axes.axvline(len(shown) - 0.5, color=PALE, lw=0.8)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def _outline(column: int, row: int) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, ec=COLOURS[5], lw=1.4)


FIGURES: dict[str, Callable[[Results], Figure]] = {
    "outcomes": _outcomes,
    "ladder": _ladder,
    "first_acts": _first_acts,
    "crossers": _crossers,
    "answers": _answers,
    "timelines": draw_timelines,
}
"""Name -> function of results to a figure; to be called through `draw`, which holds the style."""


def draw(name: str, results: Results) -> Figure:
    """Draw one figure.

    Parameters
    ----------
    name : str
        One of `FIGURES`.

    Raises
    ------
    UnknownName
        When there is no figure of that name.
    """
    if name not in FIGURES:
        raise UnknownName("figure", name, FIGURES)
    with style():
        return FIGURES[name](results)


def run_figures(results: Results) -> Figures:
    """Return every figure of a run, in the order of the report."""
    return {name: partial(make, results) for name, make in FIGURES.items()}
