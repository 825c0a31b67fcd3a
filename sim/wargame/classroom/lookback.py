"""After a game: what it was in truth, where it turned, what might have been, how common it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.pairs import Difference, share_difference
from wargame.analysis.statistics import outcome_of
from wargame.classroom.history import relive
from wargame.classroom.narrative import Story, join_words, tell
from wargame.classroom.odds import Moment, futures_of
from wargame.classroom.play import Game, menu_of
from wargame.engine import ensemble
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import Results, Share, share_of
from wargame.errors import UsageError
from wargame.scenario.schema import OUTCOMES, RUNGS

__all__ = ["LEVEL", "Alternative", "Lookback", "look_back"]

DECISIVE = 3
"""Turns looked at more closely."""

LEVEL = 6
"""The rung whose odds a what-if compares: a lethal clash or worse."""

_STEP_DOWN = {
    MODEL: "one_lower",
    "one_higher": "match",
    "match": "one_lower",
    "one_lower": HOLD,
    HOLD: "match",  # there is nothing below it
}


@dataclass(frozen=True)
class Alternative:
    """One decision of a game changed, the luck of its turn the same.

    Attributes
    ----------
    turn : int
    actor : str
    was, instead : Order
    before, after : Share
        Of futures that reach `LEVEL`, the past included.
    difference : Difference
        After less before, paired.
    """

    turn: int
    actor: str
    was: Order
    instead: Order
    before: Share
    after: Share
    difference: Difference


@dataclass(frozen=True)
class Lookback:
    """A finished game looked back on.

    Attributes
    ----------
    game : Game
    story : Story
        With the truth about every act.
    results : Results
        The game alone.
    shift : ndarray, shape (turn,)
        Share of futures whose outcome class would have to change to get from the odds at a turn's
        start to those at its end, 0..1.
    decisive : tuple of int
        The turns that moved the odds most, in order of time.
    alternatives : tuple of Alternative
    others : Results
        Histories of the same scenario led by the model on all sides.
    """

    game: Game
    story: Story
    results: Results
    shift: NDArray[np.float64]
    decisive: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    others: Results


def look_back(
    game: Game,
    futures: int = 1000,
    histories: int = 10_000,
    on_progress: Callable[[int, int], None] | None = None,
) -> Lookback:
    """Look back on a finished game.

    Parameters
    ----------
    game : Game
    futures : int
        At the start of each turn, and in each arm of a what-if.
    histories : int
        To set the game beside.
    on_progress : callable, optional
        Called with (done, total) turns.

    Raises
    ------
    UsageError
        If the game is not over.
    """
    if not game.over:
        raise UsageError("the game is not over: its debrief would tell how it goes on. Play on.")
    scenario, seed = game.scenario, game.setup.seed
    alone = ensemble.run(scenario, 1, seed, orders=game.orders)
    last = int(alone.table["turns"][0])
    peaks = []
    for snapshot in ensemble.take_snapshots(game.chunk, range(1, last + 1)):
        moment = Moment(scenario, seed, -1, snapshot)
        peaks.append(futures_of(moment, futures).table["peak"])
        if on_progress is not None:
            on_progress(snapshot.turn, last)
    peaks.append(np.full(futures, alone.table["peak"][0]))
    shift = _shifts(peaks)
    ranked = sorted(range(1, last + 1), key=lambda turn: (-shift[turn - 1], turn))[:DECISIVE]
    others = ensemble.run(scenario, histories, seed, acts_kept=0)
    players = game.setup.players
    return Lookback(
        game=game,
        story=_tell(game, alone, others),
        results=alone,
        shift=shift,
        decisive=tuple(sorted(turn for turn in ranked if shift[turn - 1] > 0)),
        alternatives=tuple(
            _change(game, turn, players[place % len(players)], peaks[turn])
            for place, turn in enumerate(sorted(ranked))
        ),
        others=others,
    )


def _shifts(peaks: list[NDArray[np.int8]]) -> NDArray[np.float64]:
    tops = np.array(list(OUTCOMES.values()))
    classes = [np.bincount(np.searchsorted(tops, peak), minlength=len(tops)) for peak in peaks]
    shares = np.array(classes) / len(peaks[0])
    shift: NDArray[np.float64] = np.abs(np.diff(shares, axis=0)).sum(axis=1) / 2
    return shift


def _tell(game: Game, alone: Results, others: Results) -> Story:
    story = tell(relive(alone, 0, game.orders), others)
    names = join_words([game.scenario.actors[player].name for player in game.setup.players])
    peak = int(alone.table["peak"][0])
    opening = (
        f"Your game as it was in truth, with {names} led by you. It ended as {outcome_of(peak)}: "
        f"its worst moment was rung {peak}, {RUNGS[peak]}.",
    )
    weeks = tuple(
        replace(
            week, lines=tuple(replace(line, text=_yours(line.text, game)) for line in week.lines)
        )
        for week in story.weeks
    )
    title = f"{game.scenario.title}: your game"
    return replace(story, title=title, opening=opening, weeks=weeks)


def _yours(text: str, game: Game) -> str:
    """Say whose order it was where a player opened."""
    for player in game.setup.players:
        name = game.scenario.actors[player].name
        text = text.replace(f"{name} acts as it was set to", f"{name} acts on your order")
    return text


def _change(game: Game, turn: int, actor: str, before: NDArray[np.int8]) -> Alternative:
    """Play one turn again with another order, on the same draws, and its futures from there."""
    was, instead, futures = game.orders[turn, actor], _another(game, turn, actor), len(before)
    orders = {key: order for key, order in game.orders.items() if key[0] <= turn}
    chunk = replace(game.chunk, orders={**orders, (turn, actor): instead})
    if turn < game.scenario.turns:
        snapshot = ensemble.take_snapshot(chunk, turn + 1)
        moment = Moment(game.scenario, game.setup.seed, -1, snapshot)
        after = futures_of(moment, futures).table["peak"]
    else:
        after = np.full(futures, ensemble.run_chunk(chunk).table["peak"][0])
    one, other = before >= LEVEL, after >= LEVEL
    return Alternative(
        turn,
        actor,
        was,
        instead,
        share_of(int(one.sum()), futures),
        share_of(int(other.sum()), futures),
        share_difference(one, other),
    )


def _another(game: Game, turn: int, actor: str) -> Order:
    """Return the order to hold against the one given: a step down.

    What was opened with becomes a hold. If nothing was, an answer that was given becomes a lower
    one; if there was none, the least severe act on offer, where that is conciliatory.
    """
    was = game.orders[turn, actor]
    if was.opening not in (None, HOLD):
        return Order(HOLD, was.standing)
    answered = any(act.turn == turn and act.provoker for act in game.seen_by(actor))
    then = Game(game.setup, {key: game.orders[key] for key in game.orders if key[0] < turn})
    offered = set(then.offers[actor])
    least = next((item for item in menu_of(game.scenario, actor) if item.id in offered), None)
    if not answered and least is not None and least.rung < 0:
        return Order(least.id, was.standing)
    return Order(HOLD, _STEP_DOWN[was.standing])
