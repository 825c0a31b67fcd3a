"""When two ensembles on common draws first part: the turn from which their acts differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import Results
from wargame.findings import Estimate, share_of

NEVER = 0


@dataclass(frozen=True)
class Parting:
    """Where pairs of histories part.

    Attributes
    ----------
    never : Estimate
        Of the pairs looked at, those that never do.
    median, early, late : int or None
        Turn by which half, a tenth, and nine tenths of those that part have parted; None when
        none does.
    by_turn : ndarray of float64, shape (turn,)
        Share of all pairs that have parted by the end of each turn.
    """

    never: Estimate
    median: int | None
    early: int | None
    late: int | None
    by_turn: NDArray[np.float64]


def first_parting(first: Results, second: Results) -> NDArray[np.int64]:
    """Return the turn in which each pair of histories first differs, 0 for never.

    Parameters
    ----------
    first, second : Results
        On the same draws.

    Returns
    -------
    ndarray of int64, shape (replication,)
        Of the replications whose acts both kept. What counts is who did what, at what rung, in
        answer to whom, and the peak of each turn; how an act was read does not count until
        someone acts on it. Turns that only one scenario has do not count.
    """
    kept = min(first.acts_kept, second.acts_kept)
    turns = min(first.scenario.turns, second.scenario.turns)
    words = sorted({*first.actors, *second.actors})
    menus = sorted(
        {
            (actor, action)
            for results in (first, second)
            for actor, menu in results.menus.items()
            for action in menu
        }
    )
    rows = [_rows(results, kept, turns, words, menus) for results in (first, second)]
    apart = np.setxor1d(rows[0], rows[1], assume_unique=True)
    size = _row_size(len(words), len(menus))
    where = apart // size
    at = np.full(kept, turns + 1, dtype=np.int64)
    np.minimum.at(at, where // (turns + 1), where % (turns + 1))
    peaks = first.turn_peak[:turns, :kept] != second.turn_peak[:turns, :kept]
    at = np.minimum(at, np.where(peaks.any(axis=0), peaks.argmax(axis=0) + 1, turns + 1))
    at[at > turns] = NEVER
    return at


def _row_size(actors: int, actions: int) -> int:
    return 16 * actions * 16 * (actors + 1) * (actors + 1)


def _rows(
    results: Results, kept: int, turns: int, actors: list[str], actions: list[tuple[str, str]]
) -> NDArray[np.int64]:
    """Return each act as one number, the same for the same act in another ensemble."""
    log = results.acts
    mask = (log["replication"] - results.first < kept) & (log["turn"] <= turns)
    at = {name: log[name][mask].astype(np.int64) for name in log if name != "perceived"}
    actor_code = np.array([*(actors.index(name) for name in results.actors), len(actors)])
    number = {pair: code for code, pair in enumerate(actions)}
    longest = max(len(menu) for menu in results.menus.values())
    action_code = np.zeros((len(results.actors), longest), dtype=np.int64)
    for index, name in enumerate(results.actors):
        for column, action in enumerate(results.menus[name]):
            action_code[index, column] = number[name, action]
    row: NDArray[np.int64] = (at["replication"] - results.first) * (turns + 1) + at["turn"]
    for value, size in (
        (at["link"], 16),
        (action_code[at["actor"], at["action"]], len(actions)),
        (at["realised"] + 2, 16),
        (actor_code[at["provoker"]], len(actors) + 1),
        (actor_code[at["behalf"]], len(actors) + 1),
    ):
        row = row * size + value
    return row


def summarise_parting(turn: NDArray[np.int64], turns: int) -> Parting:
    """Return where pairs part, as shares and turns.

    Parameters
    ----------
    turn : ndarray of int64, shape (replication,)
        From `first_parting`.
    turns : int
        Of a history.
    """
    parted = turn[turn != NEVER]
    never = share_of(len(turn) - len(parted), len(turn))
    tally = np.bincount(parted, minlength=turns + 1)[1 : turns + 1]
    by_turn = tally.cumsum() / len(turn)
    if not len(parted):
        return Parting(never, None, None, None, by_turn)
    early, median, late = np.quantile(parted, (0.1, 0.5, 0.9), method="inverted_cdf")
    return Parting(never, int(median), int(early), int(late), by_turn)
