"""The score of chances against what happened, beside that of a null.

The model's chances are the shares of its histories, the same for every year: it knows no
dates. The null knows only the base rate of the calibration period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.scoring_rules import Floats, brier, ranked_probability
from wargame.engine.draws import Streams
from wargame.errors import UsageError
from wargame.findings import Estimate

_RESAMPLES = 2000


@dataclass(frozen=True)
class Score:
    """The model's score beside the null's; lower is better.

    Attributes
    ----------
    id, what, period, rule : str
        rule is "Brier" or "ranked probability".
    number : int
        Forecasts scored.
    model, null : float
        Mean scores. The model has none where its histories are too short for a forecast.
    difference : Estimate, optional
        Model less null, with a 95% interval from resampling the forecasts.
    varied : bool
        Whether more than one outcome was seen; else the lower chance wins, and the interval
        has no width.
    """

    id: str
    what: str
    period: str
    rule: str
    number: int
    model: float | None
    null: float
    difference: Estimate | None
    varied: bool

    @property
    def verdict(self) -> str:
        """Whether the model beats the null, in words."""
        if self.difference is None:
            return "cannot be told: simulated histories are too short"
        if not self.varied:
            return "cannot be told: it always came out the same"
        said = {"lower": "model better", "higher": "null better"}
        return said.get(self.difference.verdict, "null as good")


def score(
    name: str,
    what: str,
    period: str,
    model: Floats | None,
    null: Floats,
    happened: Sequence[int] | NDArray[np.integer],
    *,
    classes: bool,
    seed: int = 1,
) -> Score:
    """Score the model and the null on the same events.

    Parameters
    ----------
    name, what, period : str
        See `Score`.
    model, null : ndarray
        Chances: shape (forecast,) of an event, (forecast, class) of ordered classes; or one
        forecast for all, shape () or (class,). No model where nobody simulated long enough.
    happened : sequence of int
        0 or 1 of an event; else the class.
    classes : bool
        Whether it is ordered classes that are forecast.
    seed : int
        Of the resampling.

    Raises
    ------
    UsageError
        When nothing happened that could be scored.
    """
    events = np.asarray(happened)
    if not len(events):
        raise UsageError(f"{what}: there is nothing to score. Give at least one forecast.")

    def scored(chances: Floats) -> Floats:
        if classes:
            return ranked_probability(
                np.broadcast_to(chances, (len(events), chances.shape[-1])), events
            )
        return brier(np.broadcast_to(chances, len(events)), events)

    theirs = scored(np.asarray(null, np.float64))
    ours = None if model is None else scored(np.asarray(model, np.float64))
    return Score(
        id=name,
        what=what,
        period=period,
        rule="ranked probability" if classes else "Brier",
        number=len(events),
        model=None if ours is None else float(ours.mean()),
        null=float(theirs.mean()),
        difference=None if ours is None else _difference(ours - theirs, name, seed),
        varied=bool(np.ptp(events) > 0),
    )


def _difference(gap: Floats, name: str, seed: int) -> Estimate:
    """Return the mean gap with an interval from resampling the forecasts."""
    streams = Streams(seed, 0, _RESAMPLES)
    picks = np.stack([streams.row("score", name, place) for place in range(len(gap))], axis=1)
    means = gap[(picks * len(gap)).astype(np.int64)].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Estimate(float(gap.mean()), float(low), float(high), len(gap), "change")
