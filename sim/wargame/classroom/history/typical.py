"""The history nearest the middle of an outcome, and why it is typical."""

from __future__ import annotations

from typing import Any

import numpy as np

from wargame.engine.results import Results
from wargame.errors import UnknownName, UsageError
from wargame.scenario.ladder import OUTCOMES, outcome_classes, outcome_of

_TRAITS = {
    "acts": "the number of acts",
    "deaths": "the number of dead",
    "crises": "the number of crises",
    "turns_at_5": "the number of turns in which force was used",
}
"""Column of the table -> in words; by these, and by when the peak came, a history is typical."""


def typical(results: Results, outcome: str) -> int:
    """Return the history nearest the middle of an outcome class.

    The histories of the class are ranked by how many acts they had, how many people died, how
    many crises opened, how many turns saw force, and when the peak came; the one whose ranks lie
    nearest the middle rank, added up, is taken (of equals the first).

    Parameters
    ----------
    outcome : str
        A name in `OUTCOMES`, with blanks, "_" or "-".

    Returns
    -------
    int
        The number of the replication.

    Raises
    ------
    UnknownName
        If there is no such outcome.
    UsageError
        If no history of the run came to it.
    """
    name = outcome.replace("_", " ").replace("-", " ")
    if name not in OUTCOMES:
        raise UnknownName(
            "outcome", outcome, [known.replace(" ", "_") for known in results.outcomes()]
        )
    classes = outcome_classes(results.table["peak"])
    members = np.flatnonzero(classes == list(OUTCOMES).index(name))
    if not len(members):
        seen = [known.replace(" ", "_") for known, n in results.outcome_counts().items() if n]
        raise UsageError(
            f"none of the {results.replications:,} histories came to '{outcome}'. "
            f"Use one that occurred: {', '.join(seen)}.",
            field="typical",
        )
    traits = [results.table[trait][members] for trait in _TRAITS]
    traits.append(results.turn_peak[:, members].argmax(axis=0))
    distance = sum(np.abs(_middle_ranks(trait) - 0.5) for trait in traits)
    return int(members[np.argmin(distance)]) + results.first


def why_typical(results: Results, number: int) -> str:
    """Say in plain words why `typical` chose a history.

    Parameters
    ----------
    number : int
        The replication that was chosen.
    """
    outcome = outcome_of(int(results.table["peak"][number - results.first]))
    members = results.outcome_counts()[outcome]
    if members == 1:
        return f"It is the only history of this run that ends as {outcome}."
    return (
        f"It was chosen as the typical one of the {members:,} histories that end as {outcome}: "
        f"of all of them, put in order by {', by '.join(_TRAITS.values())}, and by when the worst "
        "moment came, it stands nearest the middle of the five orders together."
    )


def _middle_ranks(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return each value's rank, 0..1, equal values in the middle of their ranks."""
    ranked = np.sort(values)
    below = np.searchsorted(ranked, values, side="left")
    upto = np.searchsorted(ranked, values, side="right")
    return (below + upto) / (2 * len(values))
