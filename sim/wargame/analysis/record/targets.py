"""What the record says of each pattern, with its interval: what simulated histories are held to."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from wargame.analysis.estimates.intervals import counted_rate
from wargame.analysis.record import patterns
from wargame.analysis.record.contagion import fit_contagion, place_days, profile_interval
from wargame.analysis.record.incidents import Counts, weekly_counts, weekly_record
from wargame.analysis.record.patterns.ratios import Floats
from wargame.findings import Estimate, share_of
from wargame.scenario import library

CLASHES = "korea_clashes_handcoded"
CRISES = "icb_v16_korea_crises"
CLASH_YEARS = {"1996-2010": 15.0, "2011-2024": 13.8}
"""Period -> years it covers; the list of clashes starts in 1996 and ends in October 2024."""

_STRIKES = "turns at rung 7 or above a year"
_REPLIES = (36, 82)  # 44 % of the 82 threats and displays by North Korea


@dataclass(frozen=True)
class Target:
    """A number of the record.

    Attributes
    ----------
    id : str
        P1..P8 of the design, or X for a further one.
    key : str
        Name of the same number in `patterns.summaries`.
    what : str
        In words.
    record : Estimate
        What the record says.
    rare : bool
        Whether most histories have none: then mean rates are compared.
    """

    id: str
    key: str
    what: str
    record: Estimate
    rare: bool = False


def calibration_targets(seed: int = 1) -> tuple[Target, ...]:
    """Return the patterns of 1993-2010.

    Parameters
    ----------
    seed : int
        Of the resampling behind the intervals of clustering.
    """
    early = [row for row in library.table(CRISES) if "1993" <= row["start"][:4] <= "2010"]
    return (
        _entry("P1", "incidents_per_year", "incidents_1993_2010", "incidents a year"),
        *_measured(("P1", "north_share", "share of incidents by North Korea"), seed=seed),
        _entry("P2", "threat_share", "level_threat", "share that are threats"),
        _entry("P2", "display_share", "level_display", "share that are displays"),
        _entry("P2", "use_share", "level_use", "share that are uses of force"),
        _entry(
            "P3",
            "lethal_per_year",
            "lethal_per_year",
            "lethal clashes a year, record to 2024",
            True,
        ),
        _entry(
            "P3",
            "lethal_per_year",
            "lethal_per_year_1996_2010",
            "lethal clashes a year, record to 2010",
            True,
        ),
        _entry("P4", "same_rung", "answer_same_rung", "answers at the same rung"),
        _entry("P4", "higher", "answer_higher", "answers at a higher rung"),
        _entry("P4", "lower", "answer_lower", "answers at a lower rung"),
        Target("P5", "strikes_per_year", _STRIKES, Estimate(0.0, 0.0, 0.036), True),
        _entry("P5", "war_per_year", "war_per_year", "wars a year", True),
        *_clustering(seed),
        Target(
            "P7",
            "reply_within_week",
            "low North Korean acts answered within 7 days",
            replace(share_of(*_REPLIES), value=float(library.record("reply_within_week")["value"])),
        ),
        *_measured(
            ("P7", "both_in_week", "weeks with such an act in which the allies act, too"), seed=seed
        ),
        Target("P8", "crises_per_year", "long crises a year", counted_rate(len(early), 18.0)),
        *_crisis_targets(),
    )


def holdout_targets() -> tuple[Target, ...]:
    """Return what the record has of 2011 to October 2024: no table of incidents, but clashes."""
    late = clashes("2011-2024")
    years = CLASH_YEARS["2011-2024"]
    armed = [row for row in late if row[1] >= 4]
    steps = np.sign([answer - trigger for _, trigger, answer, _ in armed])
    crises = [row for row in library.table(CRISES) if row["start"][:4] >= "2011"]
    names = (("same_rung", "the same", 0), ("higher", "a higher", 1), ("lower", "a lower", -1))
    answers = [
        Target(
            "P4",
            key,
            f"answers at {word} rung",
            share_of(int((steps == sign).sum()), len(armed)),
        )
        for key, word, sign in names
    ]
    return (
        _entry("P3", "lethal_per_year", "lethal_per_year_2011_2024", "lethal clashes a year", True),
        *answers,
        Target("P5", "strikes_per_year", _STRIKES, counted_rate(0, years), True),
        Target(
            "X1",
            "clashes_per_year",
            "weeks a year with an act at rung 4 or above",
            counted_rate(len(armed), years),
        ),
        # the list of crises ends in 2021
        Target("P8", "crises_per_year", "long crises a year", counted_rate(len(crises), 11.0)),
    )


def clashes(period: str) -> list[tuple[int, int, int, int]]:
    """Return year, trigger rung, answer rung and peak rung of the listed clashes of a period.

    Parameters
    ----------
    period : str
        A key of `CLASH_YEARS`.
    """
    first, last = period.split("-")
    return [
        (
            int(row["start_date"][:4]),
            int(row["trigger_rung"]),
            int(row["response_rung"]),
            int(row["peak_rung"]),
        )
        for row in library.table(CLASHES)
        if first <= row["start_date"][:4] <= last
    ]


def _entry(name: str, key: str, entry: str, what: str, rare: bool = False) -> Target:
    found = library.record(entry)
    value, low, high = (float(found[end]) for end in ("value", "low", "high"))
    return Target(name, key, what, Estimate(value, low, high), rare)


def _measured(*rows: tuple[str, str, str], seed: int) -> list[Target]:
    """Return numbers worked out from the table of incidents, with block-bootstrap intervals."""
    found = _measure_record(seed)
    return [Target(name, key, what, found[key]) for name, key, what in rows]


@cache
def _measure_record(seed: int) -> dict[str, Estimate]:
    counts = weekly_counts(weekly_record())
    intervals = patterns.block_bootstrap(counts[0], _measure, seed=seed)
    return {
        key: Estimate(float(value[0]), *intervals[key]) for key, value in _measure(counts).items()
    }


def _measure(counts: Counts) -> dict[str, Floats]:
    return patterns.levels(counts) | patterns.clustering(counts.sum(axis=(2, 3)))


def _clustering(seed: int) -> list[Target]:
    rows = _measured(
        ("P6", "dispersion_week", "variance over mean, weeks"),
        ("P6", "dispersion_quarter", "variance over mean, quarters"),
        ("P6", "dispersion_year", "variance over mean, years"),
        ("P6", "weeks_active", "share of weeks with an incident"),
        ("P6", "active_after_active", "the same after such a week"),
        ("P6", "active_within_four", "another within four weeks of such a week"),
        ("P6", "active_within_four_any", "the same after any week"),
        seed=seed,
    )
    weekly = weekly_counts(weekly_record()).sum(axis=(2, 3))
    days, span = place_days(weekly, seed), 7.0 * weekly.shape[1]
    branching = float(fit_contagion(days, span).branching[0])
    found = Estimate(branching, *profile_interval(days[0], span))
    return [*rows, Target("P6", "branching", "incidents one sets off, on days", found)]


def _crisis_targets() -> list[Target]:
    lengths = sorted(int(row["days"]) for row in library.table(CRISES))
    # 95% interval of a median by ranks: the 4th and 12th of 15
    low, high = _median_ranks(len(lengths))
    median = Estimate(float(np.median(lengths)), lengths[low], lengths[high])
    return [
        Target("P8", "crisis_days", "their median days", median),
        _entry("P8", "crisis_agreement", "crisis_ended_agreement", "share ended by agreement"),
        _entry("P8", "crisis_faded", "crisis_ended_faded", "share that faded"),
    ]


def _median_ranks(number: int) -> tuple[int, int]:
    """Return the places of the order statistics that enclose the median in 95 of 100 samples."""
    chance, place = 0.0, 0
    while True:
        chance += math.comb(number, place) / 2.0**number
        if chance > 0.025:
            return max(0, place - 1), number - max(1, place)
        place += 1
