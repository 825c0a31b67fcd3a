"""Approximate Bayesian calibration: the parameters that leave the patterns of the record.

Every simulated history draws its own parameters from their declared ranges (the prior). The
histories whose patterns come nearest to the record's are kept, and their parameters moved by
a local linear regression to where the patterns would match (Beaumont, Zhang and Balding 2002).
All is one vectorised ensemble; libraries such as pyabc run one simulation a draw, and bring
a cluster scheduler, a database client and a machine-learning package along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.record.draws import Draws
from wargame.analysis.record.targets import calibration_targets
from wargame.engine.streams import Streams
from wargame.errors import UnknownName, UsageError
from wargame.findings import Estimate
from wargame.scenario.parameters import Parameter, triangular
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario

KEYS: dict[str, tuple[str, ...]] = {
    "P1": ("incidents_per_year", "north_share"),
    "P2": ("threat_share", "use_share"),
    "P3": ("lethal_per_year",),
    "P4": ("same_rung", "higher"),
    "P6": (
        "dispersion_week",
        "dispersion_quarter",
        "dispersion_year",
        "weeks_active",
        "active_after_active",
        "active_within_four",
    ),
    "P7": ("reply_within_week",),
    "P8": ("crises_per_year", "crisis_days", "crisis_agreement"),
}
"""Pattern -> the numbers that stand for it. P5 rests on no event and is not fitted."""

_CITES = {
    "P1": "record.incidents_1993_2010",
    "P2": "record.level_use",
    "P3": "record.lethal_per_year",
    "P4": "record.answer_same_rung",
    "P6": "record.hawkes_branching",
    "P7": "record.reply_within_week",
    "P8": "record.crises_per_year",
}
_SHUFFLES = 10
_CHANCE = 0.01

Floats = NDArray[np.float64]


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


def observed(patterns: Sequence[str]) -> dict[str, float]:
    """Return the record's numbers that stand for some patterns.

    Parameters
    ----------
    patterns : sequence of str
        For example P1, P3.

    Raises
    ------
    UnknownName
        For one that cannot be fitted.
    """
    for pattern in patterns:
        if pattern not in KEYS:
            raise UnknownName("pattern to fit", pattern, KEYS)
    values = {row.key: row.record.value for row in reversed(calibration_targets())}
    return {key: values[key] for pattern in patterns for key in KEYS[pattern]}


def calibrate(
    scenario: Scenario, draws: Draws, patterns: Sequence[str], keep: int = 1000
) -> Posterior:
    """Keep the draws nearest to the record, and adjust their parameters.

    Parameters
    ----------
    scenario : Scenario
        Whose declared ranges are the prior.
    draws : Draws
        Simulated from it.
    patterns : sequence of str
        To fit; keys of `KEYS`.
    keep : int
        How many draws.

    Raises
    ------
    UsageError
        When no number of the scenario has a range, or too few draws are usable.
    """
    wanted = observed(patterns)
    goal = np.array(list(wanted.values()))
    found = np.stack([draws.summaries[key] for key in wanted], axis=1)
    usable = np.isfinite(found).all(axis=1)
    if not draws.parameters:
        raise UsageError(
            "no number of the scenario has a range, so there is nothing to calibrate. "
            "Give low and high to those that are uncertain."
        )
    least = 10 * (len(wanted) + 2)
    if usable.sum() < least:
        raise UsageError(
            f"only {int(usable.sum())} of {len(found)} draws show all patterns; at least {least} "
            "are needed. Use more «draws» or fewer «patterns»."
        )
    found = found[usable]
    # Spread of the prior patterns: median absolute deviation, so that wild draws set no scale.
    spread = np.median(np.abs(found - np.median(found, axis=0)), axis=0)
    scaled = (found - goal) / np.where(spread > 0, spread, 1.0)
    distances = np.sqrt((scaled**2).sum(axis=1))
    kept = np.argsort(distances, kind="stable")[: min(keep, len(found))]
    reach = float(distances[kept[-1]])
    weights = np.maximum(1.0 - (distances[kept] / max(reach, 1e-12)) ** 2, 1e-9)
    weights /= weights.sum()
    ranges = uncertain_parameters_of(scenario)
    drawn = {path: values[usable] for path, values in draws.parameters.items()}
    samples = {
        path: _adjust_within(ranges[path], values[kept], scaled[kept], weights)
        for path, values in drawn.items()
    }
    floor = _floor(ranges, drawn, scaled[kept], weights)
    return Posterior(
        patterns=tuple(patterns),
        draws=len(next(iter(draws.parameters.values()))),
        usable=int(usable.sum()),
        kept=len(kept),
        distance=reach,
        samples=samples,
        weights=weights,
        fits={
            key: (
                float(goal[place]),
                float(np.median(found[:, place])),
                float(np.median(found[kept, place])),
            )
            for place, key in enumerate(wanted)
        },
        marginals=tuple(
            _marginal(path, ranges[path], values, weights, floor)
            for path, values in samples.items()
        ),
    )


def adjust(values: Floats, gaps: Floats, weights: Floats) -> Floats:
    """Move parameters to where the patterns would match, by local linear regression.

    Parameters
    ----------
    values : ndarray, shape (kept,)
        A parameter, on a scale without bounds.
    gaps : ndarray, shape (kept, pattern)
        Simulated less observed patterns.
    weights : ndarray, shape (kept,)
        Of the nearness of each draw; above 0.

    Returns
    -------
    ndarray, shape (kept,)
        values less what the gaps explain.

    References
    ----------
    Beaumont, M. A., Zhang, W. and Balding, D. J. (2002), Genetics 162, 2025-2035.
    """
    root = np.sqrt(weights)[:, None]
    design = np.column_stack([np.ones(len(values)), gaps])
    solution, *_ = np.linalg.lstsq(design * root, values * root[:, 0], rcond=None)
    moved: Floats = values - gaps @ solution[1:]
    return moved


def quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> tuple[float, ...]:
    """Return weighted quantiles.

    Parameters
    ----------
    values, weights : ndarray, shape (sample,)
    shares : sequence of float
        0..1.
    """
    order = np.argsort(values)
    upto = np.cumsum(weights[order]) - 0.5 * weights[order]
    return tuple(float(x) for x in np.interp(shares, upto / weights.sum(), values[order]))


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


def _adjust_within(prior: Parameter, values: Floats, gaps: Floats, weights: Floats) -> Floats:
    """Adjust on the logit of the range, so that nothing leaves it."""
    low, high = _range_of(prior)
    inner = np.clip((values - low) / (high - low), 1e-6, 1 - 1e-6)
    moved = adjust(np.log(inner / (1 - inner)), gaps, weights)
    return low + (high - low) / (1 + np.exp(-moved))


def _floor(
    ranges: Mapping[str, Parameter], drawn: Mapping[str, Floats], gaps: Floats, weights: Floats
) -> float:
    """Return the shrinkage that chance alone hardly ever gives: draws of other histories."""
    widths = []
    for path, values in drawn.items():
        picks = Streams(1, 0, len(weights))
        for number in range(_SHUFFLES):
            others = (picks.row("shuffle", path, number) * len(values)).astype(np.int64)
            sample = _adjust_within(ranges[path], values[others], gaps, weights)
            before, after = _spans(ranges[path], sample, weights)
            widths.append(after.width / before.width)
    return float(np.quantile(widths, _CHANCE))


def _marginal(
    path: str, prior: Parameter, values: Floats, weights: Floats, floor: float
) -> Marginal:
    before, after = _spans(prior, values, weights)
    shrinkage = after.width / before.width
    return Marginal(path, before, after, shrinkage, shrinkage < floor)


def _spans(prior: Parameter, values: Floats, weights: Floats) -> tuple[Estimate, Estimate]:
    """Return median and 95% range before and after."""
    low, high = _range_of(prior)
    ends = np.array((0.5, 0.025, 0.975))
    before = triangular(ends, low, prior.value, high)
    after = quantiles(values, weights, ends.tolist())
    first, then = ((float(at[0]), float(at[1]), float(at[2])) for at in (before, after))
    return Estimate(*first), Estimate(*then)


def _range_of(parameter: Parameter) -> tuple[float, float]:
    assert parameter.low is not None  # it is uncertain
    assert parameter.high is not None
    return parameter.low, parameter.high
