"""The perception ledger: what acts were, what they were taken for, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.classroom.explanation.truth import keys_of, truth_of
from wargame.engine.results import Results
from wargame.engine.world.layout import NOBODY
from wargame.errors import UsageError
from wargame.findings import Estimate, share_of
from wargame.scenario.ladder import CROSSING_LEVELS, LETHAL

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Readings:
    """How the acts that were answered had been read; rounded to whole rungs.

    Attributes
    ----------
    total : int
        Answers.
    above, right, below : Estimate or None
        Read as graver than it was, as what it was, as milder; None without answers.
    """

    total: int
    above: Estimate | None
    right: Estimate | None
    below: Estimate | None


@dataclass(frozen=True)
class Decisive:
    """What first took histories to a level.

    Attributes
    ----------
    histories : int
        That reached it, among those whose acts were kept.
    opening, slip, answer : Estimate
        Of these: the first act there was an opening, went there by accident, was an answer that
        was meant.
    readings : Readings
        Of the acts that those answers followed.
    milder : Estimate or None
        Of those answers: had the act been read for exactly what it was, the same draws would have
        given an answer below the level, or none. None when there was no such answer.
    """

    level: int
    histories: int
    opening: Estimate
    slip: Estimate
    answer: Estimate
    readings: Readings
    milder: Estimate | None


@dataclass(frozen=True)
class Ledger:
    """Truth against belief over an ensemble.

    Attributes
    ----------
    by_actor : dict of str to Readings
        Every answer of each actor.
    whole : Readings
        Every answer of all.
    """

    results: Results
    by_actor: dict[str, Readings]
    whole: Readings
    decisive: Decisive


def keep_ledger(
    results: Results, level: int = LETHAL, on_progress: Callable[[int, int], None] | None = None
) -> Ledger:
    """Work out the ledger of a run from its acts.

    Parameters
    ----------
    level : int
        4, 5 or 6: whose first crossing counts as decisive.
    on_progress : callable, optional
        Called with (done, total) while histories are played again to find what a right reading
        would have changed.

    Raises
    ------
    UsageError
        For another level, or when the run kept no acts.
    """
    if level not in CROSSING_LEVELS:
        raise UsageError(f"{level} is no crossing that runs record. Use 4, 5 or 6.", field="level")
    if results.acts_kept == 0:
        raise UsageError("this run kept no single acts. Run it again with «acts» 10000.")
    acts = results.acts
    answers = acts["provoker"] != NOBODY
    by_actor = {
        actor: _readings(acts, answers & (acts["actor"] == place))
        for place, actor in enumerate(results.actors)
    }
    whole = _readings(acts, answers)
    return Ledger(results, by_actor, whole, _decisive(results, level, on_progress))


def decisive_acts(results: Results, level: int) -> NDArray[np.intp]:
    """Return the rows of the act log that first took their histories to a level.

    Parameters
    ----------
    level : int
        4, 5 or 6.

    Returns
    -------
    ndarray of int
        One row a history that reached it by an act and whose acts were kept; of several acts in
        the same link the first in the order of actors.
    """
    there = np.flatnonzero(results.acts["realised"] >= level)
    histories = results.acts["replication"][there]
    rows: NDArray[np.intp] = there[np.unique(histories, return_index=True)[1]]
    return rows


def _readings(acts: Any, rows: NDArray[Any]) -> Readings:
    misread = np.rint(acts["perceived"][rows]) - acts["trigger"][rows]
    total = len(misread)
    if not total:
        return Readings(0, None, None, None)
    counts = [int((misread > 0).sum()), int((misread == 0).sum()), int((misread < 0).sum())]
    return Readings(total, *(share_of(count, total) for count in counts))


def _decisive(
    results: Results, level: int, on_progress: Callable[[int, int], None] | None
) -> Decisive:
    acts, rows = results.acts, decisive_acts(results, level)
    total = max(1, len(rows))
    answers = acts["provoker"][rows] != NOBODY
    slips = acts["accidental"][rows] & (acts["intended"][rows] < level)
    meant = rows[answers & ~slips]
    truth = truth_of(results, level, on_progress) if len(meant) else {}
    milder = sum(truth[key] < level for key in keys_of(acts, meant))
    return Decisive(
        level=level,
        histories=len(rows),
        opening=share_of(int((~answers & ~slips).sum()), total),
        slip=share_of(int(slips.sum()), total),
        answer=share_of(len(meant), total),
        readings=_readings(acts, meant),
        milder=share_of(milder, len(meant)) if len(meant) else None,
    )
