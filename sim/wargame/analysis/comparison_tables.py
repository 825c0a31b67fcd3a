"""A comparison as tables for people, as one plain document, and as rows for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from wargame.analysis import statistics
from wargame.analysis.comparison import RATES, Against, Comparison
from wargame.analysis.intervals import Rate, mean_rate
from wargame.analysis.pairs import Difference
from wargame.analysis.scales import exceedance
from wargame.analysis.summary import plain, share_columns
from wargame.analysis.tables import guard
from wargame.analysis.wording import about, percent, span
from wargame.engine.results import NOTE, Results, Share
from wargame.scenario import loader
from wargame.scenario.schema import OUTCOMES
from wargame.scenario.summary import Section

__all__ = ["document", "overview", "rows", "write_rows"]

_INTERVALS = (
    "95% intervals. Shares: Wilson. Differences of shares over the same draws: Tango's score "
    "interval for paired proportions. Rates: normal, from the paired difference in each history."
)


def overview(comparison: Comparison) -> tuple[str, list[Section]]:
    """Return a title and the tables of a comparison.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    title : str
    sections : list of Section
        Outcomes, differences, rates, what pairing did, other scales.
    """
    results = comparison.results
    drawn = ", uncertain numbers drawn per history" if results.uncertainty else ""
    title = "\n".join(
        [
            f"{comparison.baseline.scenario.title}: {results.replications:,} histories of each "
            f"variant on the same draws, seed {results.seed}{drawn}",
            *comparison.remarks,
        ]
    )
    return title, [
        _variants(comparison),
        _shares(comparison),
        _differences(comparison),
        _rates(comparison),
        _pairing(comparison),
        _scales(comparison),
    ]


def _variants(comparison: Comparison) -> Section:
    cells = tuple((item.label, item.what) for item, _ in comparison.members)
    return Section("variants", "Compared", ("variant", "what it is"), cells)


def _shares(comparison: Comparison) -> Section:
    names = comparison.outcome_names()
    shares = [results.outcomes() for _, results in comparison.members]
    cells = tuple(
        (name, *(_share(found[name]) if name in found else "not allowed" for found in shares))
        for name in names
    )
    headers = ("outcome", *(item.label for item, _ in comparison.members))
    return Section("outcomes", f"Outcomes ({NOTE})", headers, cells)


def _share(share: Share) -> str:
    if share.count == 0:
        return about(share)
    return f"{percent(share.share)} ({span(share.low, share.high)})"


def _differences(comparison: Comparison) -> Section:
    labelled = [
        (name, [item.outcomes[name] for item in comparison.against])
        for name in comparison.outcome_names()
    ]
    labelled += [
        (f"rung {level} or above", [item.reached[level] for item in comparison.against])
        for level in sorted(comparison.against[0].reached)
    ]
    cells = tuple((name, *map(_points, found)) for name, found in labelled)
    headers = ("share of histories", *(item.variant.label for item in comparison.against))
    title = f"Differences from {comparison.baseline.label}, in percentage points, with 95% interval"
    return Section("differences", title, headers, cells)


def _points(difference: Difference) -> str:
    return _signed(difference, 100, 2)


def _signed(difference: Difference, scale: float, places: int) -> str:
    if difference.value == difference.low == difference.high == 0:
        return "0 exactly"
    value, low, high = (
        round(scale * end, places) + 0.0
        for end in (difference.value, difference.low, difference.high)
    )
    if difference.value == 0:
        return f"0 ({low:+.{places}f} to {high:+.{places}f})"
    return f"{value:+.{places}f} ({low:+.{places}f} to {high:+.{places}f})"


def _rates(comparison: Comparison) -> Section:
    headers = [
        "a simulated year",
        comparison.baseline.label,
        *(f"{item.variant.label}: difference" for item in comparison.against),
    ]
    found = _rates_of(comparison.results)
    cells = tuple(
        (
            what,
            _rate(found[name]),
            *(_signed(item.rates[name], 1, 3) for item in comparison.against),
        )
        for name, what in RATES.items()
    )
    return Section("rates", "How often, with 95% interval", tuple(headers), cells)


def _rates_of(results: Results) -> dict[str, Rate]:
    years = statistics.years_each(results)
    return {name: mean_rate(results.table[name], years) for name in RATES}


def _rate(rate: Rate) -> str:
    return f"{rate.rate:.3g} ({rate.low:.3g} to {rate.high:.3g})"


def _pairing(comparison: Comparison) -> Section:
    cells = tuple(
        (
            item.variant.label,
            _share(item.parting.never),
            "-" if item.parting.median is None else _turns(item),
            *(_times(item.saved[name]) for name in ("incidents", "reached 5", "reached 6")),
        )
        for item in comparison.against
    )
    headers = (
        "variant",
        "pairs that never part",
        "turn by which half of the others have (1 in 10, 9 in 10)",
        "variance saved: incidents",
        "rung 5 or above",
        "rung 6 or above",
    )
    pairs = comparison.results.acts_kept
    title = (
        f"What common draws did: where histories part (first {pairs:,} pairs), and how many times "
        "more histories the same precision would need without them"
    )
    return Section("pairing", title, headers, cells)


def _turns(item: Against) -> str:
    part = item.parting
    return f"{part.median} ({part.early}, {part.late})"


def _times(saved: float | None) -> str:
    return "no pair differs" if saved is None else f"{saved:.3g} times"


def _scales(comparison: Comparison) -> Section:
    cells = tuple(
        (
            item.variant.label,
            reading.scale.name,
            *(_share(share) for share in (reading.worse, reading.milder, reading.equal)),
            _points(reading.net),
            "-" if number == 0 else item.survives(reading),
            reading.scale.limits,
        )
        for item in comparison.against
        for number, reading in enumerate(item.readings)
    )
    headers = (
        "variant",
        "scale",
        "worse",
        "milder",
        "equal",
        "worse minus milder (points)",
        "same conclusion",
        "what the scale cannot tell apart",
    )
    title = (
        f"The worst act of each pair of histories on other scales, against "
        f"{comparison.baseline.label} (first {comparison.results.acts_kept:,} pairs)"
    )
    return Section("scales", title, headers, cells)


def document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data for JSON.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    dict
        Floats rounded to 10 significant digits. Shares 0..1, rates per simulated year,
        differences variant minus baseline.
    """
    results = comparison.results
    written: dict[str, Any] = plain(
        {
            "scenario": comparison.baseline.scenario.title,
            "baseline": comparison.baseline.label,
            "seed": results.seed,
            "replications": results.replications,
            "parameter_uncertainty": results.uncertainty,
            "pairs_with_acts": results.acts_kept,
            "remarks": list(comparison.remarks),
            "scales": [
                {
                    "scale": scale.name,
                    "values": {str(rung): scale.of(rung) for rung in statistics.RUNG_AXIS},
                    "note": scale.note,
                    "limits": scale.limits,
                }
                for scale in comparison.scales
            ],
            "variants": [
                {
                    "label": variant.label,
                    "what": variant.what,
                    "digest": loader.digest(variant.scenario),
                    "turns": variant.scenario.turns,
                    "outcomes": [
                        {"outcome": name, "rung": OUTCOMES[name], **share_columns(share)}
                        for name, share in found.outcomes().items()
                    ],
                    "per_year": {name: asdict(rate) for name, rate in _rates_of(found).items()},
                    "worst_act_at_or_above": {
                        scale.name: {
                            f"{step:g}": share_columns(share)
                            for step, share in exceedance(found, scale).items()
                        }
                        for scale in comparison.scales
                    },
                }
                for variant, found in comparison.members
            ],
            "differences": [_against(comparison, item) for item in comparison.against],
            "intervals": _INTERVALS,
            "note": NOTE,
        }
    )
    return written


def _against(comparison: Comparison, item: Against) -> dict[str, Any]:
    part = item.parting
    return {
        "label": item.variant.label,
        "same_scenario": item.same,
        "outcomes": [
            {"outcome": name, "rung": OUTCOMES[name], **_columns(item.outcomes[name])}
            for name in comparison.outcome_names()
        ],
        "reached": [{"rung": level, **_columns(found)} for level, found in item.reached.items()],
        "per_year": {name: _columns(found) for name, found in item.rates.items()},
        "parting": {
            "never": share_columns(part.never),
            "turn_p10": part.early,
            "turn_median": part.median,
            "turn_p90": part.late,
            "parted_by_turn": part.by_turn.tolist(),
        },
        "variance_saved": item.saved,
        "scales": [
            {
                "scale": reading.scale.name,
                "worse": share_columns(reading.worse),
                "milder": share_columns(reading.milder),
                "equal": share_columns(reading.equal),
                "worse_minus_milder": _columns(reading.net),
                "verdict": reading.verdict,
                "same_conclusion": None if number == 0 else item.survives(reading),
            }
            for number, reading in enumerate(item.readings)
        ],
    }


def _columns(difference: Difference) -> dict[str, float]:
    return {"difference": difference.value, "low": difference.low, "high": difference.high}


def rows(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    """Yield a header and a row for each variant and measure.

    Parameters
    ----------
    comparison : Comparison

    Yields
    ------
    tuple
        variant, kind, measure, value, low, high, difference, difference_low, difference_high;
        the last three are empty for the baseline.
    """
    ends = ("", "_low", "_high")
    header = ("variant", "kind", "measure", "value", "low", "high")
    yield (*header, *(f"difference{end}" for end in ends))
    against: list[Against | None] = [None, *comparison.against]
    for (variant, results), item in zip(comparison.members, against, strict=True):
        for name, share in results.outcomes().items():
            numbers = (share.share, share.low, share.high)
            found = item.outcomes[name] if item else None
            yield _row(variant.label, "outcome share", name, numbers, found)
        for level in comparison.against[0].reached:
            bound = statistics.crossings(results)[level]
            numbers = (bound.share, bound.low, bound.high)
            found = item.reached[level] if item else None
            yield _row(variant.label, "share reaching", f"rung {level}", numbers, found)
        for name, rate in _rates_of(results).items():
            numbers = (rate.rate, rate.low, rate.high)
            found = item.rates[name] if item else None
            yield _row(variant.label, "per simulated year", name, numbers, found)


def _row(
    label: str,
    kind: str,
    measure: str,
    numbers: tuple[float, float, float],
    found: Difference | None,
) -> tuple[Any, ...]:
    ends = ("", "", "") if found is None else (found.value, found.low, found.high)
    cells = (plain(end) if isinstance(end, float) else end for end in (*numbers, *ends))
    return (guard(label), kind, measure, *cells)


def write_rows(comparison: Comparison) -> str:
    """Return `rows` as CSV text with bare newlines."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows(comparison))
    return buffer.getvalue()
