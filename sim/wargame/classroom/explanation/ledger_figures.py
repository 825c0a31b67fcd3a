"""Figures of the perception ledger: of a run, and of one history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wargame.classroom.explanation.ledger import Ledger
from wargame.classroom.history.history import History
from wargame.engine.decision import Met
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.ladder import name_rung
from wargame.show.chances import about
from wargame.show.figure.axes import date_axis, percent_axis
from wargame.show.figure.canvas import COLOURS, sheet
from wargame.show.figure.files import Figures
from wargame.show.figure.forest import forest
from wargame.show.figure.series import Point, Series, point
from wargame.show.figure.style import INK, PALE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ABOVE, _BELOW = "#D55E00", "#0072B2"


def ledger_figures(ledger: Ledger) -> Figures:
    """Return how often each actor's answers followed an act read too high or too low."""
    return {"ledger": partial(_ledger, ledger)}


def _ledger(ledger: Ledger) -> Figure:
    names = {actor: item.name for actor, item in ledger.results.scenario.actors.items()}
    level = ledger.decisive.level
    rows = [(names[actor], readings) for actor, readings in ledger.by_actor.items()]
    rows += [("all answers", ledger.whole)]
    rows += [(f"the answer that\nfirst reached rung {level}", ledger.decisive.readings)]
    height = 1.9 + 0.36 * len(rows)
    figure = sheet(ledger.results, _ledger_title(ledger), height)
    axes = figure.add_axes((0.29, 0.95 / height, 0.66, 1 - 1.65 / height))
    above = [_point(readings.above) for _, readings in rows]
    below = [_point(readings.below) for _, readings in rows]
    labels = [f"{name} (n = {readings.total:,})" for name, readings in rows]
    series = [Series(above, _ABOVE, "^", shift=-0.13), Series(below, _BELOW, "v", shift=0.13)]
    forest(axes, labels, series)
    axes.axhline(len(rows) - 2.5, color="#b5b5b5", lw=0.9)
    axes.set_xlim(left=0)
    percent_axis(axes.xaxis)
    axes.set_xlabel("share of answers, with 95% interval")
    figure.text(
        0.29,
        1 - 0.62 / height,
        "▲ the act was read as graver than it was",
        fontsize=8,
        color=_ABOVE,
    )
    figure.text(0.68, 1 - 0.62 / height, "▼ as milder", fontsize=8, color=_BELOW)
    return figure


def belief_figures(history: History, run: Results) -> Figures:
    """Return truth against belief in one history: what acts were, and how they were read.

    Parameters
    ----------
    run : Results
        For the footer.
    """
    return {f"beliefs-{history.number}": partial(_beliefs, history, run)}


def _beliefs(history: History, run: Results) -> Figure:
    actors = [actor for actor in history.scenario.actor_ids if _met(history, actor)]
    figure = sheet(run, _beliefs_title(history), 1.35 + 0.95 * max(1, len(actors)))
    height = figure.get_size_inches()[1]
    for place, actor in enumerate(actors):
        bottom = (0.72 + 0.95 * (len(actors) - 1 - place)) / height
        axes = figure.add_axes((0.17, bottom, 0.79, 0.78 / height))
        for met in _met(history, actor):
            across = met.turn + 0.2 * (met.link - 1)
            axes.plot([across] * 2, [met.trigger, met.perceived], color=PALE, lw=0.8)
            axes.plot(across, met.trigger, "_", color=INK, ms=9, mew=1.6)
            colour = COLOURS[5] if met.misread > 0 else _BELOW if met.misread < 0 else PALE
            axes.plot(
                across,
                met.perceived,
                "^" if met.misread > 0 else "v" if met.misread < 0 else "o",
                color=colour,
                mfc=colour if met.answers else "white",
                ms=5,
            )
        axes.set_ylim(-2.8, max(7, history.peak) + 0.8)
        axes.set_yticks([0, 3, 6])
        axes.set_ylabel(
            history.scenario.actors[actor].name.replace(" ", "\n"),
            rotation=0, ha="right", va="center", fontsize=8,
        )  # fmt: skip
        axes.grid(axis="y")
        date_axis(axes, run)
        axes.tick_params(labelbottom=place == len(actors) - 1)
    figure.text(
        0.17,
        1 - 0.6 / height,
        "bar: the rung it was   ▲ read as graver   ▼ as milder   ● as it was   "
        "hollow: not answered",
        fontsize=7.5,
        color=PALE,
    )
    return figure


def _point(share: Estimate | None) -> Point | None:
    return None if share is None else point(share)


def _met(history: History, actor: str) -> list[Met]:
    return [met for met in history.meetings if met.actor == actor]


def _ledger_title(ledger: Ledger) -> str:
    decisive = ledger.decisive
    above = decisive.readings.above
    if above is None:
        return f"No answer that was meant first reached rung {decisive.level} in these histories"
    meaning = name_rung(decisive.level)
    return (
        f"Where an answer first reached rung {decisive.level} ({meaning}), it "
        f"followed an act read as graver than it was in {about(above)} cases"
    )


def _beliefs_title(history: History) -> str:
    wrong = sum(met.misread != 0 for met in history.meetings)
    return (
        f"History {history.number}: {wrong} of {len(history.meetings)} readings of an act were "
        "nearer to another rung than to the true one"
    )
