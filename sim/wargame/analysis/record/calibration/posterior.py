"""The posterior: what calibration leaves of each parameter."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.analysis.record.calibration.adjustment import Floats
from wargame.findings import Estimate
from wargame.scenario.parameters import Parameter

_CITES = {
    "P1": "record.incidents_1993_2010",
    "P2": "record.level_use",
    "P3": "record.lethal_per_year",
    "P4": "record.answer_same_rung",
    "P6": "record.hawkes_branching",
    "P7": "record.reply_within_week",
    "P8": "record.crises_per_year",
}


@dataclass(frozen=True)
class Marginal:
    """What is left of one parameter's range.

    Attributes
    ----------
    prior, posterior : Estimate
        Median, and the range of 95%.
    shrinkage : float
        Width of the posterior range over the prior's.
    informed : bool
        Whether it shrank more than in 99 of 100 trials with shuffled draws, where the patterns
        say nothing.
    """

    path: str
    prior: Estimate
    posterior: Estimate
    shrinkage: float
    informed: bool


@dataclass(frozen=True)
class Posterior:
    """The histories that were kept, and their adjusted parameters.

    Attributes
    ----------
    draws, usable, kept : int
        Histories drawn; with every pattern defined; kept.
    distance : float
        The largest distance kept, in spreads of the prior patterns.
    samples : dict of str to ndarray, shape (kept,)
        Path -> adjusted values.
    weights : ndarray, shape (kept,)
        Sum to 1.
    fits : dict of str to tuple of float
        Pattern number -> what was observed, its median among all draws, and among those kept.
    """

    patterns: tuple[str, ...]
    draws: int
    usable: int
    kept: int
    distance: float
    samples: dict[str, Floats]
    weights: Floats
    fits: dict[str, tuple[float, float, float]]
    marginals: tuple[Marginal, ...]


def posterior_parameters(posterior: Posterior) -> dict[str, Parameter]:
    """Return the informed parameters as numbers with ranges that a scenario can take.

    Parameters
    ----------
    posterior : Posterior
        Dependence between parameters is lost: each has its own range.
    """
    cite = _CITES[posterior.patterns[0]]
    note = f"calibrated to {', '.join(posterior.patterns)}"
    found = {}
    for row in posterior.marginals:
        if row.informed:
            after = row.posterior
            low, value, high = (float(f"{end:.4g}") for end in (after.low, after.value, after.high))
            found[row.path] = Parameter(
                value=value, low=low, high=high, source="data", cite=cite, note=note
            )
    return found
