"""What a student and a class are given for their forecasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import Results
from wargame.findings import Estimate, share_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """The scores of one forecast; lower is better, 0 perfect.

    Attributes
    ----------
    chances : ndarray, shape (outcome,)
    brier : Estimate
        Sum over outcomes of the squared error, 0..2, a mean over histories.
    rps : Estimate
        Ranked probability score, 0..outcomes - 1; a forecast that misses by more costs more.
    gap : float
        RPS above that of the run's own shares, at least 0: what knowing the shares would save.
    """

    name: str
    chances: Floats
    brier: Estimate
    rps: Estimate
    gap: float


@dataclass(frozen=True)
class Threshold:
    """The chance of "at least this bad" by class, run, uniform guess and record.

    Attributes
    ----------
    happened : float
        Share of histories.
    chances : dict of str to float
        Who -> chance; "record" only where the record speaks.
    scores : dict of str to float
        Who -> mean Brier score of that one yes-or-no question, 0..1.
    record : tuple of (float, float)
        The 95% interval of the record's chance.
    """

    outcome: str
    happened: float
    chances: dict[str, float]
    scores: dict[str, float]
    record: tuple[float, float]


@dataclass(frozen=True)
class Scored:
    """A class scored.

    Attributes
    ----------
    results : Results
        What it was scored against.
    number : int or None
        The one history it was scored against; None for all.
    outcomes : tuple of str
        That were asked for, in order of severity.
    shares : ndarray, shape (outcome,)
        What came to pass: shares of histories.
    students : tuple of Mark
        In the order of the file.
    mean, pooled, model, uniform : Mark
        The mean of the students' scores; the scores of the class's mean forecast, of the run's own
        shares, and of the same chance for each outcome.
    thresholds : tuple of Threshold
        "At least a lethal clash" and "war", where the record can be set beside the class.
    """

    results: Results
    number: int | None
    outcomes: tuple[str, ...]
    shares: Floats
    students: tuple[Mark, ...]
    mean: Mark
    pooled: Mark
    model: Mark
    uniform: Mark
    thresholds: tuple[Threshold, ...]

    def at_least(self, outcome: str) -> Estimate:
        """Return in what share of the histories it came to an outcome or worse."""
        total = self.results.replications if self.number is None else 1
        share = float(self.shares[self.outcomes.index(outcome) :].sum())
        return share_of(round(share * total), total)
