"""Axes of a figure: dates along the turns, shares in percent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.engine.results import Results

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis


def date_axis(axes: Axes, results: Results, labels: int = 8) -> None:
    """Label the horizontal axis of turns with dates.

    Parameters
    ----------
    axes : Axes
        Its horizontal unit is the turn, 1 the first.
    labels : int
        About how many dates.
    """
    scenario = results.scenario
    turns = scenario.turns
    step = max(1, round(turns / labels))
    ticks = list(range(1, turns + 1, step))
    names, year = [], None
    for turn in ticks:
        day = scenario.date_of(turn)
        names.append(f"{day.day} {day:%b}" + (f"\n{day.year}" if day.year != year else ""))
        year = day.year
    axes.set_xticks(ticks, names)
    axes.set_xlim(0.5 if turns < 3 else 1 - turns * 0.01, turns + turns * 0.01)


def percent_axis(axis: Axis, floor: float | None = None) -> None:
    """Label an axis of shares in percent.

    Parameters
    ----------
    floor : float, optional
        The axis is logarithmic and begins here; else it is left as it is.
    """
    if floor is None:
        axis.set_major_formatter(lambda value, _: f"{100 * value:g}%")
        return
    ticks = [10.0**power for power in range(-8, 1) if 10.0**power >= floor]
    axis.set_ticks(ticks, labels=[f"{100 * tick:g}%" for tick in ticks])
    axis.set_ticks([], minor=True)
