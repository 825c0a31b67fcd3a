"""Crises: when one opens, who is drawn in, what keeps it alive, how it ends.

Phase 4d of ``docs/explanation/rules.md``. A replication has at most one crisis
open at a time; its parties may grow.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.acts import TurnActs
from wargame.engine.results import CRISIS_ENDS
from wargame.engine.state import State
from wargame.engine.tables import Tables

Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]


class CrisisLog:
    """Collects crises as they end."""

    def __init__(self) -> None:
        self._parts: list[tuple[Indices, NDArray[np.int16], int, int]] = []

    def add(self, replications: Indices, opened: NDArray[np.int16], turn: int, how: str) -> None:
        """Note crises that end this turn."""
        if len(replications):
            self._parts.append((replications, opened, turn, CRISIS_ENDS.index(how)))

    def columns(self, first: int) -> dict[str, NDArray[Any]]:
        """Return the log as columns, sorted by replication and opening.

        Parameters
        ----------
        first : int
            Number of the chunk's first replication.
        """
        parts = self._parts or [(np.zeros(0, np.intp), np.zeros(0, np.int16), 0, 0)]
        replication = np.concatenate([part[0] for part in parts]).astype(np.int32)
        opened = np.concatenate([part[1] for part in parts]).astype(np.int16)
        ended = np.concatenate([np.full(len(part[0]), part[2], np.int16) for part in parts])
        how = np.concatenate([np.full(len(part[0]), part[3], np.int8) for part in parts])
        order = np.lexsort((opened, replication))
        return {
            "replication": replication[order] + np.int32(first),
            "opened": opened[order],
            "ended": ended[order],
            "how": how[order],
        }


class Crises:
    """The crises of a chunk of replications.

    Parameters
    ----------
    state : State
        Changed in place.
    changed : ndarray of bool, shape (replication,)
        Where tempo factors must be worked out again; set here, cleared elsewhere.
    """

    def __init__(self, tables: Tables, state: State, changed: Marks) -> None:
        self.tables, self.state, self.changed = tables, state, changed
        self.log = CrisisLog()
        self._closed: Marks = np.zeros(len(state.alive), np.bool_)

    def settle(
        self,
        turn: int,
        acts: TurnActs,
        over: Indices,
        made: list[tuple[int, int, Indices]],
    ) -> None:
        """Open, widen, renew and end the crises of a turn.

        Parameters
        ----------
        over : ndarray of int, shape (row,)
            Replications that are over at the end of this turn.
        made : list of (actor, actor, replications)
            Agreements made this turn.
        """
        state = self.state
        closed = [self._end(over[state.crisis_opened[over] > 0], turn, "war")]
        for one, other, rows in made:
            both = state.crisis_parties[one, rows] & state.crisis_parties[other, rows]
            closed.append(
                self._end(rows[both & (state.crisis_opened[rows] > 0)], turn, "agreement")
            )
        for rows in closed:
            self._closed[rows] = True
        self._widen(turn, acts)
        self._renew(turn, acts)
        for rows in closed:
            self._closed[rows] = False
        self._end(over[state.crisis_opened[over] > 0], turn, "war")
        self._end((state.crisis_fades == turn).nonzero()[0], turn, "faded")

    def _widen(self, turn: int, acts: TurnActs) -> None:
        """Open a crisis, or draw further actors into an open one."""
        state, crisis = self.state, self.tables.scenario.world.crisis
        opens = acts.realised >= crisis.opens_at
        opens &= ~self._closed[acts.replication]
        rows = opens.nonzero()[0]
        if not len(rows):
            return
        here = acts.replication[rows]
        opening = np.unique(here[state.crisis_opened[here] == 0])
        state.crisis_opened[opening] = turn
        state.tally["crises"][opening] += 1
        state.crisis_fades[here] = turn + crisis.quiet_turns
        state.crisis_parties[acts.actor[rows], here] = True
        act, target = acts.hits(opens)
        state.crisis_parties[target, acts.replication[act]] = True
        self.changed[here] = True

    def _renew(self, turn: int, acts: TurnActs) -> None:
        """Keep a crisis alive by an act between its parties."""
        state, crisis = self.state, self.tables.scenario.world.crisis
        sustains = acts.realised >= crisis.sustained_by
        sustains &= state.crisis_opened[acts.replication] > 0
        act, target = acts.hits(sustains)
        here = acts.replication[act]
        parties = state.crisis_parties
        between = parties[acts.actor[act], here] & parties[target, here]
        state.crisis_fades[here[between]] = turn + crisis.quiet_turns

    def _end(self, rows: Indices, turn: int, how: str) -> Indices:
        state = self.state
        if len(rows):
            opened = state.crisis_opened[rows]
            self.log.add(rows, opened, turn, how)
            state.tally["crisis_turns"][rows] += np.int16(turn + 1) - opened
            state.crisis_opened[rows] = 0
            state.crisis_fades[rows] = 0
            state.crisis_parties[:, rows] = False
            self.changed[rows] = True
        return rows

    def finish(self, last_turn: int) -> None:
        """Note the crises still open after the last turn."""
        state = self.state
        self._end(((state.crisis_opened > 0) & state.alive).nonzero()[0], last_turn, "open")
