"""Shares of the histories as points: outcomes, and who used force first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wargame.analysis.estimates import statistics
from wargame.analysis.estimates.intervals import zero_bound
from wargame.analysis.estimates.uncertainty import split_outcomes
from wargame.analysis.record.base_rates import base_rates
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.show.chances import about
from wargame.show.figure.axes import percent_axis
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.forest import forest
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.figure.series import Point, Series, point
from wargame.show.figure.style import PALE
from wargame.show.percentages import percent, span

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_outcomes(results: Results) -> Figure:
    """Draw how often each outcome came, beside the record."""
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
        simulated.append(share_point(share, colour=colour, band=band))
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


def share_point(share: Estimate, **look: Any) -> Point:
    """Return a share as a point with its words; one never seen as an upper limit."""
    if share.count == 0 and "band" in look:
        return Point(0, 0, zero_bound(int(share.n)), about(share), limit=True, **look)
    words = f"{about(share)} ({span(share.low, share.high)})" if share.count else about(share)
    return point(share, text=words, **look)


def draw_crossers(results: Results) -> Figure:
    """Draw who used force first."""
    height = 4.2 + 0.19 * max(0, len(results.actors) - 12)
    figure = sheet(results, CAPTIONS["crossers"].title(results), height)
    axes = figure.add_axes((0.19, 0.84 / height, 0.44, 1 - 1.512 / height))
    shares = statistics.crossers(results, 5)
    actors = sorted(results.actors, key=lambda actor: -shares[actor].count)
    points = [share_point(shares[actor]) for actor in actors]
    points += [share_point(shares[who], colour=PALE, marker="s") for who in ("several", "nobody")]
    names = [results.scenario.actors[actor].name for actor in actors]
    axes.set_xlim(0, max(0.01, 1.06 * max(share.high for share in shares.values())))
    rows = [*names, "several at once", "nobody"]
    forest(axes, rows, [Series(points, COLOURS[5])], size=7)
    axes.axhline(len(names) - 0.5, color="#b5b5b5", lw=0.6)
    percent_axis(axes.xaxis)
    axes.set_xlabel("share of histories (lines: 95% intervals)")
    return figure
