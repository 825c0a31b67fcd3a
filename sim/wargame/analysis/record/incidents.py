"""Militarised incidents by week, side and rung: the one form for the record and simulations.

Incidents among North Korea and its three opponents, one a side and link. The record is one
history in this form, an ensemble many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.scenario import library
from wargame.scenario.ladder import DISPLAY, FORCE, THREAT, WAR
from wargame.scenario.schema import Scenario

NORTH, ALLIES = "PRK", ("ROK", "USA", "JPN")
SIDES = ("north", "allies")
LEVELS = ("threat", "display", "use")
"""Rung 2; rungs 3 and 4; rungs 5 to 8."""

RECORD_TABLE = "midi4_korea_weekly_counts_1993_2010"

Counts = NDArray[np.int16]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Incidents:
    """Militarised incidents of one or many histories.

    Attributes
    ----------
    histories, weeks : int
        How many.
    history, week, link, side, rung : ndarray of int, shape (incident,)
        Week 0 is the first; side as in `SIDES`; the highest rung of what the side did in that
        link, 2..8. In the record the link is 0 and the rung 2, 3 or 5 by level.
    """

    histories: int
    weeks: int
    history: Ints
    week: Ints
    link: Ints
    side: Ints
    rung: Ints
    first: int = 0

    @property
    def level(self) -> Ints:
        """Index in `LEVELS` of each incident."""
        levels: Ints = np.searchsorted([DISPLAY, FORCE], self.rung, side="right").astype(np.int64)
        return levels


def weekly_record() -> Incidents:
    """Return the shipped table of incidents 1993-2010 as one history of 940 weeks."""
    names = [f"{who}_{level}" for who in ("dprk", "allies") for level in LEVELS]
    rows = library.table(RECORD_TABLE)
    counts = np.array([[int(row[name]) for name in names] for row in rows], dtype=np.int64)
    week, kind = np.nonzero(counts)
    times = counts[week, kind]
    week, kind = np.repeat(week, times), np.repeat(kind, times)
    zeros = np.zeros(len(week), np.int64)
    rungs = np.array([2, 3, 5])[kind % 3]
    return Incidents(1, len(rows), zeros, week, zeros, kind // 3, rungs)


def incidents_of(results: Results) -> Incidents:
    """Return the incidents of the histories whose acts were kept.

    Allies who act together in a link count as one, as the record codes them; acts of and
    against others (Russia) do not count.

    Parameters
    ----------
    results : Results
        Of a scenario with weekly turns and with North Korea in it.

    Raises
    ------
    UsageError
        Otherwise.
    """
    _check(results.scenario)
    acts = results.acts
    side_of, hostile = _sides(results)
    actor, action = acts["actor"], acts["action"]
    rung = acts["realised"].astype(np.int64)
    counted = (rung >= THREAT) & (rung <= WAR) & hostile[actor, action]
    links = results.scenario.world.chain.longest + 1
    weeks = results.scenario.turns
    code = acts["replication"][counted].astype(np.int64) - results.first
    code = code * weeks + acts["turn"][counted] - 1
    code = (code * links + acts["link"][counted]) * 2 + side_of[actor[counted]]
    rung = rung[counted]
    order = np.argsort(code, kind="stable")
    code, rung = code[order], rung[order]
    first = np.flatnonzero(np.diff(code, prepend=-1))
    highest = np.maximum.reduceat(rung, first) if len(first) else rung
    code = code[first]
    code, side = np.divmod(code, 2)
    code, link = np.divmod(code, links)
    history, week = np.divmod(code, weeks)
    return Incidents(results.acts_kept, weeks, history, week, link, side, highest, results.first)


def weekly_counts(incidents: Incidents) -> Counts:
    """Return how many incidents there were, shape (history, week, side, level)."""
    shape = (incidents.histories, incidents.weeks, len(SIDES), len(LEVELS))
    where = (incidents.history, incidents.week, incidents.side, incidents.level)
    flat = np.bincount(np.ravel_multi_index(where, shape), minlength=int(np.prod(shape)))
    return flat.astype(np.int16).reshape(shape)


def weekly_peaks(incidents: Incidents) -> NDArray[np.int8]:
    """Return the highest rung of each week's incidents, 0 for none, shape (history, week)."""
    peaks = np.zeros((incidents.histories, incidents.weeks), np.int8)
    np.maximum.at(peaks, (incidents.history, incidents.week), incidents.rung.astype(np.int8))
    return peaks


def _sides(results: Results) -> tuple[Ints, NDArray[np.bool_]]:
    """Return each actor's side, and which of its actions are aimed at the other side."""
    longest = max(len(menu) for menu in results.menus.values())
    side_of = np.zeros(len(results.actors), np.int64)
    hostile = np.zeros((len(results.actors), longest), np.bool_)
    for place, actor in enumerate(results.actors):
        if actor != NORTH and actor not in ALLIES:
            continue
        side_of[place] = int(actor != NORTH)
        opponents = set(ALLIES) if actor == NORTH else {NORTH}
        aims = {action.id: action.targets for action in results.scenario.actors[actor].actions}
        for index, name in enumerate(results.menus[actor]):
            hostile[place, index] = bool(opponents.intersection(aims[name]))
    return side_of, hostile


def _check(scenario: Scenario) -> None:
    missing = [actor for actor in (NORTH, ALLIES[0]) if actor not in scenario.actors]
    if missing:
        raise UsageError(
            f"the scenario has no actor {missing[0]}: patterns of the record are those between "
            f"{NORTH} and its opponents {', '.join(ALLIES)}. Use a history scenario."
        )
    if scenario.turn_days != 7:
        raise UsageError(
            f"the scenario's turns have {scenario.turn_days} days: the record is by weeks. "
            "Use turn_days: 7."
        )
