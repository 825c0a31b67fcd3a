"""How a comparison is shown."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.analysis.estimates import statistics
from wargame.analysis.studies.compare import Comparison
from wargame.analysis.studies.contrast import RATES, rates_of
from wargame.analysis.studies.severity import exceedance
from wargame.engine.results import NOTE, RUNG_AXIS
from wargame.findings import Cell, Column, Row, Table, columns
from wargame.scenario import canonical
from wargame.show.figure.studies.comparison import comparison_figures
from wargame.show.studies.finding import Finding
from wargame.show.table import pivot

_INTERVALS = (
    "95% intervals. Shares: Wilson. Differences of shares over the same draws: Tango's score "
    "interval for paired proportions. Rates: normal, from the paired difference in each history."
)
_MEASURED = ("variant", "kind", "measure", "what", "value", "difference")
_OUTCOME, _REACHING, _RATE = "outcome share", "share reaching", "per simulated year"


def present(comparison: Comparison) -> Finding:
    """Return a comparison for people and machines; differences are variant minus baseline."""
    results, baseline = comparison.results, comparison.baseline
    drawn = ", uncertain numbers drawn per history" if results.uncertainty else ""
    headline = "\n".join(
        [
            f"{baseline.scenario.title}: {results.replications:,} histories of each variant on the "
            f"same draws, seed {results.seed}{drawn}",
            *comparison.remarks,
        ]
    )
    measured = Table("measures", "Measures", (), tuple(_measured(comparison)))
    variants, pairing, readings = _variants(comparison), _pairing(comparison), _readings(comparison)
    scales = Table(
        "scales",
        "The scales",
        columns("scale", ("limits", "what it cannot tell apart"), ("note", "whose it is")),
        tuple(
            {"scale": scale.name, "limits": scale.limits, "note": scale.note}
            for scale in comparison.scales
        ),
    )
    return Finding(
        headline,
        (variants, *_side_by_side(comparison, measured), pairing, readings, scales),
        (variants, measured, pairing, readings, scales, _worst(comparison)),
        {
            "scenario": baseline.scenario.title,
            "baseline": baseline.label,
            "seed": results.seed,
            "replications": results.replications,
            "parameter_uncertainty": results.uncertainty,
            "pairs_with_acts": results.acts_kept,
            "remarks": list(comparison.remarks),
            "scale_values": {
                scale.name: {str(rung): scale.of(rung) for rung in RUNG_AXIS}
                for scale in comparison.scales
            },
            "parted_by_turn": {
                item.variant.label: item.parting.by_turn.tolist() for item in comparison.against
            },
            "intervals": _INTERVALS,
        },
        {"comparison.csv": measured},
        {
            f"scenarios/{number}_{_plain(variant.label)}.yaml": canonical.dump(variant.scenario)
            for number, (variant, _) in enumerate(comparison.members)
        },
        {
            "digest": canonical.digest(baseline.scenario),
            "seed": results.seed,
            "replications": results.replications,
            "variants": {
                variant.label: canonical.digest(variant.scenario)
                for variant, _ in comparison.members
            },
        },
        comparison_figures(comparison),
    )


def _plain(label: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in label)[:48]


def _variants(comparison: Comparison) -> Table:
    same = [True, *(item.same for item in comparison.against)]
    rows: tuple[Row, ...] = tuple(
        {
            "label": variant.label,
            "what": variant.what,
            "digest": canonical.digest(variant.scenario),
            "turns": variant.scenario.turns,
            "same_as_baseline": equal,
        }
        for (variant, _), equal in zip(comparison.members, same, strict=True)
    )
    said = columns(("label", "variant"), ("what", "what it is"))
    return Table("variants", "Compared", said, rows)


def _measured(comparison: Comparison) -> Iterator[dict[str, Cell]]:
    """Yield a row for every variant and measure; of the baseline there is no difference."""
    for number, (variant, results) in enumerate(comparison.members):
        item = comparison.against[number - 1] if number else None
        outcomes, reached = results.outcomes(), statistics.crossings(results)
        rates = rates_of(results)
        rows: list[tuple[Cell, ...]] = [
            (_OUTCOME, name, name, outcomes.get(name), item.outcomes[name] if item else None)
            for name in comparison.outcome_names()
        ]
        for rung in comparison.against[0].reached:
            said = f"rung {rung} or above"
            gap = item.reached[rung] if item else None
            rows.append((_REACHING, said, said, reached[rung], gap))
        for name, what in RATES.items():
            rows.append((_RATE, name, what, rates[name], item.rates[name] if item else None))
        for row in rows:
            yield dict(zip(_MEASURED, (variant.label, *row), strict=True))


def _side_by_side(comparison: Comparison, measured: Table) -> Iterator[Table]:
    """Yield outcomes, differences and rates with a column for each variant."""
    label = comparison.baseline.label
    shares = [row for row in measured.rows if row["kind"] == _OUTCOME]
    yield pivot(
        "outcomes", f"Outcomes ({NOTE})", shares, Column("what", "outcome"), "value", "not allowed"
    )
    gaps = [row for row in measured.rows if row["kind"] != _RATE and row["variant"] != label]
    title = f"Differences from {label}, in percentage points, with 95% interval"
    down = Column("what", "share of histories")
    yield pivot("differences", title, gaps, down, "difference")
    rates = [
        {**row, "shown": row["value"] if row["variant"] == label else row["difference"]}
        for row in measured.rows
        if row["kind"] == _RATE
    ]
    title = f"How often, with 95% interval: {label}, and differences from it"
    yield pivot("rates", title, rates, Column("what", "a simulated year"), "shown")


def _pairing(comparison: Comparison) -> Table:
    rows: tuple[Row, ...] = tuple(
        {
            "variant": item.variant.label,
            "never": item.parting.never,
            "turn_median": item.parting.median,
            "turn_p10": item.parting.early,
            "turn_p90": item.parting.late,
            **{f"saved_{name.replace(' ', '_')}": saved for name, saved in item.saved.items()},
        }
        for item in comparison.against
    )
    said = columns(
        *("variant", ("never", "pairs that never part")),
        *(("turn_median", "half of the others by turn"), ("turn_p10", "1 in 10")),
        *(("turn_p90", "9 in 10"), ("saved_incidents", "times more: incidents", ".3g")),
        *(("saved_reached_5", "rung 5 or above", ".3g"), ("saved_reached_6", "rung 6", ".3g")),
    )
    title = (
        "What common draws did: when histories part (first "
        f"{comparison.results.acts_kept:,} pairs), and how many times more histories the same "
        "precision would need without them (-: no pair differs)"
    )
    return Table("pairing", title, said, rows)


def _readings(comparison: Comparison) -> Table:
    rows: tuple[Row, ...] = tuple(
        {
            "variant": item.variant.label,
            "scale": reading.scale.name,
            "worse": reading.worse,
            "milder": reading.milder,
            "equal": reading.equal,
            "worse_minus_milder": reading.net,
            "verdict": reading.verdict,
            "same_conclusion": item.survives(reading) if number else None,
        }
        for item in comparison.against
        for number, reading in enumerate(item.readings)
    )
    said = columns(
        *("variant", "scale", "worse", "milder", "equal"),
        ("worse_minus_milder", "worse minus milder (points)"),
        ("same_conclusion", "same conclusion"),
    )
    title = (
        "The worst act of each pair of histories on other scales, against "
        f"{comparison.baseline.label} (first {comparison.results.acts_kept:,} pairs)"
    )
    return Table("readings", title, said, rows)


def _worst(comparison: Comparison) -> Table:
    rows: tuple[Row, ...] = tuple(
        {"variant": variant.label, "scale": scale.name, "at_or_above": step, "share": share}
        for variant, found in comparison.members
        for scale in comparison.scales
        for step, share in exceedance(found, scale).items()
    )
    return Table("worst_acts", "The worst act", (), rows)
