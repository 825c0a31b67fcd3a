"""A blank sheet for a figure: title, footer, colours, date axis; and writing it to disk."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import NOTE, Results
from wargame.show.words import capital

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, PALE = "#222222", "#6b6b6b"
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

_RC = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,  # a scenario's dollar signs are dollar signs
    "axes.edgecolor": "#b5b5b5",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "axes.axisbelow": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "wargame",
    "svg.fonttype": "path",
    "path.simplify": True,
}


@contextmanager
def style() -> Iterator[None]:
    """Hold this project's settings while figures are made and written."""
    import matplotlib as mpl

    with mpl.rc_context(_RC):  # type: ignore[arg-type]
        yield


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


class Writer:
    """Writes figures as PNG (300 dpi) and SVG; the same figure gives the same bytes.

    Pictures are compressed in a second thread while the next figure is drawn.

    Parameters
    ----------
    folder : Path
        There already.

    Attributes
    ----------
    paths : list of Path
        What was written, whole once the context is left.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self._pool = ThreadPoolExecutor(1)
        self._waiting: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._pool.shutdown()
        if error is None:
            for future in self._waiting:
                future.result()

    def write(self, figure: Figure, name: str) -> None:
        """Write a figure under a name without ending.

        Raises
        ------
        OSError
            Now, or for the picture when the context is left.
        """
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        png, svg = self.folder / f"{name}.png", self.folder / f"{name}.svg"
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": "wargame"})
        figure.set_dpi(300)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())
        self._waiting.append(self._pool.submit(_compress, pixels, png))
        self.paths += [png, svg]


def _compress(pixels: NDArray[np.uint8], path: Path) -> None:
    from PIL import Image

    picture = Image.fromarray(pixels).convert("RGB")
    picture.save(path, "PNG", compress_level=1, dpi=(300, 300))
