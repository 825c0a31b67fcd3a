"""The ladder of severity: its rungs by name, what each means, and the outcomes of a history."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LOWEST_RUNG, HIGHEST_RUNG = -2, 9

(
    OFFER,
    CONCILIATORY,
    QUIET,
    VERBAL,
    THREAT,
    DISPLAY,
    ENCROACHMENT,
    FORCE,
    LETHAL,
    STRIKES,
    WAR,
    NUCLEAR,
) = range(LOWEST_RUNG, HIGHEST_RUNG + 1)

RUNGS: dict[int, str] = {
    OFFER: "binding de-escalation",
    CONCILIATORY: "conciliatory gesture or talks",
    QUIET: "nothing hostile",
    VERBAL: "verbal hostility",
    THREAT: "coercion short of force, or threat",
    DISPLAY: "display of force",
    ENCROACHMENT: "encroachment or warning fire",
    FORCE: "non-lethal use of force",
    LETHAL: "lethal limited clash (1-99 dead)",
    STRIKES: "major strikes (100-999 dead)",
    WAR: "war (1,000 dead or more)",
    NUCLEAR: "nuclear or CBRN use",
}
"""The severity axis, anchored on Correlates of War hostility levels and fatality bands."""

CROSSING_LEVELS = (ENCROACHMENT, FORCE, LETHAL)
"""Rungs whose first crossing a run records: when, and by whom."""
WATCHED = (*CROSSING_LEVELS, WAR)
"""Rungs whose odds are followed while a history unfolds."""
SEVERE = (*CROSSING_LEVELS, STRIKES, WAR)
"""Every rung at which a change of the odds is looked for."""

OUTCOMES: dict[str, int] = {
    "calm": DISPLAY,
    "friction": ENCROACHMENT,
    "clash": FORCE,
    "lethal clash": LETHAL,
    "major strikes": STRIKES,
    "war": WAR,
    "nuclear use": NUCLEAR,
}
"""Outcome of a history -> highest peak rung that still belongs to it (calm: 3 or less)."""


def outcome_of(peak: int) -> str:
    """Return the outcome of a history with this peak rung."""
    return next(outcome for outcome, highest in OUTCOMES.items() if peak <= highest)


def outcome_classes(peaks: ArrayLike) -> NDArray[np.intp]:
    """Return the outcome of each history, as its place in `OUTCOMES`, from its peak rung."""
    return np.searchsorted(list(OUTCOMES.values()), peaks)


def outcomes_allowed(nuclear: bool) -> tuple[str, ...]:
    """Return the outcomes that can come about, from the mildest to the gravest."""
    return tuple(name for name, rung in OUTCOMES.items() if nuclear or rung < NUCLEAR)


def name_rung(rung: int) -> str:
    """Return what a rung means, without its bounds in figures."""
    return RUNGS[rung].split(" (")[0]
