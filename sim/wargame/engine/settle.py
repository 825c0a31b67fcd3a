"""The end of a turn: its peak, war, agreements, effects, tension.

Phases 4 and 5 of ``docs/explanation/rules.md``; crises are in `wargame.engine.crises`.
Everything works on the acts of the turn as one table, by link and actor. A
replication may stand in it several times, so sums and highest values are taken
with ``ufunc.at``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wargame.engine import rules
from wargame.engine.acts import NOBODY, TurnActs
from wargame.engine.crises import Crises
from wargame.engine.menus import Change, value_at
from wargame.engine.rules import DEATHS_UNCOUNTED
from wargame.engine.state import State, pair_index
from wargame.engine.tables import Tables
from wargame.scenario.ladder import (
    CONCILIATORY,
    CROSSING_LEVELS,
    FORCE,
    LETHAL,
    OFFER,
    STRIKES,
    THREAT,
    WAR,
)

Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]
Draw = Callable[[Indices], NDArray[np.float64]]


class Settlement:
    """Settles the turns of a chunk of replications.

    Parameters
    ----------
    state : State
        Changed in place.
    """

    def __init__(self, tables: Tables, state: State) -> None:
        self.tables, self.state = tables, state
        actors, count = state.excitation.shape
        self._changed: Marks = np.zeros(count, np.bool_)
        self.crises = Crises(tables, state, self._changed)
        self._strongest = np.zeros(actors * actors * count, np.int8)
        self._counted = np.empty((tables.longest + 1) * actors * count, np.int32)
        self._pairs = np.array(
            [
                [pair_index(one, other, actors) if one != other else 0 for other in range(actors)]
                for one in range(actors)
            ]
        )

    def settle(self, turn: int, acts: TurnActs, war_draw: Draw) -> None:
        """Carry out phase 4.

        Parameters
        ----------
        war_draw : callable
            Replications -> uniforms, for whether major strikes become war.
        """
        self._count(acts)
        over = self._peak(turn, acts, war_draw)
        self._break_agreements(turn, acts)
        made = self._make_agreements(turn, acts)
        self.crises.settle(turn, acts, over, made)
        self._apply_effects(turn, acts)

    # --- a: peak, war, tallies ---------------------------------------------------------

    def _count(self, acts: TurnActs) -> None:
        tally = self.state.tally
        _add(tally["acts"], acts.replication)
        _add(tally["accidental"], acts.replication[acts.accidental])
        _add(tally["joined"], acts.replication[acts.behalf != NOBODY])
        lethal = (acts.realised >= LETHAL).nonzero()[0]
        np.add.at(tally["deaths"], acts.replication[lethal], acts.deaths[lethal])
        self._count_incidents(acts)

    def _count_incidents(self, acts: TurnActs) -> None:
        """One incident a link, however many of a side act in it against another side."""
        tables = self.tables
        hostile = (
            (acts.realised >= THREAT) & (acts.realised <= WAR) & tables.hostile_sides[acts.action]
        )
        rows = hostile.nonzero()[0]
        here = acts.replication[rows]
        part = acts.link[rows] * np.intp(len(tables.actors)) + tables.side_of[acts.actor[rows]]
        key = part * len(self.state.alive) + here
        # Of several acts with one key the last one written is counted; older marks do not matter.
        number = np.arange(len(rows), dtype=np.int32)
        self._counted[key] = number
        _add(self.state.tally["incidents"], here[self._counted[key] == number])

    def _peak(self, turn: int, acts: TurnActs, war_draw: Draw) -> Indices:
        """Record the turn's peak; return the replications that are over."""
        state, tally = self.state, self.state.tally
        peak = state.turn_peak[turn - 1]
        np.maximum.at(peak, acts.replication, acts.realised)
        severe = (peak >= CROSSING_LEVELS[0]).nonzero()[0]
        struck = severe[peak[severe] == STRIKES]
        if len(struck):
            chance = value_at(self.tables.war_from_strikes, struck)
            peak[struck[war_draw(struck) < chance]] = WAR
        np.maximum(tally["peak"], peak, out=tally["peak"])
        for level in CROSSING_LEVELS:
            self._cross(turn, level, acts)
        tally["turns_at_5"][severe] += peak[severe] >= FORCE
        tally["lethal_turns"][severe] += peak[severe] >= LETHAL
        over: Indices = severe[peak[severe] >= WAR]
        state.alive[over] = False
        tally["turns"][over] = turn
        return over

    def _cross(self, turn: int, level: int, acts: TurnActs) -> None:
        """Note the first crossing of a level: the actor with the earliest link, or several."""
        first = self.state.tally[f"first_{level}"]
        crosser = self.state.tally[f"crosser_{level}"]
        rows = (acts.realised >= level).nonzero()[0]
        rows = rows[first[acts.replication[rows]] == 0]
        if not len(rows):
            return
        here, earliest, which = np.unique(
            acts.replication[rows], return_index=True, return_inverse=True
        )
        crosser[here] = acts.actor[rows[earliest]]
        together = acts.link[rows] == acts.link[rows[earliest]][which]
        crosser[here[np.bincount(which, together) > 1]] = len(self.tables.actors)
        first[here] = turn

    # --- b, c: agreements --------------------------------------------------------------

    def _break_agreements(self, turn: int, acts: TurnActs) -> None:
        state, tables = self.state, self.tables
        act, target = acts.hits(acts.realised >= tables.scenario.world.agreement.broken_by)
        pair, here = self._pairs[acts.actor[act], target], acts.replication[act]
        in_force = (state.agreement_until[pair, here] >= turn).nonzero()[0]
        if not len(in_force):
            return
        # Several acts may break the same agreement: it is broken once.
        count = len(state.alive)
        pair, here = np.divmod(np.unique(pair[in_force] * count + here[in_force]), count)
        state.agreement_until[pair, here] = turn - 1
        _add(state.tally["broken"], here)
        self._changed[here] = True

    def _make_agreements(self, turn: int, acts: TurnActs) -> list[tuple[int, int, Indices]]:
        """Make agreements; return them as (actor, actor, replications)."""
        state, tables = self.state, self.tables
        rows = (
            (acts.trigger == OFFER) & (acts.realised <= CONCILIATORY) & (acts.behalf == NOBODY)
        ).nonzero()[0]
        made = []
        couples = acts.actor[rows] * len(tables.actors) + acts.provoker[rows]
        for couple in np.unique(couples).tolist():
            here = acts.replication[rows[couples == couple]]
            one, other = divmod(couple, len(tables.actors))
            until = turn + tables.scenario.world.agreement.turns
            state.agreement_until[self._pairs[one, other], here] = until
            state.excitation[one, here] = 0.0
            state.excitation[other, here] = 0.0
            _add(state.tally["agreements"], here)
            self._changed[here] = True
            made.append((one, other, np.unique(here)))
        return made

    def finish(self, last_turn: int) -> None:
        """Close the books: crises still open, histories that ran to the end."""
        self.crises.finish(last_turn)
        tally = self.state.tally
        tally["turns"][self.state.alive] = last_turn
        many = (tally["deaths"] > DEATHS_UNCOUNTED) | (tally["peak"] >= WAR)
        tally["deaths"][many] = DEATHS_UNCOUNTED

    # --- e: effects --------------------------------------------------------------------

    def _apply_effects(self, turn: int, acts: TurnActs) -> None:
        rows = self.tables.has_changes[acts.action].nonzero()[0]
        # By link, then actor (menus follow the order of actors); an actor acts once a link.
        key = acts.link[rows].astype(np.intp) * len(self.tables.has_changes) + acts.action[rows]
        for place in np.unique(key).tolist():
            here = acts.replication[rows[key == place]]
            for change in self.tables.changes[place % len(self.tables.has_changes)]:
                self.apply(change, here, turn, first_turn=turn + 1)

    def apply(self, change: Change, rows: Indices, turn: int, *, first_turn: int) -> None:
        """Apply one effect to some replications.

        Parameters
        ----------
        rows : ndarray of int, shape (row,)
        turn : int
            The turn being played.
        first_turn : int
            First turn in which a tempo effect holds.
        """
        state, place = self.state, change.places
        amount = value_at(change.amount, rows)
        if change.kind == "tempo":
            until = state.effect_until[place[0]]
            until[rows] = np.maximum(until[rows], first_turn + change.turns - 1)
            self._changed[rows] = True
        elif change.kind == "excitation":
            excitation = state.excitation[place[0]]
            excitation[rows] = np.maximum(0.0, excitation[rows] + amount)
        elif change.kind == "flag":
            state.flags[place[0], rows] = amount > 0.0
        elif change.kind == "stock":
            stock = state.stocks[place[0]]
            stock[rows] = np.clip(stock[rows] + amount, 0.0, 1.0)
        else:
            for one, other in (place, place[::-1]):
                felt = self._felt(one, other, rows, turn)
                state.tension[one, other, rows] = np.clip(felt + amount, 0.0, 1.0)
                state.tension_turn[one, other, rows] = turn

    # --- 5: update ---------------------------------------------------------------------

    def _felt(self, by: int, source: int, rows: Indices, turn: int) -> NDArray[np.float64]:
        state = self.state
        gone_by = turn - state.tension_turn[by, source, rows]
        felt: NDArray[np.float64] = state.tension[by, source, rows]
        return felt * self.tables.faded(gone_by, rows)

    def strengthen_tension(self, turn: int, acts: TurnActs) -> None:
        """Raise what targets feel by the strongest act on them; the rest fades by itself."""
        state, tables, strongest = self.state, self.tables, self._strongest
        act, target = acts.hits(acts.realised > 0)
        here, rungs = acts.replication[act], acts.realised[act]
        couple = target * len(tables.actors) + acts.actor[act]
        place = couple * len(state.alive) + here
        np.maximum.at(strongest, place, rungs)
        # Acts of one couple in one replication all find the same strongest rung, so writing the
        # same value several times does no harm.
        tension, since = state.tension.reshape(-1), state.tension_turn.reshape(-1)  # views
        felt = tension[place] * tables.faded(turn - since[place], here)
        decay, gain = value_at(tables.tension_decay, here), value_at(tables.tension_gain, here)
        tension[place] = rules.strengthened_tension(felt, decay, gain, strongest[place])
        since[place] = turn + 1
        strongest[place] = 0

    def move_stocks(self) -> None:
        """Let every stock change by its amount per turn, within 0..1."""
        for stock, change in zip(self.state.stocks, self.tables.stock_change, strict=True):
            if change.any():
                stock += change
                np.clip(stock, 0.0, 1.0, out=stock)

    def refresh_boosts(self, turn: int) -> None:
        """Work out the tempo factors again where something began or ran out.

        Parameters
        ----------
        turn : int
            The turn about to be played.
        """
        state, tables, changed = self.state, self.tables, self._changed
        for until in (*state.effect_until, *state.agreement_until):
            changed |= until == turn - 1
        rows = (changed).nonzero()[0]
        if not len(rows):
            return
        changed[:] = False
        actors = len(tables.actors)
        boosts = np.ones((actors, len(rows)))
        in_crisis = value_at(tables.crisis_factor, rows)
        if np.any(in_crisis != 1.0):
            boosts[:] = np.where(state.crisis_parties[:, rows], in_crisis, 1.0)
        for (actor, factor), until in zip(tables.slots, state.effect_until, strict=True):
            holds = until[rows] >= turn
            boosts[actor, holds] *= value_at(factor, rows[holds])
        for one in range(actors):
            for other in range(one + 1, actors):
                until = state.agreement_until[pair_index(one, other, actors)]
                holds = (until[rows] >= turn).nonzero()[0]
                if len(holds):
                    factor = value_at(tables.agreement_factor, rows[holds])
                    boosts[one, holds] *= factor
                    boosts[other, holds] *= factor
        state.boost[:, rows] = boosts


def _add(counts: NDArray[np.int16], replications: Indices) -> None:
    """Count one for each replication, however often it stands there."""
    np.add.at(counts, replications, np.int16(1))
