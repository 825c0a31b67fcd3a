"""`Crisis`: the Mesa model that plays a block of histories side by side, turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from wargame.engine import phases
from wargame.engine.actor import Actor, Policy
from wargame.engine.compiled import plainly, records
from wargame.engine.draws import DrawnNumbers, Streams
from wargame.engine.policies import Orders
from wargame.engine.results.columns import (
    ACT_COLUMNS,
    AGREEMENT_COLUMNS,
    CRISIS_COLUMNS,
    REPLICATION_COLUMNS,
    RUNG_COUNT,
)
from wargame.engine.world.here import Here
from wargame.engine.world.numbers import numbers_of
from wargame.engine.world.snapshot import Snapshot
from wargame.engine.world.turns import turns_of
from wargame.engine.world.world import world_of
from wargame.scenario.ladder import CROSSING_LEVELS
from wargame.scenario.schema import Scenario

Floats = NDArray[np.float64]
Observer = Callable[["Crisis"], None]
"""Called before each link is played; may ask the model anything, and must change nothing."""


class Crisis(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """A block of histories of one scenario.

    A turn is one compiled call. Where an actor is somebody's own, or somebody looks on, its phases
    are played one by one, actor by actor; what comes of it is the same.

    Parameters
    ----------
    spec : Scenario
        What is played. (Mesa owns the name ``scenario``.)
    seed : int
        Of the draws.
    first : int
        Number of the block's first history.
    count : int
        Histories in the block.
    uncertainty : bool
        Whether uncertain numbers are drawn per history.
    values : mapping of str to ndarray, shape (1,) or (count,), optional
        Path -> the value that number has in each history, drawn or not.
    common, sharing, aliases
        See `wargame.engine.draws.Streams`.
    orders : mapping of (turn, actor id) to Order, optional
        Orders from outside.
    kept : int, optional
        Of how many histories, from the block's first, the acts are logged; default all.
    start : Snapshot, optional
        Begin every history from this state instead of from the beginning.
    actors : mapping of str to type or callable, optional
        Actor id -> the class or the policy that decides for it; see `wargame.engine.actor.Actor`.
    observer : callable, optional
        See `Observer`.

    Attributes
    ----------
    turn, link : int
        The turn being played, or about to be; the link.
    world : World
    states : ndarray of records, shape (history,)
        See `wargame.engine.world.layout`.
    """

    def __init__(
        self,
        spec: Scenario,
        seed: int = 1,
        first: int = 0,
        count: int = 1,
        *,
        uncertainty: bool = False,
        values: Mapping[str, Floats] | None = None,
        common: int | None = None,
        sharing: int = 1,
        orders: Orders | None = None,
        kept: int | None = None,
        start: Snapshot | None = None,
        aliases: Mapping[str, str] | None = None,
        actors: Mapping[str, type[Actor] | Policy] | None = None,
        observer: Observer | None = None,
    ) -> None:
        super().__init__(rng=0)  # nothing is ever drawn from Mesa's own generators
        self.spec, self.first, self.count = spec, first, count
        self.world = world_of(spec)
        streams = Streams(seed, first, count, aliases, common, sharing)
        drawn = DrawnNumbers(spec, streams, values or {}) if uncertainty else {}
        self.numbers = numbers_of(self.world, {**drawn, **(values or {})}, count)
        self.turns = turns_of(self.world, seed, orders, aliases)
        self.turn = 1 if start is None else start.turn
        self.link = 0
        self.observer = observer
        self._kept = count if kept is None else min(kept, count)
        self._prepare(start, common or 0)
        for place, actor in enumerate(self.world.actors):
            own = (actors or {}).get(actor, Actor)
            own(self, place) if isinstance(own, type) else Actor(self, place, own)
        self._by_phase = observer is not None or any(map(Actor.decides_itself, self.agents))

    def _prepare(self, start: Snapshot | None, common: int) -> None:
        forms, world = self.world.layout, self.world
        self.states = records(forms.state, self.count)
        self.work = records(forms.work, 1)
        self.turn_peak = np.zeros((self.spec.turns, self.count), np.int8)
        self.activity = np.zeros((self.spec.turns, len(world.actors), RUNG_COUNT), np.int64)
        self._log = records(forms.act, 0)
        self._crises = records(_form(CRISIS_COLUMNS), 0)
        self._agreements = records(_form(AGREEMENT_COLUMNS), 0)
        with plainly():
            if start is None:
                phases.set_out(world.record, self.numbers, self.states)
            else:
                self.states[:] = start.state
                self.turn_peak[:] = start.turn_peak[: self.spec.turns, np.newaxis]
            phases.number(self.states, self.first, common)

    def snapshot(self, place: int) -> Snapshot:
        """Return the whole state of one history at the start of the turn about to be played.

        Parameters
        ----------
        place : int
            Its place in the block, 0 for the first.
        """
        return Snapshot(
            self.turn, self.states[place : place + 1].copy(), self.turn_peak[:, place].copy()
        )

    def release(self) -> None:
        """Let go of the model: Mesa 3.3.1 would keep every model alive (its issue 3179)."""
        identifiers = getattr(mesa.Agent, "_ids", None)
        if identifiers is not None:
            identifiers.pop(self, None)
        # Model and agents hold one another; their arrays are to go now, not at some later sweep.
        self.__dict__.clear()

    def here(self, place: int) -> Here:
        """Return one history of the block at the turn being played."""
        own = self.numbers[place % len(self.numbers)]
        turn = self.turns[self.turn - 1]
        return Here(self.world.record[0], own, turn, self.states[place], self.work[0])

    def living(self) -> list[int]:
        """Return the places of the histories that are not over."""
        found: list[int] = np.flatnonzero(self.states["over"] == 0).tolist()
        return found

    # --- a turn ------------------------------------------------------------------------

    def step(self) -> None:
        """Play one turn."""
        self._make_room()
        with plainly():
            if self._by_phase:
                self._play_phases()
            else:
                phases.play_turn(*self.tables, *self.books)
            self._record()
            if self.turn == self.spec.turns:
                phases.finish_all(*self.tables, self._crises, self._agreements)
                self.running = False
        self.turn += 1

    @property
    def tables(self) -> tuple[Any, Any, Any, int, Any, Any]:
        """World, numbers, turns and which, states, working space: what phases are given."""
        return (
            self.world.record,
            self.numbers,
            self.turns,
            self.turn - 1,
            self.states,
            self.work,
        )

    @property
    def books(self) -> tuple[Any, Any, Any, Any, int]:
        """The logs that a turn's end writes to, and of how many histories acts are kept."""
        logs = self._crises, self._agreements
        return *logs, self.turn_peak[self.turn - 1], self._log, self._kept

    def begin(self) -> None:
        """Begin the turn: what is scheduled takes effect."""
        phases.begin(*self.tables)
        self.link = 0

    def _play_phases(self) -> None:
        self.begin()
        self._look()
        self.agents.do("open")
        before, done = 0, self._done()
        while done > before and self.link < self.spec.world.chain.longest:
            self.link += 1
            self._look()
            self.agents.do("react")
            before, done = done, self._done()
        phases.end(*self.tables, *self.books)

    def _done(self) -> int:
        return int(self.states["acts_done"].sum())

    def _look(self) -> None:
        if self.observer is not None:
            self.observer(self)

    # --- what is written down ----------------------------------------------------------

    def _make_room(self) -> None:
        """Give the logs room for all that one turn may add."""
        most = self.states.dtype["act"].shape[0]
        pairs = len(self.world.actors) ** 2
        ends = self.turn == self.spec.turns
        self._crises = _widened(self._crises, int(self.work["crises"][0]), self.count * (1 + ends))
        room = self.count * (most + pairs * (1 + ends))
        held = int(self.work["agreements"][0])
        self._agreements = _widened(self._agreements, held, room)
        self._log = _widened(self._log, int(self.work["logged"][0]), self._kept * most)

    def _record(self) -> None:
        activity = self.work["activity"][0]
        self.activity[self.turn - 1] = activity[: len(self.world.actors)]
        activity[:] = 0

    def columns(self) -> dict[str, Any]:
        """Return all that was recorded, under the names `Results` has for it."""
        actors = len(self.world.actors)
        work = self.work[0]
        return {
            "table": self._table(),
            "turn_peak": self.turn_peak,
            "activity": self.activity,
            "answers": np.array(work["answers"]),
            "joined": np.array(work["joined"])[:actors, :actors],
            "acts": self._acts(),
            "crises": _sorted(self._crises[: int(work["crises"])], "opened", CRISIS_COLUMNS),
            "agreements": _sorted(
                self._agreements[: int(work["agreements"])], "made", AGREEMENT_COLUMNS
            ),
        }

    def _table(self) -> dict[str, NDArray[Any]]:
        """Return the columns of `REPLICATION_COLUMNS`."""
        found = {}
        for name, (dtype, _) in REPLICATION_COLUMNS.items():
            field, _, level = name.rpartition("_")
            if field in ("first", "crosser"):
                column = self.states[field][:, CROSSING_LEVELS.index(int(level))]
            else:
                column = self.states[name]
            found[name] = np.ascontiguousarray(column, dtype)
        return found

    def _acts(self) -> dict[str, NDArray[Any]]:
        """Return the log of acts by history, each in the order of its acts."""
        held = int(self.work["logged"][0])
        counts = np.bincount(self._log["replication"][:held] - self.first, minlength=self._kept)
        begins = np.concatenate([[0], np.cumsum(counts)])
        found = {name: np.empty(held, dtype) for name, (dtype, _) in ACT_COLUMNS.items()}
        phases.sort_acts(self._log, held, self.first, begins, *found.values())
        return found


def _form(columns: Mapping[str, tuple[str, str]]) -> np.dtype[Any]:
    return np.dtype([(name, dtype) for name, (dtype, _) in columns.items()], align=True)


def _widened(log: Any, held: int, more: int) -> Any:
    """Return a log with room for more rows: itself, or one of twice the size."""
    if held + more <= len(log):
        return log
    wider = records(log.dtype, held + more + len(log) // 2)
    wider[:held] = log[:held]
    return wider


def _columns(
    log: Any, order: NDArray[np.intp], columns: Mapping[str, tuple[str, str]]
) -> dict[str, NDArray[Any]]:
    sorted_log = log[order]
    return {
        name: np.ascontiguousarray(sorted_log[name], dtype) for name, (dtype, _) in columns.items()
    }


def _sorted(log: Any, begun: str, columns: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return a log by history and by when each thing began."""
    return _columns(log, np.lexsort((log[begun], log["replication"])), columns)
