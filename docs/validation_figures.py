"""Figures of the validation page that no command draws."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from wargame.analysis.record.evidence import Evidence
from wargame.findings import Estimate
from wargame.scenario import library
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.style import INK, PALE

LEFT = ("patterns", datetime.date(1996, 1, 1), datetime.date(2010, 12, 31))
RIGHT = ("holdout", datetime.date(2011, 1, 1), datetime.date(2024, 10, 31))
"""Part of the hindcast, first and last day; the list of clashes starts in 1996."""

CONSTANT, SWITCH = "#D55E00", "#0072B2"
SIGNS = {"spiral": ("#D55E00", "o"), "deterrence": ("#0072B2", "s")}
LETHAL = 6


def draw_lethal(found: Mapping[str, Evidence]) -> Figure:
    """Draw lethal clashes counted up over the years: the record, the model, the switch."""
    counts = [len(clash_days(*span)) for _, *span in (LEFT, RIGHT)]
    title = (
        f"{counts[0]} lethal clashes in 1996-2010, {counts[1] or 'none'} since: "
        "a constant rate hardly gives both"
    )
    histories = len(found["patterns"].simulated.peaks)
    footer = (
        f"history scenarios: {histories:,} histories, seed 1; bands hold 95% of histories, "
        "lines their mean"
    )
    figure = blank_sheet(title, footer, height=3.6)
    left = figure.add_axes((0.08, 0.2, 0.42, 0.58))
    right = figure.add_axes((0.55, 0.2, 0.42, 0.58), sharey=left)
    for axes, (part, first, last) in ((left, LEFT), (right, RIGHT)):
        draw_band(axes, found[part], first, last, CONSTANT, "model, constant rate")
        if part == "holdout":
            draw_band(axes, found["regime"], first, last, SWITCH, "switch of regime")
        draw_record(axes, first, last)
        axes.set_title(f"{first.year}-{last.year}", fontsize=9, loc="left")
        axes.set_xlim(first, last)
        axes.set_ylim(bottom=0)
        axes.legend(loc="upper left", fontsize=7, frameon=False, labelcolor=PALE)
    left.set_ylabel("lethal clashes so far")
    return figure


def draw_band(
    axes: Any, part: Evidence, first: datetime.date, last: datetime.date, colour: str, label: str
) -> None:
    """Draw how lethal weeks add up in simulated histories of some years."""
    weeks = (last - first).days // 7
    lethal = (part.simulated.peaks[:, -weeks:] >= LETHAL).cumsum(axis=1)
    days = [first + datetime.timedelta(days=7 * week) for week in range(lethal.shape[1])]
    low, high = np.percentile(lethal, (2.5, 97.5), axis=0, method="inverted_cdf")
    axes.fill_between(days, low, high, color=colour, alpha=0.18, lw=0)
    axes.plot(days, lethal.mean(axis=0), color=colour, lw=1.4, label=label)


def draw_record(axes: Any, first: datetime.date, last: datetime.date) -> None:
    """Draw how the recorded ones add up."""
    days = clash_days(first, last)
    steps = [first, *days, last]
    totals = [*range(len(days) + 1), len(days)]
    axes.step(
        steps, totals, where="post", color=INK, lw=2, label="the record", clip_on=False, zorder=5
    )


def clash_days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the days of the recorded lethal clashes between two days."""
    days = [
        datetime.date.fromisoformat(row["start_date"])
        for row in library.table("korea_clashes_handcoded")
        if int(row["peak_rung"]) >= LETHAL
    ]
    return sorted(day for day in days if first <= day <= last)


def draw_settings(
    rows: Sequence[tuple[str, Mapping[tuple[str, int], Estimate]]],
    title: str,
    footer: str,
) -> Figure:
    """Draw what two theories change, for each length of turn and history."""
    levels = sorted({level for _, gaps in rows for _, level in gaps})
    figure = blank_sheet(title, footer, height=3.2)
    for number, level in enumerate(levels):
        axes = figure.add_axes((0.36 + number * 0.32, 0.27, 0.29, 0.47))
        axes.axvline(0, color=PALE, lw=1)
        for shift, (name, (colour, marker)) in zip((-0.14, 0.14), SIGNS.items(), strict=True):
            for place, (_, gaps) in enumerate(rows):
                gap = gaps[name, level]
                ends = [100 * gap.low, 100 * gap.high]
                axes.plot(ends, [place + shift] * 2, color=colour, lw=1.4)
                label = name if place == 0 else None
                middle = 100 * gap.value
                axes.plot(middle, place + shift, marker, ms=5, color=colour, label=label)
        axes.set_title(f"rung {level} or above", fontsize=9, loc="left")
        axes.set_yticks(range(len(rows)), [label for label, _ in rows] if number == 0 else [])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0, labelsize=7.5)
        axes.grid(axis="x")
        axes.set_xlabel("percentage points against the baseline", fontsize=7.5)
    handles, names = figure.axes[0].get_legend_handles_labels()
    figure.legend(
        handles, names, loc="upper left", bbox_to_anchor=(0.01, 0.86), fontsize=7.5,
        frameon=False, ncols=2,
    )  # fmt: skip
    return figure
