"""Which chances are read from simulated histories and scored against the record, and the null.

The null draws incidents and clashes from Poisson laws at the base rate of the calibration
period, and gives each clash a rung at the period's shares. A forecaster of 2010 knew no
more, so it is also the null of the hold-out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.scores import Score, score
from wargame.analysis.estimates.scoring_rules import poisson_chances
from wargame.analysis.record import targets
from wargame.analysis.record.incidents import weekly_counts, weekly_record
from wargame.scenario.ladder import CROSSING_LEVELS, STRIKES

PEAK_CLASSES = (*CROSSING_LEVELS, STRIKES)
"""Lowest rungs of the classes of a year's peak; below the first is the lowest class."""

_QUARTER, _YEAR = 13, 52
_BEFORE = (0, 1, 2, 4)
"""Lowest counts of the classes of the quarter before."""

Floats = NDArray[np.float64]
Whole = NDArray[np.integer]


@dataclass(frozen=True)
class Simulated:
    """What chances are read from.

    Attributes
    ----------
    weekly : ndarray of int, shape (history, week)
        Incidents.
    peaks : ndarray of int8, shape (history, week)
        Highest rung among the Koreas and the allies, 0 for none.
    """

    weekly: NDArray[np.int64]
    peaks: NDArray[np.int8]

    def year_classes(self) -> NDArray[np.int64]:
        """Return the class of each simulated year's peak, shape (year,)."""
        peak = _blocks(self.peaks, _YEAR).max(axis=2).ravel()
        classes: NDArray[np.int64] = np.searchsorted(PEAK_CLASSES, peak, side="right")
        return classes


def score_all(simulated: Mapping[str, Simulated], seed: int = 1) -> tuple[Score, ...]:
    """Score the model's chances for the calibration years, the hold-out and the variant.

    Parameters
    ----------
    simulated : mapping of str to Simulated
        "patterns", "holdout" and "regime".
    seed : int
        Of the resampling.
    """
    found = []
    for part, period in (
        ("patterns", "1996-2010"),
        ("holdout", "2011-2024"),
        ("regime", "2011-2024"),
    ):
        shares = _shares(simulated[part].year_classes(), len(PEAK_CLASSES) + 1)
        happened, null = _peaks_of_years(period), peak_chances("1996-2010")
        label = "2011-2024, switch of regime" if part == "regime" else period
        lethal = (happened >= 3).astype(np.int64)
        found += [
            score(
                "S1",
                "any lethal clash in a year",
                label,
                None if shares is None else np.array(shares[3:].sum()),
                np.array(null[3:].sum()),
                lethal,
                classes=False,
                seed=seed,
            ),
            score(
                "S2",
                "a year's highest rung",
                label,
                shares,
                null,
                happened,
                classes=True,
                seed=seed,
            ),
        ]
    record = weekly_counts(weekly_record()).sum(axis=(2, 3))
    weekly = simulated["patterns"].weekly
    found.append(_score_counts("S3", "a year's incidents", record, weekly, _YEAR, seed))
    found.append(_score_counts("S4", "a quarter's incidents", record, weekly, _QUARTER, seed))
    found.append(_score_following(record, weekly, seed))
    return tuple(found)


def peak_chances(period: str) -> Floats:
    """Return the null's chances of the classes of a year's peak.

    Parameters
    ----------
    period : str
        A key of `targets.CLASH_YEARS`, whose clashes give rate and rungs.

    Returns
    -------
    ndarray, shape (class,)
        Clashes are Poisson, and each has a rung at the period's shares.
    """
    peaks = np.array([peak for *_, peak in targets.clashes(period) if peak >= PEAK_CLASSES[0]])
    rate = len(peaks) / targets.CLASH_YEARS[period]
    above = np.array([(peaks >= rung).mean() for rung in PEAK_CLASSES])
    reached = np.concatenate([[1.0], -np.expm1(-rate * above), [0.0]])
    return -np.diff(reached)


def _peaks_of_years(period: str) -> NDArray[np.int64]:
    """Return the class of each recorded year's peak."""
    first, last = (int(year) for year in period.split("-"))
    peaks = np.zeros(last - first + 1, np.int64)
    for year, _, _, peak in targets.clashes(period):
        peaks[year - first] = max(peaks[year - first], peak)
    return np.searchsorted(PEAK_CLASSES, peaks, side="right").astype(np.int64)


def _score_counts(
    name: str, what: str, record: Whole, weekly: Whole, weeks: int, seed: int
) -> Score:
    happened = _blocks(record, weeks).sum(axis=2)[0]
    totals = _blocks(weekly, weeks).sum(axis=2).ravel()
    classes = int(max(happened.max(), totals.max(initial=0))) + 2
    chances = _shares(totals, classes)
    null = poisson_chances(float(happened.mean()), classes)
    return score(name, what, "1993-2010", chances, null, happened, classes=True, seed=seed)


def _score_following(record: Whole, weekly: Whole, seed: int) -> Score:
    """Score chances for a quarter that know how many incidents the quarter before had."""
    happened = _blocks(record, _QUARTER).sum(axis=2)[0]
    totals = _blocks(weekly, _QUARTER).sum(axis=2)
    classes = int(max(happened.max(), totals.max(initial=0))) + 2
    before = np.searchsorted(_BEFORE, totals[:, :-1], side="right").ravel() - 1
    pairs = np.bincount(
        before * classes + totals[:, 1:].ravel(), minlength=len(_BEFORE) * classes
    ).reshape(len(_BEFORE), classes)
    shares = pairs / np.maximum(1, pairs.sum(axis=1, keepdims=True))
    known = shares[np.searchsorted(_BEFORE, happened[:-1], side="right") - 1]
    chances = known if pairs.any() else None
    null = poisson_chances(float(happened.mean()), classes)
    what = "a quarter's incidents, given the quarter before"
    return score("S5", what, "1993-2010", chances, null, happened[1:], classes=True, seed=seed)


def _shares(classes: Whole, number: int) -> Floats | None:
    """Return the share of each class, shape (number,); None without a block that has one."""
    return np.bincount(classes, minlength=number) / len(classes) if len(classes) else None


def _blocks(series: Whole, weeks: int) -> Whole:
    """Cut weeks into whole blocks, shape (history, block, week)."""
    number = series.shape[1] // weeks
    return series[:, : number * weeks].reshape(len(series), number, weeks)
