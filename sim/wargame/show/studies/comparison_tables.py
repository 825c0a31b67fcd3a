"""A comparison as tables for people: what `wargame compare` prints."""

from __future__ import annotations

from wargame.analysis.studies.compare import RATES, Against, Comparison, rates_of
from wargame.engine.results import NOTE
from wargame.findings import Estimate
from wargame.scenario.section import Section
from wargame.show.words import about, percent, span


def overview(comparison: Comparison) -> tuple[str, list[Section]]:
    """Return a title and the tables of a comparison.

    Returns
    -------
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
        _limits(comparison),
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


def _share(share: Estimate) -> str:
    if share.count == 0:
        return about(share)
    return f"{percent(share.value)} ({span(share.low, share.high)})"


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


def _points(difference: Estimate) -> str:
    return _signed(difference, 100, 2)


def _signed(difference: Estimate, scale: float, places: int) -> str:
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
    found = rates_of(comparison.results)
    cells = tuple(
        (
            what,
            _rate(found[name]),
            *(_signed(item.rates[name], 1, 3) for item in comparison.against),
        )
        for name, what in RATES.items()
    )
    return Section("rates", "How often, with 95% interval", tuple(headers), cells)


def _rate(rate: Estimate) -> str:
    return f"{rate.value:.3g} ({rate.low:.3g} to {rate.high:.3g})"


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
    )
    title = (
        f"The worst act of each pair of histories on other scales, against "
        f"{comparison.baseline.label} (first {comparison.results.acts_kept:,} pairs)"
    )
    return Section("scales", title, headers, cells)


def _limits(comparison: Comparison) -> Section:
    cells = tuple((scale.name, scale.limits, scale.note) for scale in comparison.scales)
    headers = ("scale", "what it cannot tell apart", "whose it is")
    return Section("scale_limits", "The scales", headers, cells)
