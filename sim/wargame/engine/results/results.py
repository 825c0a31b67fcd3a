"""The immutable record of an ensemble: what happened in every replication.

Replication is the last axis everywhere. Actors are in the engine's order (sorted
by id), a menu's actions in the engine's order (rung, then id).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from wargame.engine.draws import DrawnNumbers
from wargame.engine.results.columns import RUNG_COUNT
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import LOWEST_RUNG, OUTCOMES, outcome_classes, outcomes_allowed
from wargame.scenario.schema import Scenario

NOTE = "share of simulated runs under these assumptions, not a forecast"
"""Stands on every output."""

Columns = Mapping[str, NDArray[Any]]
Table = Literal["replications", "acts", "turns", "crises", "agreements", "parameters"]
"""What `Results.to_frame` can make."""


@dataclass(frozen=True)
class Results:
    """What an ensemble gave.

    Attributes
    ----------
    scenario : Scenario
        As it was run.
    seed : int
        Of the streams.
    replications : int
        How many histories.
    uncertainty : bool
        Whether uncertain numbers were drawn per replication.
    actors : tuple of str
        Ids, sorted: the meaning of an actor index.
    menus : dict of str to tuple of str
        Actor id -> action ids: the meaning of an action index.
    table : mapping of str to ndarray, shape (replication,)
        See `REPLICATION_COLUMNS`.
    turn_peak : ndarray of int8, shape (turn, replication)
        Highest realised rung of each turn, 0 when nothing hostile; a finished replication keeps 0.
    activity : ndarray of int64, shape (turn, actor, rung)
        Acts by realised rung (index 0 is rung -2), all replications together.
    answers : ndarray of int64, shape (rung, rung + 1)
        Provocations of weight 1 by their realised rung, against the rung of the answer;
        the last column counts those not answered.
    joined : ndarray of int64, shape (actor, actor)
        How often the first answered on behalf of the second.
    acts : mapping of str to ndarray, shape (act,)
        See `ACT_COLUMNS`; sorted by replication, turn, link, actor. Holds the first
        `acts_kept` replications.
    acts_kept : int
        Replications whose acts are in `acts`.
    crises : mapping of str to ndarray, shape (crisis,)
        See `CRISIS_COLUMNS`; all replications.
    agreements : mapping of str to ndarray, shape (agreement,)
        See `AGREEMENT_COLUMNS`; all replications.
    parameters : mapping of str to ndarray, shape (replication,)
        Path -> drawn value of each uncertain number; empty without uncertainty.
    first : int
        Number of the first replication.
    sharing : int
        How many replications in a row share one draw of the uncertain numbers.
    """

    scenario: Scenario
    seed: int
    replications: int
    uncertainty: bool
    actors: tuple[str, ...]
    menus: dict[str, tuple[str, ...]]
    table: Columns
    turn_peak: NDArray[np.int8]
    activity: NDArray[np.int64]
    answers: NDArray[np.int64]
    joined: NDArray[np.int64]
    acts: Columns
    acts_kept: int
    crises: Columns
    agreements: Columns
    parameters: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    first: int = 0
    sharing: int = 1

    def years(self) -> float:
        """Return the simulated years of all replications together."""
        return float(self.table["turns"].sum()) * self.scenario.turn_days / 365.25

    def outcome_counts(self) -> dict[str, int]:
        """Return outcome -> number of replications, from calm to nuclear use."""
        tally = np.bincount(outcome_classes(self.table["peak"]), minlength=len(OUTCOMES))
        return dict(zip(OUTCOMES, tally.tolist(), strict=True))

    def outcomes(self) -> dict[str, Estimate]:
        """Return outcome -> share of replications with its interval.

        Nuclear use is left out when the scenario does not allow it. The intervals take the
        replications as independent; where groups share their numbers see
        `wargame.analysis.estimates.uncertainty`.
        """
        counts = self.outcome_counts()
        allowed = outcomes_allowed(self.scenario.world.nuclear)
        return {outcome: share_of(counts[outcome], self.replications) for outcome in allowed}

    def draws(self) -> NDArray[np.int64]:
        """Return the position of the first replication of each draw of the numbers.

        Returns
        -------
        ndarray of int64, shape (draw,)
            Every `sharing` replications in a row have one draw. The first is 0, also where a draw
            began before the first replication.
        """
        begin = -self.first % self.sharing
        later = np.arange(begin, self.replications, self.sharing, dtype=np.int64)
        return later if begin == 0 else np.concatenate([[0], later])

    def drawn(self, path: str, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the drawn values of a number in some replications, by their place."""
        numbers = self.parameters
        if isinstance(numbers, DrawnNumbers):
            return numbers.at(path, places)
        return numbers[path][places]

    def turn_counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return by turn how many replications are at or above each rung.

        Returns
        -------
        reached, in_turn : ndarray of int64, shape (turn, rung)
            By the end of that turn, and in that very turn; rungs as in `RUNG_AXIS`. Every history
            is at or above rung 0 (a quiet turn counts as 0).
        """
        reached = np.zeros((len(self.turn_peak), RUNG_COUNT), dtype=np.int64)
        in_turn = np.zeros_like(reached)
        running = np.zeros(self.replications, dtype=np.int8)
        for turn, peaks in enumerate(self.turn_peak):
            np.maximum(running, peaks, out=running)
            for rows, levels in ((reached, running), (in_turn, peaks)):
                tally = np.bincount(levels - LOWEST_RUNG, minlength=RUNG_COUNT)
                rows[turn] = tally[::-1].cumsum()[::-1]
        return reached, in_turn
