"""Approximate Bayesian calibration: the parameters that leave the patterns of the record.

Every simulated history draws its own parameters from their declared ranges (the prior). The
histories whose patterns come nearest to the record's are kept, and their parameters moved by
a local linear regression to where the patterns would match (Beaumont, Zhang and Balding 2002).
All is one compiled ensemble; libraries such as pyabc run one simulation a draw, and bring
a cluster scheduler, a database client and a machine-learning package along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from wargame.analysis.record.calibration.adjustment import Floats, adjust_within, spans
from wargame.analysis.record.calibration.posterior import Marginal, Posterior
from wargame.analysis.record.draws import Draws
from wargame.analysis.record.patterns import LEAST
from wargame.analysis.record.targets import calibration_targets
from wargame.engine.draws import Streams
from wargame.errors import UsageError, one_of
from wargame.scenario.parameters import Parameter
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

_SHUFFLES = 10
_CHANCE = 0.01


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
        one_of("pattern to fit", pattern, KEYS)
    values = {row.key: row.record.value for row in reversed(calibration_targets())}
    return {key: values[key] for pattern in patterns for key in KEYS[pattern]}


def check_length(scenario: Scenario, patterns: Sequence[str]) -> None:
    """Refuse a scenario whose histories are too short for some of the patterns.

    Raises
    ------
    UsageError
        With the turns that are needed.
    """
    for pattern in patterns:
        least = max(LEAST.get(key, 1) for key in KEYS[pattern])
        if scenario.turns < least:
            raise UsageError(
                f"{pattern} takes histories of {least} weeks, and those of the scenario have "
                f"{scenario.turns}. Give the scenario more turns, or leave {pattern} out.",
                field="patterns",
            )


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
        path: adjust_within(ranges[path], values[kept], scaled[kept], weights)
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


def _floor(
    ranges: Mapping[str, Parameter], drawn: Mapping[str, Floats], gaps: Floats, weights: Floats
) -> float:
    """Return the shrinkage that chance alone hardly ever gives: draws of other histories."""
    widths = []
    for path, values in drawn.items():
        picks = Streams(1, 0, len(weights))
        for number in range(_SHUFFLES):
            others = (picks.row("shuffle", path, number) * len(values)).astype(np.int64)
            sample = adjust_within(ranges[path], values[others], gaps, weights)
            before, after = spans(ranges[path], sample, weights)
            widths.append(after.width / before.width)
    return float(np.quantile(widths, _CHANCE))


def _marginal(
    path: str, prior: Parameter, values: Floats, weights: Floats, floor: float
) -> Marginal:
    before, after = spans(prior, values, weights)
    shrinkage = after.width / before.width
    return Marginal(path, before, after, shrinkage, shrinkage < floor)
