"""What students expected, held against a run and scored.

A forecast is a chance for each outcome. It is scored against every history of the run as if
that history were what came to pass, and the scores are averaged: so the best a forecast can
do is to equal the run's own shares, and what is left then is luck that nobody could know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.scoring_rules import brier, ranked_probability
from wargame.analysis.record.base_rates import base_rates
from wargame.classroom.forecasts.marks import Floats, Mark, Scored, Threshold
from wargame.classroom.forecasts.roster import Forecast, asked
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.findings import Z95, Estimate
from wargame.scenario.ladder import outcome_classes
from wargame.scenario.schema import Scenario


def score_class(
    forecasts: Sequence[Forecast], results: Results, number: int | None = None
) -> Scored:
    """Score a class against a run, or one history of it.

    Parameters
    ----------
    forecasts : sequence of Forecast
        About the outcomes of `asked`.
    number : int, optional
        The history that came to pass; all of them, each as likely, unless given.

    Raises
    ------
    UsageError
        If there is no such history, or nothing to score.
    """
    if not forecasts:
        raise UsageError("there is no forecast to score. Give at least one.")
    outcomes = asked(results.scenario)
    peaks = results.table["peak"]
    if number is not None:
        if not results.first <= number < results.first + len(peaks):
            raise UsageError(
                f"there is no history {number}. "
                f"Use {results.first}..{results.first + len(peaks) - 1}.",
                field="run",
            )
        peaks = peaks[number - results.first : number - results.first + 1]
    classes = np.minimum(outcome_classes(peaks), len(outcomes) - 1)
    counts = np.bincount(classes, minlength=len(outcomes))
    shares = counts / counts.sum()
    own = results.outcome_counts()
    run_shares = np.array([own[name] for name in outcomes]) / results.replications
    best = _mean_scores(shares, shares)[1]
    students = tuple(_mark(item.student, item.chances, counts, best) for item in forecasts)
    pooled = np.mean([item.chances for item in forecasts], axis=0)
    uniform = np.full(len(outcomes), 1 / len(outcomes))
    return Scored(
        results=results,
        number=number,
        outcomes=outcomes,
        shares=shares,
        students=students,
        mean=_mark_of(
            f"mean score of {len(students)} forecasts"
            if len(students) > 1
            else "score of the 1 forecast",
            pooled,
            np.mean([_by_class(item.chances) for item in forecasts], axis=0),
            counts,
            best,
        ),
        pooled=_mark("the class's mean forecast", pooled, counts, best),
        model=_mark("the model's own shares", run_shares, counts, best),
        uniform=_mark("the same chance for each outcome", uniform, counts, best),
        thresholds=_thresholds(
            results.scenario,
            outcomes,
            shares,
            {"class": pooled, "model": run_shares, "uniform": uniform},
        ),
    )


def _by_class(chances: Floats) -> tuple[Floats, Floats]:
    """Return the Brier and ranked probability score of a forecast, were each outcome to come."""
    size = len(chances)
    came = np.eye(size, dtype=np.int64)
    squared: Floats = brier(np.broadcast_to(chances, (size, size)), came).sum(axis=1)
    return squared, ranked_probability(np.broadcast_to(chances, (size, size)), np.arange(size))


def _mean_scores(chances: Floats, shares: Floats) -> tuple[float, float]:
    one, other = _by_class(chances)
    return float(one @ shares), float(other @ shares)


def _mark(name: str, chances: Floats, counts: NDArray[np.int64], best: float) -> Mark:
    return _mark_of(name, chances, np.array(_by_class(chances)), counts, best)


def _mark_of(
    name: str, chances: Floats, scores: Floats, counts: NDArray[np.int64], best: float
) -> Mark:
    """Average scores over histories; scores has shape (2, outcome): Brier, ranked probability."""
    shares, total = counts / counts.sum(), int(counts.sum())

    def over_histories(each: Floats) -> Estimate:
        mean = float(each @ shares)
        spread = float(np.sqrt(max(0.0, float(each**2 @ shares) - mean**2) / total)) * Z95
        return Estimate(mean, max(0.0, mean - spread), mean + spread)

    squared, ranked = map(over_histories, scores)
    return Mark(name, chances, squared, ranked, max(0.0, ranked.value - best))


def _thresholds(
    scenario: Scenario, outcomes: tuple[str, ...], shares: Floats, chances: Mapping[str, Floats]
) -> tuple[Threshold, ...]:
    """Score the questions on which the record can be asked, too."""
    found = []
    for outcome, rate in base_rates(scenario).items():
        if outcome not in outcomes:
            continue
        first = outcomes.index(outcome)
        happened = float(shares[first:].sum())
        said = {who: float(chance[first:].sum()) for who, chance in chances.items()}
        said["record"] = rate.value
        scores = {
            who: happened * (chance - 1) ** 2 + (1 - happened) * chance**2
            for who, chance in said.items()
        }
        found.append(Threshold(outcome, happened, said, scores, (rate.low, rate.high)))
    return tuple(found)
