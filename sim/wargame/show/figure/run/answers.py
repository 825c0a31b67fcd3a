"""The table of answers: the rung of an act, and of what it was met with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.analysis.estimates import answering
from wargame.engine.results import Results
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.figure.run.labels import short
from wargame.show.figure.style import INK, PALE
from wargame.show.percentages import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle


def draw_answers(results: Results) -> Figure:
    """Draw at which rung acts were answered."""
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
        f"{short(rung)}  {rung}  (n={total:,})"
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
