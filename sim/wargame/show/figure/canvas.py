"""A blank sheet for a figure: title, footer, colours, date axis; and writing it to disk."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import NOTE, Results
from wargame.errors import RecordError
from wargame.show.figure.style import PALE, style
from wargame.show.words import capital

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

Figures = Mapping[str, Callable[[], "Figure"]]
"""Name -> what makes the figure; `draw_all` calls it."""

DPI = 300
"""Of a PNG, unless something else is asked for."""
COLOURS: dict[int, str] = {
    -2: "#009E73",
    -1: "#009E73",
    1: "#8a8a8a",
    2: "#8a8a8a",
    3: "#56A0D3",
    4: "#C98A00",
    5: "#D55E00",
    6: "#8F1D5C",
    7: "#4B0B45",
    8: "#000000",
    9: "#000000",
}
"""Rung -> colour; after Okabe and Ito, darker with severity from rung 4 on."""


def sheet(results: Results, title: str, height: float = 4.2) -> Figure:
    """Return a figure with its title and footer; the axes are the caller's.

    Parameters
    ----------
    results : Results
        For the footer.
    title : str
        The sentence that the figure says.
    height : float
        Inches; the width is 7.
    """
    scenario = textwrap.shorten(results.scenario.title, 60, placeholder="...")
    drawn = "; parameters drawn" if results.uncertainty else ""
    footer = f"{scenario}: {results.replications:,} histories, seed {results.seed}{drawn}"
    return blank_sheet(title, footer, height)


def blank_sheet(title: str, footer: str, height: float = 4.2) -> Figure:
    """Return a figure with a title and a footer of one's own, above the standing note.

    Parameters
    ----------
    title : str
        The sentence that the figure says.
    footer : str
        Where its numbers come from, one line.
    height : float
        Inches; the width is 7.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, height), facecolor="white")
    FigureCanvasAgg(figure)
    figure.text(
        0.02,
        1 - 0.1 / height,
        textwrap.fill(title, 78, break_on_hyphens=False),
        fontsize=10.5,
        fontweight="bold",
        va="top",
        linespacing=1.3,
    )
    text = f"{footer}\n{capital(NOTE)}"
    figure.text(0.02, 0.08 / height, text, fontsize=7, color=PALE, linespacing=1.4)
    return figure


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


def draw_all(figures: Figures, folder: Path, dpi: int | None = None) -> list[Path]:
    """Draw figures as PNG and SVG; the same figure gives the same bytes.

    Pictures are compressed in a second thread while the next figure is drawn.

    Parameters
    ----------
    figures : mapping of str to callable
        Name without ending -> what makes the figure.
    folder : Path
        Made when it is missing.
    dpi : int, optional
        Of the PNG; `DPI` unless given.

    Returns
    -------
    list of Path
        The files, in the order of the figures.

    Raises
    ------
    RecordError
        When a file cannot be written.
    """
    waiting: list[Future[None]] = []
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with style(), ThreadPoolExecutor(1) as pool:
            for name, make in figures.items():
                png, svg = folder / f"{name}.png", folder / f"{name}.svg"
                pixels = _draw(make(), svg, dpi or DPI)
                waiting.append(pool.submit(_compress, pixels, png, dpi or DPI))
                paths += [png, svg]
        for future in waiting:
            future.result()
    except OSError as error:
        raise RecordError(
            f"{folder}: figures cannot be written there ({error.strerror or error}). "
            "Free some space or choose another place."
        ) from error
    return paths


def _draw(figure: Figure, svg: Path, dpi: int) -> NDArray[np.uint8]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": "wargame"})
    figure.set_dpi(dpi)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def _compress(pixels: NDArray[np.uint8], path: Path, dpi: int) -> None:
    from PIL import Image

    picture = Image.fromarray(pixels).convert("RGB")
    picture.save(path, "PNG", compress_level=1, dpi=(dpi, dpi))
