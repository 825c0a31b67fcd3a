"""What a player might have ordered instead, and which of it would have mattered.

Other orders of every turn are played on that turn's own luck. Those that leave the state of the
world as it was are dropped; of the rest some are screened with few futures, and those that move
the odds most are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wargame.analysis.estimates.paired import compare_levels
from wargame.classroom.futures.curve import Curve
from wargame.classroom.play.game import Game, menu_of
from wargame.classroom.whatif.branches import peaks_after, play_turn
from wargame.classroom.whatif.choices import Choice, Search
from wargame.engine.ensemble import snapshots
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import Results
from wargame.engine.world.snapshot import Snapshot
from wargame.scenario.ladder import ENCROACHMENT, WAR

LEAST_GAP = 0.02
"""Share of futures that an order must move in the screening to be worth a what-if."""

SCREENED = 300
"""Futures in the screening."""

_MOST, _ALIKE = 10, 4
"""How many orders are screened at most, of those that hold back and of those that go further; and
how many of them may be the same order in different turns."""

_TURNS = 20
"""In how many turns of a game other orders are looked for, at most."""

_STEPS = (HOLD, "one_lower", "match", "one_higher")
"""Standing orders, the mildest first."""

_REACHES = {"milder": ((-1,), (-2,)), "further": ((1, 2), (3, 4)), "far": ((5, 6),)}
"""How other orders are looked for -> rungs of their openings; far last, if little was found."""

_SMALL = 0.05
"""Differences in the screening that are this close count as equal; then the smaller step wins."""


@dataclass(frozen=True)
class _Try:
    """An order that leaves another world behind, not screened yet."""

    turn: int
    actor: str
    instead: Order
    after: Snapshot | int


def find_choices(
    game: Game, alone: Results, curve: Curve, starts: Sequence[Snapshot], most: int
) -> Search:
    """Find the orders that would have changed a game's odds most.

    Parameters
    ----------
    game : Game
        Finished.
    alone : Results
        The game alone, its acts kept.
    curve : Curve
        Its odds.
    starts : sequence of Snapshot
        The start of every turn played.
    most : int
        How many are wanted: of different turns and different orders first.
    """
    turns = _likely(alone, curve, len(starts))
    offers = {
        turn: snapshots.offers(replace(game.chunk, start=starts[turn - 1], orders=game.orders))
        for turn in turns
    }
    tried, used = 0, set()
    tries: list[_Try] = []
    found: list[Choice] = []
    ranked: list[Choice] = []
    for reach in _REACHES:
        if reach == "far":
            ranked, found = _sorted(found, most), []
            if len(ranked) > most:
                break
        some: list[_Try] = []
        for turn in turns:
            options = list(_options(game, alone, turn, offers[turn], reach))
            tried += len(options)
            used |= {turn for _ in options}
            some += _effective(game, turn, options, starts)
        tries += some
        for item in _promising(some, alone, curve, starts):
            choice = _screen(game, item, alone, curve)
            if choice is not None:
                found.append(choice)
    calmer = {item.turn for item in tries if _peak(item) < alone.turn_peak[item.turn - 1, 0]}
    helpless = tuple(turn for turn in curve.decisive if turn not in calmer)
    return Search(tuple(ranked + _sorted(found, most)), tried, len(used), helpless)


def _likely(alone: Results, curve: Curve, last: int) -> list[int]:
    """Return the turns to look at: the decisive ones, those with acts, the most open ones."""
    busy = set(alone.acts["turn"].tolist())

    def rank(turn: int) -> tuple[bool, bool, float]:
        share = float((curve.peaks[turn] >= levels_ahead(alone, turn)[0]).mean())
        return turn not in curve.decisive, turn not in busy, -share * (1 - share)

    turns = [turn for turn in range(1, last + 1) if levels_ahead(alone, turn)]
    return sorted(sorted(turns, key=rank)[:_TURNS])


def levels_ahead(alone: Results, turn: int) -> tuple[int, ...]:
    """Return the rungs a what-if of a turn may be about: those a game had not reached before it.

    Returns the lowest such rung from 4 on, and the worst that was to come if it is another;
    nothing after a war.
    """
    peaks = alone.turn_peak[:, 0]
    reached = int(peaks[: turn - 1].max(initial=0))
    lowest, worst = max(ENCROACHMENT, reached + 1), int(peaks[turn - 1 :].max(initial=0))
    if lowest > WAR:
        return ()
    return (lowest,) if worst <= lowest else (lowest, worst)


def _options(
    game: Game, alone: Results, turn: int, offers: Mapping[str, Sequence[str]], reach: str
) -> Iterator[tuple[str, Order]]:
    """Yield (actor, order): what players might have ordered in a turn.

    Milder: to open with nothing, or to reach out; to answer less. Further: to open with an act of
    rung 1 to 4; to answer more. Far: to open with rung 5 or 6. Of a few rungs the mildest act.
    """
    acting = set(alone.acts["actor"][alone.acts["turn"] == turn].tolist())
    milder = reach == "milder"
    for actor in game.setup.players:
        was, quiet = game.orders[turn, actor], game.orders[turn, actor].opening in (None, HOLD)
        if reach != "far" and acting - {alone.actors.index(actor)}:
            now = _STEPS.index("match" if was.standing == MODEL else was.standing)
            for name in _STEPS[:now] if milder else _STEPS[now + 1 :]:
                yield actor, Order(was.opening, name)
        if milder and not quiet:
            yield actor, Order(HOLD, was.standing)
        menu = [item for item in menu_of(game.scenario, actor) if item.id in offers[actor]]
        for rungs in _REACHES[reach]:
            item = next((item for item in menu if item.rung in rungs), None)
            if item is not None and item.id != was.opening and (quiet or reach != "further"):
                yield actor, Order(item.id, was.standing)


def _effective(
    game: Game,
    turn: int,
    options: Iterable[tuple[str, Order]],
    starts: Sequence[Snapshot],
) -> Iterator[_Try]:
    """Yield the options that leave another world behind than the game had."""
    base: Snapshot | int | None = starts[turn] if turn < len(starts) else None
    for actor, order in options:
        if base is None:
            base = play_turn(game, starts[turn - 1], turn, actor, game.orders[turn, actor])
        after = play_turn(game, starts[turn - 1], turn, actor, order)
        if not _same(base, after):
            yield _Try(turn, actor, order, after)


def _same(one: Snapshot | int, other: Snapshot | int) -> bool:
    if not isinstance(one, Snapshot) or not isinstance(other, Snapshot):
        return one == other
    return one.leads_to_the_same(other)


def _promising(
    tries: Sequence[_Try], alone: Results, curve: Curve, starts: Sequence[Snapshot]
) -> list[_Try]:
    """Sort: first what changes the turn's worst act or an agreement, in turns that moved the odds.

    The rest by how open the game still was.
    """

    def rank(item: _Try) -> tuple[bool, float]:
        told = _peak(item) != alone.turn_peak[item.turn - 1, 0]
        if isinstance(item.after, Snapshot) and item.turn < len(starts):
            bound = starts[item.turn].state["agreement_until"]
            told = told or not np.array_equal(item.after.state["agreement_until"], bound)
        if told:
            return False, -float(curve.shift[item.turn - 1])
        lowest = levels_ahead(alone, item.turn)[0]
        share = float((curve.peaks[item.turn] >= lowest).mean())
        return True, -share * (1 - share)

    kept: list[_Try] = []
    alike: Counter[tuple[str, Order]] = Counter()
    for item in sorted(tries, key=rank):
        alike[item.actor, item.instead] += 1
        if alike[item.actor, item.instead] <= _ALIKE:
            kept.append(item)
    return kept[:_MOST]


def _peak(item: _Try) -> int:
    """Return the worst rung of the turn, as the order would have had it."""
    if isinstance(item.after, Snapshot):
        return int(item.after.turn_peak[item.turn - 1])
    return item.after


def _screen(game: Game, item: _Try, alone: Results, curve: Curve) -> Choice | None:
    """Compare few futures, at the rung where the order makes the larger difference.

    Returns None for a difference that is small, or that so few futures cannot tell from none.
    """
    before = curve.peaks[item.turn][:SCREENED]
    after = peaks_after(game, item.after, len(before), game.setup.seed)
    pairs = compare_levels(before, after, levels_ahead(alone, item.turn))
    best = max(pairs, key=lambda pair: abs(pair.difference.value))
    gap = best.difference
    if abs(gap.value) < LEAST_GAP or gap.low <= 0 <= gap.high:
        return None
    was = game.orders[item.turn, item.actor]
    return Choice(item.turn, item.actor, was, item.instead, best.level, gap.value)


def _sorted(found: Sequence[Choice], most: int) -> list[Choice]:
    """Sort: the largest differences, of different turns and kinds before more of the same."""

    def step(choice: Choice) -> int:
        names = (choice.was.standing, choice.instead.standing)
        if choice.was.opening != choice.instead.opening or MODEL in names:
            return 1
        return abs(_STEPS.index(names[0]) - _STEPS.index(names[1]))

    ranked = sorted(found, key=lambda item: (-round(abs(item.gap) / _SMALL), step(item)))
    kept: list[Choice] = []
    for strict in (2, 1, 0):
        for choice in ranked:
            turns = {item.turn for item in kept[:most]}
            kinds = {_kind(item) for item in kept[:most]}
            new = (choice.turn not in turns) + (_kind(choice) not in kinds)
            if choice not in kept and new >= strict:
                kept.append(choice)
    return kept


def _kind(choice: Choice) -> tuple[str, str | None, str | None]:
    """Return what an order changes: who, and the opening or the answers."""
    opens = choice.was.opening != choice.instead.opening
    changed = choice.instead.opening if opens else None
    return choice.actor, changed, None if opens else choice.instead.standing
