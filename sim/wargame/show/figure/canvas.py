"""A blank sheet for a figure: title, footer, colours."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from wargame.engine.results import NOTE, Results
from wargame.show.figure.style import PALE
from wargame.show.words import capital

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
