"""The figure of the odds over a history; nothing is computed here but places on paper."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wargame.classroom.futures.curve import Curve
from wargame.classroom.futures.curve_tables import decisive_turns
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.ladder import WAR, WATCHED, name_rung, outcome_of
from wargame.show.chances import brief
from wargame.show.figure.axes import date_axis
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.style import INK, PALE
from wargame.show.percentages import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = {4: "-", 5: "--", 6: "-", 8: (0, (1, 1))}
_WIDTHS = {4: 1.3, 5: 1.5, 6: 2.2, 8: 1.8}


def curve_figures(curve: Curve, run: Results, history: Results) -> Figures:
    """Return the odds over a history, with what happened below: ``odds-<number>``.

    Parameters
    ----------
    run : Results
        Of the run, for the footer.
    history : Results
        Of this history alone.
    """
    return {f"odds-{history.first}": partial(_curve, curve, run, history)}


def _curve(curve: Curve, run: Results, history: Results) -> Figure:
    figure = sheet(run, _title(curve, history), 4.6)
    axes = figure.add_axes((0.105, 0.42, 0.7, 0.42))
    below = figure.add_axes((0.105, 0.2, 0.7, 0.17), sharex=axes)
    moments = curve.turns - 0.5  # the start of turn 1 lies left of its middle
    for place, level in enumerate(WATCHED):
        colour = COLOURS[level]
        axes.fill_between(
            moments, curve.low[:, place], curve.high[:, place], color=colour, alpha=0.15, lw=0
        )
        axes.plot(
            moments,
            curve.reached[:, place],
            color=colour,
            ls=_DASHES[level],
            lw=_WIDTHS[level],
        )
    _label_starts(axes, [curve.share(0, level) for level in WATCHED])
    for turn in curve.decisive:
        for area in (axes, below):
            area.axvspan(turn - 0.5, curve.stretch(turn)[1] + 0.5, color="#e9e2c8", lw=0, zorder=0)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_ylabel("futures that reach it")
    axes.grid(axis="y")
    axes.tick_params(labelbottom=False)
    peaks = history.turn_peak[:, 0]
    for turn, peak in enumerate(peaks.tolist(), 1):
        if peak > 0:
            below.vlines(turn, 0, peak, color=COLOURS[peak], lw=2.4)
    below.set_ylim(0, 9)
    below.set_yticks([0, 3, 6, 9])
    below.set_ylabel("worst act\n(rung)")
    below.grid(axis="y")
    date_axis(below, run)
    figure.text(0.83, 0.28, "shaded: the turns that\nmoved the odds most", fontsize=7, color=PALE)
    return figure


def _label_starts(axes: Axes, starts: list[Estimate]) -> None:
    """Name the lines right of the frame, in the order in which they start, well apart."""
    ranked = sorted(zip(starts, WATCHED, strict=True), key=lambda end: (-end[0].count, end[1]))
    for place, (share, level) in enumerate(ranked):
        meaning = textwrap.fill(name_rung(level), 20)
        axes.annotate(
            f"rung {level} or above,\n{meaning}\n(at first {brief(share)})",
            (1.02, 1.0 - 0.29 * place),
            xycoords="axes fraction",
            va="top",
            fontsize=7,
            color=COLOURS[level] if level != WAR else INK,
        )


def _title(curve: Curve, history: Results) -> str:
    outcome = outcome_of(int(history.table["peak"][0]))
    if not curve.decisive:
        return f"History {history.first} ends as {outcome}; no single turn moved the odds much"
    most = max(curve.decisive, key=curve.moved)
    alone = replace(curve, decisive=(most,))
    moved = f"{decisive_turns(alone)} changed how {percent(curve.moved(most))} of futures end"
    if len(curve.decisive) > 1:
        moved = f"{decisive_turns(curve)} moved the odds most; {moved}"
    return f"History {history.first} ends as {outcome}: {moved}"
