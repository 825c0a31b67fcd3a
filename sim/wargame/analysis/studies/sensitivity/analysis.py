"""Which of a scenario's uncertain numbers its results hang on.

First Morris screening over all declared ranges, then Sobol indices of the strongest (all the
others together are one group, so nothing is left out of the variance), and how far each of
the strongest moves the results by itself from one end of its range to the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wargame.analysis.designs import morris, sobol
from wargame.analysis.estimates.measures import Measure
from wargame.analysis.studies.sensitivity.effort import Effort, check_effort
from wargame.analysis.studies.sensitivity.evaluation import Evaluation, Progress
from wargame.analysis.studies.sensitivity.swings import Swing, swings_of
from wargame.errors import UsageError
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario

OTHERS = "all others"
"""Name of the group of numbers that screening left out."""


@dataclass(frozen=True)
class Sensitivity:
    """What the results of a scenario hang on.

    Attributes
    ----------
    paths : tuple of str
        Every uncertain number.
    kept : tuple of str
        The strongest, strongest first.
    screening : dict of str to Effects
        Measure -> effects in the order of `paths`.
    indices : dict of str to Indices
        Measure -> indices of each kept number, and of `OTHERS` when there are some.
    best : dict of str to float
        Measure -> its value with every number at its best.
    swings : dict of str to dict of str to Swing
        Measure -> kept number -> what it does alone.
    """

    scenario: Scenario
    measures: tuple[Measure, ...]
    effort: Effort
    seed: int
    paths: tuple[str, ...]
    kept: tuple[str, ...]
    screening: dict[str, morris.Effects]
    indices: dict[str, sobol.Indices]
    best: dict[str, float]
    swings: dict[str, dict[str, Swing]]


def analyse(
    scenario: Scenario,
    measures: Sequence[Measure],
    effort: Effort | None = None,
    seed: int = 1,
    *,
    only: Sequence[str] = (),
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> Sensitivity:
    """Find what measures hang on, over the declared ranges of a scenario.

    Parameters
    ----------
    only : sequence of str
        Beginnings of paths: look at the uncertain numbers there and hold all others at their best.
    jobs : int
        Threads. Does not change the results.
    on_progress : callable, optional
        Called with (done, total), in replications.

    Raises
    ------
    UsageError
        When no number (named) has a range, or the effort is too small to tell anything.
    """
    effort = effort or Effort()
    check_effort(effort)
    uncertain = {
        path: number
        for path, number in uncertain_parameters_of(scenario).items()
        if not only or any(_lies_in(path, start) for start in only)
    }
    paths = tuple(uncertain)
    if not paths:
        where = f" under {', '.join(only)}" if only else ""
        raise UsageError(
            f"no number of '{scenario.title}'{where} has a range (low and high). Give some in the "
            "file, for example tempo: {value: 0.05, low: 0.03, high: 0.08}."
        )
    keep = min(effort.keep, len(paths))
    work = Evaluation(scenario, tuple(measures), seed, jobs, on_progress)
    work.total = (
        effort.trajectories * (len(paths) + 1) * effort.runs
        + effort.base * (keep + 2 + (keep < len(paths))) * effort.runs
        + (2 * keep + 1) * effort.swing_runs
    )
    laid = morris.lay(paths, effort.trajectories, seed)
    values = {path: uncertain[path].draw(laid.points[path]) for path in paths}
    output = work.simulate_blocks(values, effort.runs)
    screening = {
        measure.name: laid.effects(output[measure.name].mean(axis=2)) for measure in measures
    }
    kept = _strongest(paths, screening, keep)

    groups: dict[str, Sequence[str]] = {path: (path,) for path in kept}
    if len(kept) < len(paths):
        groups[OTHERS] = tuple(path for path in paths if path not in kept)
    points = sobol.lay(groups, effort.base, seed)
    values = {path: uncertain[path].draw(points[path]) for path in paths}
    output = work.simulate_blocks(values, effort.runs)
    indices = {
        measure.name: sobol.indices(output[measure.name], tuple(groups), effort.base, seed)
        for measure in measures
    }
    best, swings = swings_of(work, kept, effort.swing_runs)
    return Sensitivity(
        scenario,
        tuple(measures),
        effort,
        seed,
        paths,
        kept,
        screening,
        indices,
        best,
        swings,
    )


def _lies_in(path: str, start: str) -> bool:
    return path == start or path.startswith((f"{start}.", f"{start}["))


def _strongest(
    paths: Sequence[str], screening: Mapping[str, morris.Effects], keep: int
) -> tuple[str, ...]:
    """Rank numbers by their part of all squared effects, summed over measures.

    A measure weighs as much as its two halves agree: one that is mostly chance says little.
    """
    parts = np.zeros(len(paths))
    for effects in screening.values():
        agreed = effects.strength**2
        seen = float((effects.mean**2 + effects.spread**2).sum())
        if agreed.sum() > 0:
            parts += agreed / agreed.sum() * min(1.0, float(agreed.sum()) / seen)
    order = np.argsort(-parts, kind="stable")
    return tuple(paths[at] for at in order[:keep])
