"""Results as tables for people and spreadsheets: one CSV text a table, in slices.

Numbers stay numbers, text that a spreadsheet would take for a formula is guarded, lines end
with a bare newline, and the same results give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates import answering, statistics
from wargame.engine.results import (
    AGREEMENT_ENDS,
    CRISIS_ENDS,
    REPLICATION_COLUMNS,
    RUNG_AXIS,
    Results,
)
from wargame.scenario.ladder import OUTCOMES, outcome_classes
from wargame.show.table import csv_text, guard
from wargame.store.parquet import SLICE

CELLS = 1_000_000
"""Most cells turned to text at a time."""

Rows = Iterable[Sequence[Any]]


def tables_of(results: Results) -> dict[str, Callable[[Results], Iterator[str]]]:
    """Return file name -> writer, for the tables that these results have."""
    return {
        name: writer
        for name, writer in TABLES.items()
        if name != "parameters.csv" or results.parameters
    }


def _text(header: Sequence[str], rows: Rows) -> str:
    return csv_text([[guard(name) for name in header], *rows])


def _sliced(
    header: Sequence[str], total: int, columns: Callable[[slice], list[list[Any]]]
) -> Iterator[str]:
    yield _text(header, ())
    step = max(1, min(SLICE, CELLS // len(header)))
    for start in range(0, total, step):
        yield csv_text(zip(*columns(slice(start, start + step)), strict=True))


def _number(value: float) -> float:
    return float(f"{value:.10g}")


def _names(labels: Sequence[Any]) -> NDArray[np.object_]:
    """Labels as an array to be picked from by index; -1 picks the last."""
    picked = np.empty(len(labels), dtype=object)
    picked[:] = [guard(label) if isinstance(label, str) else label for label in labels]
    return picked


def _dates(results: Results) -> NDArray[np.object_]:
    turns = range(results.scenario.turns + 1)
    return _names([results.scenario.date_of(turn).isoformat() for turn in turns])


def outcomes(results: Results) -> Iterator[str]:
    """Write a row an outcome."""
    yield _text(
        ("outcome", "rung", "count", "share", "low", "high"),
        (
            (name, OUTCOMES[name], share.count, *map(_number, (share.value, share.low, share.high)))
            for name, share in results.outcomes().items()
        ),
    )


def replications(results: Results) -> Iterator[str]:
    """Write a row a replication; an empty cell is "never"."""
    named = _names([*results.actors, "several", "nobody"])
    classes = _names(list(OUTCOMES))
    table = results.table

    def columns(rows: slice) -> list[list[Any]]:
        number = range(results.replications)[rows]
        cells: list[list[Any]] = [
            list(number),
            classes[outcome_classes(table["peak"][rows])].tolist(),
        ]
        for name in REPLICATION_COLUMNS:
            values = table[name][rows]
            if name.startswith("crosser_"):
                cells.append(named[values].tolist())
            elif name.startswith("first_"):
                cells.append([value or "" for value in values.tolist()])
            else:
                cells.append(values.tolist())
        return cells

    header = ("replication", "outcome", *REPLICATION_COLUMNS)
    yield from _sliced(header, results.replications, columns)


def turns(results: Results) -> Iterator[str]:
    """Write a row a turn and rung: who reached it when, and acts at that rung by actor."""
    reached, in_turn = statistics.at_or_above(results)
    dates = _dates(results)
    activity = results.activity / results.replications
    ends = ("", "_low", "_high")
    header = (
        "turn",
        "date",
        "rung",
        *(f"reached{end}" for end in ends),
        *(f"in_turn{end}" for end in ends),
        *(f"acts_{actor}" for actor in results.actors),
    )
    rows = (
        (
            turn + 1,
            dates[turn + 1],
            rung,
            *(
                _number(column[turn, at])
                for band in (reached, in_turn)
                for column in (band.value, band.low, band.high)
            ),
            *map(_number, activity[turn, :, at]),
        )
        for turn in range(len(results.turn_peak))
        for at, rung in enumerate(RUNG_AXIS)
    )
    yield _text(header, rows)


def acts(results: Results) -> Iterator[str]:
    """Write a row an act, with ids in place of indices; an empty cell is "none"."""
    log, scenario = results.acts, results.scenario
    actors = _names([*results.actors, ""])
    actions: list[str] = []
    targets: list[str] = []
    offsets: list[int] = []
    for actor in results.actors:
        offsets.append(len(actions))
        menu = {action.id: action for action in scenario.actors[actor].actions}
        actions += results.menus[actor]
        targets += ["+".join(sorted(menu[name].targets)) for name in results.menus[actor]]
    action_names, target_names = _names(actions), _names(targets)
    offset, dates = np.asarray(offsets, dtype=np.int64), _dates(results)
    truth = _names(["false", "true"])

    def columns(rows: slice) -> list[list[Any]]:
        at = {name: column[rows] for name, column in log.items()}
        done = offset[at["actor"]] + at["action"]
        perceived = np.round(at["perceived"].astype(np.float64), 4).tolist()
        answered = at["provoker"] >= 0
        trigger = np.where(answered, at["trigger"], 0).astype(object)
        trigger[~answered] = ""
        return [
            at["replication"].tolist(),
            at["turn"].tolist(),
            at["link"].tolist(),
            actors[at["actor"]].tolist(),
            action_names[done].tolist(),
            target_names[done].tolist(),
            at["intended"].tolist(),
            at["realised"].tolist(),
            actors[at["provoker"]].tolist(),
            ["" if value != value else value for value in perceived],
            truth[at["accidental"].astype(np.int8)].tolist(),
            trigger.tolist(),
            actors[at["behalf"]].tolist(),
            at["deaths"].tolist(),
            dates[at["turn"]].tolist(),
        ]

    header = (
        *("replication", "turn", "link", "actor", "action", "target", "intended", "realised"),
        *("provoker", "perceived", "accidental", "trigger", "behalf", "deaths", "date"),
    )
    yield from _sliced(header, len(log["turn"]), columns)


def answers(results: Results) -> Iterator[str]:
    """Write a row for each rung that was met and each rung of its answer, or none."""
    table = answering.answers(results)
    names = [*table.columns, "none"]
    header = ("trigger", "answer", "count", "met", "share", "low", "high")
    rows = (
        (
            *(trigger, name, int(table.count[row, at]), int(table.total[row])),
            *(_number(band[row, at]) for band in (table.share, table.low, table.high)),
        )
        for row, trigger in enumerate(table.triggers)
        for at, name in enumerate(names)
    )
    yield _text(header, rows)


def crises(results: Results) -> Iterator[str]:
    """Write a row a crisis."""
    log, ends = results.crises, _names(CRISIS_ENDS)
    dates = _dates(results)

    def columns(rows: slice) -> list[list[Any]]:
        opened, ended = log["opened"][rows], log["ended"][rows]
        length = ended.astype(np.int64) - opened + 1
        return [
            log["replication"][rows].tolist(),
            opened.tolist(),
            ended.tolist(),
            ends[log["how"][rows]].tolist(),
            length.tolist(),
            dates[opened].tolist(),
        ]

    header = ("replication", "opened", "ended", "how", "turns", "date")
    yield from _sliced(header, len(log["how"]), columns)


def agreements(results: Results) -> Iterator[str]:
    """Write a row an agreement."""
    log, ends = results.agreements, _names(AGREEMENT_ENDS)
    actors, dates = _names([*results.actors, ""]), _dates(results)  # the last stands for nobody

    def columns(rows: slice) -> list[list[Any]]:
        at = {name: column[rows] for name, column in log.items()}
        return [
            at["replication"].tolist(),
            at["made"].tolist(),
            actors[at["one"]].tolist(),
            actors[at["other"]].tolist(),
            at["ended"].tolist(),
            ends[at["how"]].tolist(),
            actors[at["breaker"]].tolist(),
            dates[at["made"]].tolist(),
        ]

    header = ("replication", "made", "one", "other", "ended", "how", "breaker", "date")
    yield from _sliced(header, len(log["how"]), columns)


def parameters(results: Results) -> Iterator[str]:
    """Write a row a draw of the uncertain numbers: its first replication, the value of each."""
    paths, draws = sorted(results.parameters), results.draws()

    def columns(rows: slice) -> list[list[Any]]:
        first = draws[rows]
        drawn = [
            [_number(value) for value in results.drawn(path, first).tolist()] for path in paths
        ]
        return [first.tolist(), *drawn]

    yield from _sliced(("replication", *paths), len(draws), columns)


TABLES: dict[str, Callable[[Results], Iterator[str]]] = {
    "outcomes.csv": outcomes,
    "replications.csv": replications,
    "turns.csv": turns,
    "acts.csv": acts,
    "answers.csv": answers,
    "crises.csv": crises,
    "agreements.csv": agreements,
    "parameters.csv": parameters,
}
"""File name -> writer of its text, slice by slice."""

TALL = frozenset({"replications.csv", "acts.csv", "crises.csv", "agreements.csv", "parameters.csv"})
"""Tables that grow with the replications."""
