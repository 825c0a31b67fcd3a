"""After a game: what it was in truth, where it turned, what might have been, how common it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wargame.analysis.estimates.paired import Pair, compare_levels
from wargame.classroom.futures.curve import Curve, trace
from wargame.classroom.history.history import relive
from wargame.classroom.play.game import Game
from wargame.classroom.story.narrative import tell
from wargame.classroom.story.story import Story
from wargame.classroom.whatif.alternatives import find_choices
from wargame.classroom.whatif.branches import peaks_after, play_turn
from wargame.classroom.whatif.choices import Choice, Search
from wargame.engine import ensemble
from wargame.engine.draws import row_key
from wargame.engine.ensemble import snapshots
from wargame.engine.policies import Order
from wargame.engine.results import Results
from wargame.engine.world.snapshot import Snapshot
from wargame.errors import UsageError
from wargame.scenario.ladder import RUNGS, outcome_of
from wargame.show.words import join_words

ALTERNATIVES = 3
"""How many what-ifs a debrief has."""


@dataclass(frozen=True)
class Alternative(Pair):
    """One decision of a game changed, the luck of its turn the same.

    Its rung is one that the game had not reached before that turn; the past counts.
    """

    turn: int
    actor: str
    was: Order
    instead: Order


@dataclass(frozen=True)
class Lookback:
    """A finished game looked back on.

    Attributes
    ----------
    story : Story
        With the truth about every act.
    results : Results
        The game alone.
    curve : Curve
        The odds over the game, with its decisive turns.
    alternatives : tuple of Alternative
        Those found to matter, three at most, in order of time.
    search : Search
        How they were found.
    others : Results
        Histories of the same scenario led by the model on all sides.
    """

    game: Game
    story: Story
    results: Results
    curve: Curve
    alternatives: tuple[Alternative, ...]
    search: Search
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
    futures : int
        In each arm of a what-if; half as many at the start of each turn.
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
    curve = trace(game.chunk, last, peak, max(1, futures // 2), on_progress)
    others = ensemble.run(scenario, histories, seed, acts_kept=0)
    starts = snapshots.take_snapshots(game.chunk, range(1, last + 1))
    search = find_choices(game, alone, curve, starts, ALTERNATIVES)
    return Lookback(
        game=game,
        story=_tell(game, alone, others),
        results=alone,
        curve=curve,
        alternatives=_confirm(game, search, starts, futures),
        search=search,
        others=others,
    )


def _tell(game: Game, alone: Results, others: Results) -> Story:
    story = tell(relive(alone, 0, game.orders), others, players=game.setup.players)
    names = join_words([game.scenario.actors[player].name for player in game.setup.players])
    peak = int(alone.table["peak"][0])
    opening = (
        f"Your game as it was in truth, with {names} led by you. It ended as {outcome_of(peak)}: "
        f"its worst moment was rung {peak}, {RUNGS[peak]}.",
    )
    title = f"{game.scenario.title}: your game"
    return replace(story, title=title, opening=opening)


def _confirm(
    game: Game, search: Search, starts: Sequence[Snapshot], futures: int
) -> tuple[Alternative, ...]:
    """Play what was found with more futures, until there are enough that hold up."""
    kept: list[Alternative] = []
    for choice in search.choices:
        if len(kept) < ALTERNATIVES:
            item = _compare(game, choice, starts[choice.turn - 1], futures)
            if not item.difference.low <= 0 <= item.difference.high:
                kept.append(item)
    return tuple(sorted(kept, key=lambda item: item.turn))


def _compare(game: Game, choice: Choice, start: Snapshot, futures: int) -> Alternative:
    """Play both orders on the turn's own luck, and futures from there.

    The futures meet other draws than those of the search: its finds are not their own proof.
    """
    seed = int(row_key(f"{game.setup.seed}/what if"))
    before, after = (
        peaks_after(game, play_turn(game, start, choice.turn, choice.actor, order), futures, seed)
        for order in (choice.was, choice.instead)
    )
    (pair,) = compare_levels(before, after, [choice.level])
    return Alternative(
        **vars(pair), turn=choice.turn, actor=choice.actor, was=choice.was, instead=choice.instead
    )
