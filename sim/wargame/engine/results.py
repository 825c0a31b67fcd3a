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

from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import (
    HIGHEST_RUNG,
    LOWEST_RUNG,
    OUTCOMES,
    outcome_classes,
    outcomes_allowed,
)
from wargame.scenario.schema import Scenario

NOTE = "share of simulated runs under these assumptions, not a forecast"
"""Stands on every output."""

RUNG_AXIS = tuple(range(LOWEST_RUNG, HIGHEST_RUNG + 1))
"""The rungs, as the axes of arrays count them."""
RUNG_COUNT = len(RUNG_AXIS)
CRISIS_ENDS = ("open", "agreement", "faded", "war")

REPLICATION_COLUMNS: dict[str, tuple[str, str]] = {
    "peak": ("int8", "highest rung of the history"),
    "turns": ("int16", "turns played"),
    "first_4": ("int16", "first turn at rung 4 or above, 0 for never"),
    "first_5": ("int16", "first turn at rung 5 or above, 0 for never"),
    "first_6": ("int16", "first turn at rung 6 or above, 0 for never"),
    "crosser_4": (
        "int8",
        "who first reached 4: actor index, -1 nobody, number of actors for several",
    ),
    "crosser_5": ("int8", "who first reached 5"),
    "crosser_6": ("int8", "who first reached 6"),
    "turns_at_5": ("int16", "turns with an act at rung 5 or above"),
    "lethal_turns": ("int16", "turns with an act at rung 6 or above"),
    "incidents": ("int16", "acts at rung 2 to 8 against another side, one per side and link"),
    "deaths": ("int32", "people killed; 1,000 stands for 1,000 or more"),
    "crises": ("int16", "crises opened"),
    "crisis_turns": ("int16", "turns with a crisis open"),
    "agreements": ("int16", "agreements made"),
    "broken": ("int16", "agreements broken"),
    "acts": ("int16", "acts of all actors"),
    "accidental": ("int16", "acts that slipped"),
    "joined": ("int16", "answers on behalf of an ally"),
}
"""Per-replication column -> (dtype, meaning)."""

ACT_COLUMNS: dict[str, tuple[str, str]] = {
    "replication": ("int32", "0 is the first"),
    "turn": ("int16", "1 is the first"),
    "link": ("int8", "0 opens, 1 and later answer"),
    "actor": ("int8", "index in actors"),
    "action": ("int16", "index in the actor's menu"),
    "intended": ("int8", "rung that was meant"),
    "realised": ("int8", "rung that happened"),
    "accidental": ("bool", "whether it slipped"),
    "provoker": ("int8", "whose act it answers, -1 for none"),
    "trigger": ("int8", "realised rung of the act it answers, 0 for none"),
    "perceived": ("float32", "that act's rung as this actor read it, nan for none"),
    "behalf": ("int8", "ally it answers for, -1 for none"),
    "deaths": ("int32", "people killed"),
}
"""Column of the act log -> (dtype, meaning)."""

CRISIS_COLUMNS: dict[str, tuple[str, str]] = {
    "replication": ("int32", "0 is the first"),
    "opened": ("int16", "turn"),
    "ended": ("int16", "turn; the last turn for one still open"),
    "how": ("int8", "index in CRISIS_ENDS"),
}
"""Column of the crisis log -> (dtype, meaning)."""

Columns = Mapping[str, NDArray[Any]]
Table = Literal["replications", "acts", "turns", "crises", "parameters"]
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
    parameters : dict of str to ndarray, shape (replication,)
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
    parameters: dict[str, NDArray[np.float64]] = field(default_factory=dict)
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
