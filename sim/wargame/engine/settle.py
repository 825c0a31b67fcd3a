"""The end of a turn: its peak, war, agreements, crises, effects, tension.

Phases 4 and 5 of ``docs/explanation/rules.md``. Every function takes the acts
of the turn in the order of links and actors; within one `Acts` no replication
stands twice, so plain index assignment is safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine import rules
from wargame.engine.acts import NOBODY, Acts
from wargame.engine.crises import Crises
from wargame.engine.menus import Change, value_at
from wargame.engine.results import CROSSING_LEVELS
from wargame.engine.rules import DEATHS_UNCOUNTED, LETHAL
from wargame.engine.state import State, pair_index
from wargame.engine.tables import Tables

__all__ = ["Settlement"]

Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]


class Settlement:
    """Settles the turns of a chunk of replications.

    Parameters
    ----------
    tables : Tables
    state : State
        Changed in place.
    """

    def __init__(self, tables: Tables, state: State) -> None:
        self.tables, self.state = tables, state
        count = len(state.alive)
        self._changed: Marks = np.zeros(count, np.bool_)
        self.crises = Crises(tables, state, self._changed)
        self._crossing_link = np.zeros(count, np.int8)
        self._seen: Marks = np.zeros(count, np.bool_)
        self._sides = sorted(set(tables.sides))

    def settle(self, turn: int, acts: Sequence[Acts], war_draw: Any) -> None:
        """Carry out phase 4.

        Parameters
        ----------
        turn : int
        acts : sequence of Acts
            All acts of the turn that are not empty, by link and actor.
        war_draw : callable
            Replications -> uniforms, for whether major strikes become war.
        """
        self._count(acts)
        over = self._peak(turn, acts, war_draw)
        self._break_agreements(turn, acts)
        made = self._make_agreements(turn, acts)
        self.crises.settle(turn, acts, over, made)
        for part in acts:
            self._apply_effects(turn, part)

    # --- a: peak, war, tallies ---------------------------------------------------------

    def _count(self, acts: Sequence[Acts]) -> None:
        tally = self.state.tally
        for part in acts:
            rows = part.replications
            tally["acts"][rows] += 1
            tally["accidental"][rows] += part.accidental
            tally["joined"][rows] += part.behalf != NOBODY
            if part.highest >= LETHAL:
                lethal = part.deaths.nonzero()[0]
                tally["deaths"][rows[lethal]] += part.deaths[lethal]
        for side in self._sides:
            self._count_incidents(side, acts)

    def _count_incidents(self, side: str, acts: Sequence[Acts]) -> None:
        """One incident a link, however many of a side act in it against another side."""
        tables, seen = self.tables, self._seen
        link = -1
        marked: list[Indices] = []
        for part in acts:
            if tables.sides[part.actor] != side or part.highest < 2:
                continue
            if part.link != link:
                for rows in marked:
                    seen[rows] = False
                link, marked = part.link, []
            hostile = (part.realised >= 2) & (part.realised <= 8)
            hostile &= tables.menus[part.actor].hostile_sides[part.actions]
            rows = part.replications[hostile]
            rows = rows[~seen[rows]]
            self.state.tally["incidents"][rows] += 1
            seen[rows] = True
            marked.append(rows)
        for rows in marked:
            seen[rows] = False

    def _peak(self, turn: int, acts: Sequence[Acts], war_draw: Any) -> Indices:
        """Record the turn's peak; return the replications that are over."""
        state, tally = self.state, self.state.tally
        peak = state.turn_peak[turn - 1]
        for part in acts:
            peak[part.replications] = np.maximum(peak[part.replications], part.realised)
        severe = (peak >= CROSSING_LEVELS[0]).nonzero()[0]
        struck = severe[peak[severe] == 7]
        if len(struck):
            chance = value_at(self.tables.war_from_strikes, struck)
            peak[struck[war_draw(struck) < chance]] = 8
        np.maximum(tally["peak"], peak, out=tally["peak"])
        for level in CROSSING_LEVELS:
            self._cross(turn, level, acts, severe[peak[severe] >= level])
        tally["turns_at_5"][severe] += peak[severe] >= 5
        tally["lethal_turns"][severe] += peak[severe] >= 6
        over: Indices = severe[peak[severe] >= 8]
        state.alive[over] = False
        tally["turns"][over] = turn
        return over

    def _cross(self, turn: int, level: int, acts: Sequence[Acts], reached: Indices) -> None:
        """Note the first crossing of a level: the actor with the earliest link, or several."""
        first = self.state.tally[f"first_{level}"]
        crosser = self.state.tally[f"crosser_{level}"]
        fresh = reached[first[reached] == 0]
        if not len(fresh):
            return
        several = len(self.tables.actors)
        for part in acts:
            if part.highest < level:
                continue
            rows = part.replications[part.realised >= level]
            rows = rows[first[rows] == 0]
            unset = crosser[rows] == NOBODY
            together = ~unset & (self._crossing_link[rows] == part.link)
            crosser[rows[together]] = several
            crosser[rows[unset]] = part.actor
            self._crossing_link[rows[unset]] = part.link
        first[fresh] = turn

    # --- b, c: agreements --------------------------------------------------------------

    def _break_agreements(self, turn: int, acts: Sequence[Acts]) -> None:
        state, tables = self.state, self.tables
        at_least = tables.scenario.world.agreement.broken_by
        for part in acts:
            if part.highest < at_least:
                continue
            rows = (part.realised >= at_least).nonzero()[0]
            hits = tables.menus[part.actor].targets[part.actions[rows]]
            for target in np.flatnonzero(hits.any(axis=0)).tolist():
                until = state.agreement_until[pair_index(part.actor, target, len(tables.actors))]
                hit = part.replications[rows[hits[:, target]]]
                broken = hit[until[hit] >= turn]
                until[broken] = turn - 1
                state.tally["broken"][broken] += 1
                self._changed[broken] = True

    def _make_agreements(self, turn: int, acts: Sequence[Acts]) -> list[tuple[int, int, Indices]]:
        state, tables = self.state, self.tables
        made = []
        for part in acts:
            if part.link == 0:
                continue
            rows = (
                (part.trigger == -2) & (part.realised <= -1) & (part.behalf == NOBODY)
            ).nonzero()[0]
            if not len(rows):
                continue
            for other in np.unique(part.provoker[rows]).tolist():
                here = part.replications[rows[part.provoker[rows] == other]]
                pair = pair_index(part.actor, other, len(tables.actors))
                state.agreement_until[pair, here] = turn + tables.scenario.world.agreement.turns
                state.excitation[part.actor, here] = 0.0
                state.excitation[other, here] = 0.0
                state.tally["agreements"][here] += 1
                self._changed[here] = True
                made.append((part.actor, other, here))
        return made

    def finish(self, last_turn: int) -> None:
        """Close the books: crises still open, histories that ran to the end."""
        self.crises.finish(last_turn)
        tally = self.state.tally
        tally["turns"][self.state.alive] = last_turn
        many = (tally["deaths"] > DEATHS_UNCOUNTED) | (tally["peak"] >= 8)
        tally["deaths"][many] = DEATHS_UNCOUNTED

    # --- e: effects --------------------------------------------------------------------

    def _apply_effects(self, turn: int, part: Acts) -> None:
        for action, changes in self.tables.menus[part.actor].changes.items():
            rows = part.replications[part.actions == action]
            if len(rows):
                for change in changes:
                    self.apply(change, rows, turn, first_turn=turn + 1)

    def apply(self, change: Change, rows: Indices, turn: int, *, first_turn: int) -> None:
        """Apply one effect to some replications.

        Parameters
        ----------
        change : Change
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

    def strengthen_tension(self, turn: int, acts: Sequence[Acts]) -> None:
        """Raise what targets feel by the strongest act on them; the rest fades by itself.

        Parameters
        ----------
        turn : int
        acts : sequence of Acts
        """
        state, tables = self.state, self.tables
        for source in range(len(tables.actors)):
            menu = tables.menus[source]
            own = [part for part in acts if part.actor == source]
            for target in range(len(tables.actors)) if own else ():
                found = [_hits(part, menu.targets[:, target]) for part in own]
                rows, rungs = _strongest(found)
                if not len(rows):
                    continue
                felt = self._felt(target, source, rows, turn)
                decay = value_at(tables.tension_decay, rows)
                gain = value_at(tables.tension_gain, rows)
                state.tension[target, source, rows] = rules.strengthened_tension(
                    felt, decay, gain, rungs
                )
                state.tension_turn[target, source, rows] = turn + 1

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


def _hits(part: Acts, aimed: Marks) -> tuple[Indices, NDArray[np.int8]]:
    """Return the replications and rungs of the hostile acts aimed at one actor."""
    rows = (aimed[part.actions] & (part.realised > 0)).nonzero()[0]
    return part.replications[rows], part.realised[rows]


def _strongest(
    found: list[tuple[Indices, NDArray[np.int8]]],
) -> tuple[Indices, NDArray[np.int8]]:
    """Merge acts of several links: each replication once, with its highest rung."""
    if len(found) == 1:
        return found[0]
    rows = np.concatenate([part[0] for part in found])
    rungs = np.concatenate([part[1] for part in found])
    order = np.lexsort((rungs, rows))
    rows, rungs = rows[order], rungs[order]
    last = np.append(rows[1:] != rows[:-1], True) if len(rows) else np.zeros(0, np.bool_)
    return rows[last], rungs[last]
