"""After a game: what it was in truth, where it turned, what might have been, how common it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.pairs import Difference, share_difference
from wargame.analysis.statistics import outcome_of
from wargame.classroom.history import relive
from wargame.classroom.narrative import Story, join_words, tell
from wargame.classroom.odds import Curve, Moment, futures_of, trace
from wargame.classroom.play import Game, menu_of
from wargame.engine import chunks, ensemble, snapshots
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import Results, Share, share_of
from wargame.errors import UsageError
from wargame.scenario.schema import RUNGS

__all__ = ["Alternative", "Lookback", "look_back"]

ALTERNATIVES = 3
"""How many what-ifs a debrief has."""

LEAST_LEVEL = 4
"""The rung whose odds the what-ifs of a calm game compare; otherwise it is the game's worst."""

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
        Of futures that reach the look back's level, the past included.
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
    curve : Curve
        The odds over the game, with its decisive turns.
    level : int
        The rung that the what-ifs are about: the game's worst, 4 at least.
    alternatives : tuple of Alternative
    others : Results
        Histories of the same scenario led by the model on all sides.
    """

    game: Game
    story: Story
    results: Results
    curve: Curve
    level: int
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
    last, peak = (int(alone.table[name][0]) for name in ("turns", "peak"))
    curve = trace(game.chunk, last, peak, futures, on_progress)
    level = max(peak, LEAST_LEVEL)
    others = ensemble.run(scenario, histories, seed, acts_kept=0)
    chosen = list(islice(_choices(game, alone, curve, level), ALTERNATIVES))
    return Lookback(
        game=game,
        story=_tell(game, alone, others),
        results=alone,
        curve=curve,
        level=level,
        alternatives=tuple(
            _change(game, turn, actor, instead, curve.peaks[turn], level)
            for turn, actor, instead in sorted(chosen, key=lambda choice: choice[0])
        ),
        others=others,
    )


def _choices(
    game: Game, alone: Results, curve: Curve, level: int
) -> Iterator[tuple[int, str, Order]]:
    """Yield decisions to hold another against, the most telling first.

    After the game reached its worst, nothing can undo that; so the turns up to then come first,
    of them the decisive ones, each with what was gravest in it.
    """
    reached = np.flatnonzero(alone.turn_peak[:, 0] >= level)
    until = int(reached[0]) + 1 if len(reached) else len(curve.shift)
    ranked = sorted(range(1, len(curve.shift) + 1), key=lambda turn: -curve.shift[turn - 1])
    before = [turn for turn in ranked if turn <= until]
    for group in (
        [turn for turn in before if turn in curve.decisive],
        [turn for turn in before if turn not in curve.decisive],
        [turn for turn in ranked if turn > until],
    ):
        options = [_options(game, alone, turn) for turn in group]
        for place in range(max(map(len, options), default=0)):
            for turn, found in zip(group, options, strict=True):
                if place < len(found):
                    yield (turn, *found[place])


def _options(game: Game, alone: Results, turn: int) -> Sequence[tuple[str, Order]]:
    """Return what the players might have ordered in a turn, in place of their gravest acts first.

    What was opened with becomes a hold. If acts were answered, they are answered a step lower.
    Last comes the least severe act on offer where that is conciliatory, and where there is nothing
    else, another standing order.
    """
    then = Game(game.setup, {key: game.orders[key] for key in game.orders if key[0] < turn})
    acts, found = alone.acts, []
    for actor in game.setup.players:
        was, mine = game.orders[turn, actor], []
        own = (acts["turn"] == turn) & (acts["actor"] == alone.actors.index(actor))
        opened, answered = (
            acts["realised"][own & rows].tolist() for rows in (acts["link"] == 0, acts["link"] > 0)
        )
        lower = Order(was.opening, _STEP_DOWN[was.standing])
        if was.opening not in (None, HOLD):
            mine.append((max(opened, default=0), Order(HOLD, was.standing)))
        if answered:
            mine.append((max(answered), lower))
        offered = set(then.offers[actor])
        least = next((item for item in menu_of(game.scenario, actor) if item.id in offered), None)
        if least is not None and least.rung < 0 and least.id != was.opening:
            mine.append((least.rung, Order(least.id, was.standing)))
        found += [(rung, actor, order) for rung, order in mine or [(-9, lower)]]
    found.sort(key=lambda option: -option[0])
    return [(actor, order) for _, actor, order in found]


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


def _change(
    game: Game, turn: int, actor: str, instead: Order, before: NDArray[np.int8], level: int
) -> Alternative:
    """Play one turn again with another order, on the same draws, and its futures from there."""
    was, futures = game.orders[turn, actor], len(before)
    orders = {key: order for key, order in game.orders.items() if key[0] <= turn}
    chunk = replace(game.chunk, orders={**orders, (turn, actor): instead})
    if turn < game.scenario.turns:
        snapshot = snapshots.take_snapshot(chunk, turn + 1)
        moment = Moment(game.scenario, game.setup.seed, -1, snapshot)
        after = futures_of(moment, futures).table["peak"]
    else:
        after = np.full(futures, chunks.run_chunk(chunk).table["peak"][0])
    one, other = before >= level, after >= level
    return Alternative(
        turn,
        actor,
        was,
        instead,
        share_of(int(one.sum()), futures),
        share_of(int(other.sum()), futures),
        share_difference(one, other),
    )
