"""`Crisis`: the Mesa model that plays all replications of a chunk in lockstep.

A turn is a fixed list of phases (``docs/explanation/rules.md``):

1. inject      scheduled events
2. initiate    link 0: who opens, and with what
3. react       links 1 and later: answers to the link before
4. settle      war, agreements, crises, effects
5. update      excitation, tension, stocks, tempo factors
6. record      counts and the act log
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from wargame.engine.acts import ActLog, Acts, TurnActs, rung_counts
from wargame.engine.agents import Actor
from wargame.engine.menus import Need, value_at
from wargame.engine.observer import Observer
from wargame.engine.policies import Orders
from wargame.engine.results import RUNG_COUNT
from wargame.engine.settle import Settlement
from wargame.engine.state import Snapshot, State
from wargame.engine.streams import Streams
from wargame.engine.tables import Tables, draw_parameters
from wargame.scenario.ladder import LOWEST_RUNG, THREAT
from wargame.scenario.schema import Scenario

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
_ONE = np.ones(1)


class Crisis(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """A chunk of replications of one scenario.

    Parameters
    ----------
    spec : Scenario
        What is played. (Mesa owns the name ``scenario``.)
    seed : int
        Of the streams.
    first : int
        Number of the chunk's first replication.
    count : int
        Replications in the chunk.
    uncertainty : bool
        Whether uncertain numbers are drawn per replication.
    values : mapping of str to ndarray, shape (1,) or (count,), optional
        Path -> the value that number has in each replication, drawn or not.
    common : int, optional
        See `Streams`.
    sharing : int
        How many replications in a row share one draw of the uncertain numbers.
    orders : mapping of (turn, actor id) to Order, optional
        Orders from outside.
    kept : int, optional
        Of how many replications, from the chunk's first, the acts are logged; default all.
    start : Snapshot, optional
        Begin every replication from this state instead of from the beginning.
    aliases : mapping of str to str, optional
        See `Streams`.
    track_tension : bool
        Keep tension up to date even if no choice depends on it.

    Attributes
    ----------
    turn : int
        The turn being played, or about to be.
    link : int
        The link being played.
    previous : list of Acts
        The acts of the link before.
    scratch : ndarray of int, shape (replication,)
        -1 everywhere between uses.
    observer : Observer or None
        Told of every choice; changes nothing.
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
        track_tension: bool = False,
    ) -> None:
        super().__init__(rng=0)  # nothing is ever drawn from Mesa's own generators
        self.spec = spec
        self.streams = Streams(seed, first, count, aliases, common)
        given = dict(values or {})
        drawing = Streams(seed, first, count, aliases, common, sharing)
        self.drawn = draw_parameters(spec, drawing, given) if uncertainty else {}
        self.tables = Tables(spec, self.drawn | given)
        self.tracks_tension = track_tension or self.tables.reads_tension
        self.orders: Orders = orders or {}
        self.first, self.count = first, count
        self.turn = 1 if start is None else start.turn
        self.link = 0
        self.state = self._begin(start)
        self.settlement = Settlement(self.tables, self.state)
        self.log = ActLog(count, count if kept is None else kept)
        self.previous: list[Acts] = []
        actors = len(self.tables.actors)
        self.activity = np.zeros((spec.turns, actors, RUNG_COUNT), np.int64)
        self.answers = np.zeros((RUNG_COUNT, RUNG_COUNT + 1), np.int64)
        self.joined = np.zeros((actors, actors), np.int64)
        self.scratch = np.full(count, -1, np.intp)
        self.observer: Observer | None = None
        self._active = np.zeros((actors, count), np.bool_)
        for place in range(actors):
            Actor(self, place)

    def _begin(self, start: Snapshot | None) -> State:
        if start is not None:
            return start.state.take(np.zeros(self.count, np.intp))
        state = State.fresh(self.tables.shape, self.count)
        state.flags[:] = self.tables.flag_start[:, np.newaxis]
        for stock, level in zip(state.stocks, self.tables.stock_start, strict=True):
            stock[:] = level
        return state

    def snapshot(self, replication: int) -> Snapshot:
        """Return the whole state of one replication at the start of the turn about to be played.

        Parameters
        ----------
        replication : int
            Its place in the chunk, 0 for the first.
        """
        return Snapshot(self.turn, self.state.take(np.array([replication])))

    def release(self) -> None:
        """Let go of the model: Mesa 3.3.1 would keep every model alive (its issue 3179)."""
        identifiers = getattr(mesa.Agent, "_ids", None)
        if identifiers is not None:
            identifiers.pop(self, None)
        # Model and agents hold one another; their arrays are to go now, not at some later sweep.
        self.__dict__.clear()

    # --- a turn ------------------------------------------------------------------------

    def step(self) -> None:
        """Play one turn."""
        self._inject()
        parts = self._play_links()
        acts = TurnActs.of(parts, self.tables.firsts, self.tables.targets)
        self.settlement.settle(self.turn, acts, self._draw_war)
        self._update(acts)
        self._record(parts)
        self.turn += 1
        if self.turn > self.spec.turns:
            self.settlement.finish(self.spec.turns)
            self.running = False

    def _inject(self) -> None:
        happenings = self.tables.happenings.get(self.turn, ())
        living = self.living()
        for happening in happenings:
            for change in happening.changes:
                self.settlement.apply(change, living, self.turn, first_turn=self.turn)
        if happenings:
            self.settlement.refresh_boosts(self.turn)

    def _play_links(self) -> list[Acts]:
        """Play the opening and the reaction chain; return all acts, by link and actor."""
        self.link = 0
        self.agents.do("initiate")
        acts: list[Acts] = []
        while True:
            self.previous = [actor.acts for actor in self.agents if len(actor.acts)]
            acts += self.previous
            if not self.previous or self.link == self.tables.longest:
                return acts
            self.link += 1
            self.agents.do("react")

    def _draw_war(self, rows: Indices) -> Floats:
        return self.streams.at(rows, "war", self.turn)

    def _update(self, acts: TurnActs) -> None:
        self._mark_active(acts)
        self.agents.do("update")
        if self.tracks_tension:
            self.settlement.strengthen_tension(self.turn, acts)
        self.settlement.move_stocks()
        self.settlement.refresh_boosts(self.turn + 1)

    def _mark_active(self, acts: TurnActs) -> None:
        """Mark who was source or target of an act at rung 2 or above this turn."""
        self._active[:] = False
        rows = acts.realised >= THREAT
        self._active[acts.actor[rows], acts.replication[rows]] = True
        act, target = acts.hits(rows)
        self._active[target, acts.replication[act]] = True

    def _record(self, acts: list[Acts]) -> None:
        for part in acts:
            self.activity[self.turn - 1, part.actor] += rung_counts(part.realised)
            allies = part.behalf[part.behalf >= 0]
            if len(allies):
                self.joined[part.actor] += np.bincount(allies, minlength=len(self.joined))
            self.log.add(self.turn, part)

    def offers(self) -> dict[str, tuple[str, ...]]:
        """Return what each actor of the first replication could be told to open with this turn.

        Plays the turn's scheduled events first, so it is for a model that is then let go.

        Returns
        -------
        dict of str to tuple of str
            Actor id -> action ids in menu order.
        """
        self._inject()
        first = np.zeros(1, np.intp)
        found = {}
        for actor in self.agents:
            offered = actor.on_offer(first, actor.menu.every)[:, 0]
            found[actor.id] = tuple(np.array(actor.menu.ids)[offered].tolist())
        return found

    # --- what actors ask ---------------------------------------------------------------

    def living(self) -> Indices:
        """Return the replications that are not over."""
        living: Indices = self.state.alive.nonzero()[0]
        return living

    def calendar_factor(self, place: int) -> Floats:
        """Return the product of the calendar's tempo factors for an actor this turn."""
        return self.tables.calendar.get((self.turn, place), _ONE)

    def forced_action(self, place: int) -> int | None:
        """Return the action the calendar forces on an actor this turn, if any."""
        forced = None
        for happening in self.tables.happenings.get(self.turn, ()):
            if happening.forced is not None and happening.forced[0] == place:
                forced = happening.forced[1]
        return forced

    def active_replications(self, place: int) -> Indices:
        """Return the replications in which an actor was active this turn."""
        active: Indices = self._active[place].nonzero()[0]
        return active

    def satisfied(self, need: Need, tension: Floats | None, rows: Indices) -> NDArray[np.bool_]:
        """Return where an action's requirements hold, shape (row,).

        Parameters
        ----------
        tension : ndarray, shape (row,), or None
            The strongest its actor feels; needed only where the action asks for it.
        rows : ndarray of int, shape (row,)
        """
        state = self.state
        holds = np.ones(len(rows), np.bool_)
        for flag, wanted in need.flags:
            held = state.flags[flag, rows]
            holds &= held if wanted else ~held
        for stock, least in need.stocks:
            holds &= state.stocks[stock, rows] >= value_at(least, rows)
        if need.tension_least is not None and tension is not None:
            holds &= tension >= value_at(need.tension_least, rows)
        if need.tension_most is not None and tension is not None:
            holds &= tension <= value_at(need.tension_most, rows)
        if need.agreement is not None:
            in_force = np.zeros(len(rows), np.bool_)
            for pair in need.pairs:
                in_force |= state.agreement_until[pair, rows] >= self.turn
            holds &= in_force if need.agreement == "in_force" else ~in_force
        return holds

    def count_provocations(self, triggers: NDArray[np.int8]) -> None:
        """Count direct provocations taken up, as not answered until they are."""
        self.answers[:, -1] += rung_counts(triggers)

    def count_answers(self, triggers: NDArray[np.int8], rungs: NDArray[np.int8]) -> None:
        """Move answered provocations from "not answered" to the rung of the answer."""
        pairs = (triggers.astype(np.intp) - LOWEST_RUNG) * (RUNG_COUNT + 1)
        pairs += rungs.astype(np.intp) - LOWEST_RUNG
        counts = np.bincount(pairs, minlength=self.answers.size).reshape(self.answers.shape)
        self.answers += counts
        self.answers[:, -1] -= counts.sum(axis=1)

    def columns(self) -> dict[str, dict[str, NDArray[Any]]]:
        """Return the act log and the crisis log as columns."""
        return {
            "acts": self.log.columns(self.first),
            "crises": self.settlement.crises.log.columns(self.first),
        }
