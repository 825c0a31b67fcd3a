"""One figure a parameter: what was held possible before, and after the patterns spoke."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wargame.analysis.record.calibration import Marginal, Posterior
from wargame.scenario.parameters import Parameter
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.style import INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BINS = 30


def posterior_figures(posterior: Posterior, prior: Mapping[str, Parameter]) -> Figures:
    """Return a figure for every parameter: prior and posterior.

    Parameters
    ----------
    prior : mapping of str to Parameter
        Path -> its declared range.
    """
    return {
        f"parameter_{_plain(row.path)}": partial(_figure, posterior, row, prior[row.path])
        for row in posterior.marginals
    }


def _figure(posterior: Posterior, row: Marginal, prior: Parameter) -> Figure:
    low, high = prior.low or 0.0, prior.high or 0.0
    if row.informed:
        verdict = f"the patterns leave {row.shrinkage:.0%} of the range"
    else:
        verdict = "the patterns say little about it"
    footer = (
        f"{posterior.kept:,} of {posterior.draws:,} draws kept for {', '.join(posterior.patterns)}"
    )
    figure = blank_sheet(f"{row.path}: {verdict}", footer, height=3.0)
    axes = figure.add_axes((0.06, 0.27, 0.9, 0.56))
    axes.hist(
        posterior.samples[row.path],
        bins=np.linspace(low, high, _BINS + 1).tolist(),
        weights=posterior.weights,
        density=True,
        color="#56A0D3",
        label="after",
    )
    peak = 2.0 / (high - low)
    axes.plot([low, prior.value, high], [0, peak, 0], color=INK, lw=1.4, label="before")
    axes.axvline(row.posterior.value, color="#0b3d66", lw=1.4, ls="--", label="median after")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    return figure


def _plain(path: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in path)
