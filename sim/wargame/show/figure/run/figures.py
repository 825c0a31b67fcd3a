"""Every figure of a run by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from wargame.engine.results import Results
from wargame.errors import one_of
from wargame.show.figure.files import Figures
from wargame.show.figure.run.answers import draw_answers
from wargame.show.figure.run.curves import draw_first_acts, draw_ladder
from wargame.show.figure.run.shares import draw_crossers, draw_outcomes
from wargame.show.figure.run.timelines import draw_timelines
from wargame.show.figure.style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


FIGURES: dict[str, Callable[[Results], Figure]] = {
    "outcomes": draw_outcomes,
    "ladder": draw_ladder,
    "first_acts": draw_first_acts,
    "crossers": draw_crossers,
    "answers": draw_answers,
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
    make = FIGURES[one_of("figure", name, FIGURES)]
    with style():
        return make(results)


def run_figures(results: Results) -> Figures:
    """Return every figure of a run, in the order of the report."""
    return {name: partial(make, results) for name, make in FIGURES.items()}
