"""A comparison as one plain document and as rows for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from wargame.analysis.estimates import statistics
from wargame.analysis.studies.compare import Against, Comparison, rates_of
from wargame.analysis.studies.scales import exceedance
from wargame.engine.results import NOTE, RUNG_AXIS
from wargame.findings import Estimate
from wargame.scenario import canonical
from wargame.scenario.ladder import OUTCOMES
from wargame.show.table import guard, record_of
from wargame.store.files import plain

_INTERVALS = (
    "95% intervals. Shares: Wilson. Differences of shares over the same draws: Tango's score "
    "interval for paired proportions. Rates: normal, from the paired difference in each history."
)


def document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data for JSON.

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
                    "values": {str(rung): scale.of(rung) for rung in RUNG_AXIS},
                    "note": scale.note,
                    "limits": scale.limits,
                }
                for scale in comparison.scales
            ],
            "variants": [
                {
                    "label": variant.label,
                    "what": variant.what,
                    "digest": canonical.digest(variant.scenario),
                    "turns": variant.scenario.turns,
                    "outcomes": [
                        {"outcome": name, "rung": OUTCOMES[name], **record_of(share)}
                        for name, share in found.outcomes().items()
                    ],
                    "per_year": {name: record_of(rate) for name, rate in rates_of(found).items()},
                    "worst_act_at_or_above": {
                        scale.name: {
                            f"{step:g}": record_of(share)
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
            {"outcome": name, "rung": OUTCOMES[name], **record_of(item.outcomes[name])}
            for name in comparison.outcome_names()
        ],
        "reached": [{"rung": level, **record_of(found)} for level, found in item.reached.items()],
        "per_year": {name: record_of(found) for name, found in item.rates.items()},
        "parting": {
            "never": record_of(part.never),
            "turn_p10": part.early,
            "turn_median": part.median,
            "turn_p90": part.late,
            "parted_by_turn": part.by_turn.tolist(),
        },
        "variance_saved": item.saved,
        "scales": [
            {
                "scale": reading.scale.name,
                "worse": record_of(reading.worse),
                "milder": record_of(reading.milder),
                "equal": record_of(reading.equal),
                "worse_minus_milder": record_of(reading.net),
                "verdict": reading.verdict,
                "same_conclusion": None if number == 0 else item.survives(reading),
            }
            for number, reading in enumerate(item.readings)
        ],
    }


def rows(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    """Yield a header and a row for each variant and measure.

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
            numbers = (share.value, share.low, share.high)
            found = item.outcomes[name] if item else None
            yield _row(variant.label, "outcome share", name, numbers, found)
        for level in comparison.against[0].reached:
            bound = statistics.crossings(results)[level]
            numbers = (bound.value, bound.low, bound.high)
            found = item.reached[level] if item else None
            yield _row(variant.label, "share reaching", f"rung {level}", numbers, found)
        for name, rate in rates_of(results).items():
            numbers = (rate.value, rate.low, rate.high)
            found = item.rates[name] if item else None
            yield _row(variant.label, "per simulated year", name, numbers, found)


def _row(
    label: str,
    kind: str,
    measure: str,
    numbers: tuple[float, float, float],
    found: Estimate | None,
) -> tuple[Any, ...]:
    ends = ("", "", "") if found is None else (found.value, found.low, found.high)
    cells = (plain(end) if isinstance(end, float) else end for end in (*numbers, *ends))
    return (guard(label), kind, measure, *cells)


def write_rows(comparison: Comparison) -> str:
    """Return `rows` as CSV text with bare newlines."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows(comparison))
    return buffer.getvalue()
