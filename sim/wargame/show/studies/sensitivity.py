"""How it is shown what results hang on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from wargame.analysis.estimates.measures import Measure
from wargame.analysis.studies.sensitivity import OTHERS, Sensitivity
from wargame.engine.results import NOTE
from wargame.findings import Cell, Table, columns
from wargame.scenario import canonical
from wargame.scenario.paths import parameters_of
from wargame.show.figure.studies.sensitivity import label, sensitivity_figures
from wargame.show.numbers import part as percent
from wargame.show.percentages import level
from wargame.show.studies.finding import Finding
from wargame.show.words import capital, join_words

_MOST = 0.5
_WORTH = 0.05  # parts below are not named in a sentence


def present(found: Sensitivity) -> Finding:
    """Return for people and machines what results hang on."""
    measures = Table(
        "measures",
        "What it hangs on",
        columns(("name", "measure"), ("in_words", "in words")),
        tuple(
            {
                "name": measure.name,
                "what": measure.label,
                "in_words": sentence(found, measure),
                "at_best": found.best[measure.name],
                "standard_deviation": found.indices[measure.name].deviation,
                "visible": found.indices[measure.name].visible,
            }
            for measure in found.measures
        ),
    )
    numbers = Table("numbers", "Numbers", (), tuple(_rows(found)))
    digest = canonical.digest(found.scenario)
    return Finding(
        f"{found.scenario.title}: {len(found.paths)} uncertain numbers, seed {found.seed}; parts "
        f"of the variance over their ranges ({NOTE})",
        (
            measures,
            *(_parts(found, m) for m in found.measures if found.indices[m.name].visible),
        ),
        (measures, numbers),
        {
            "scenario": found.scenario.title,
            "digest": digest,
            "seed": found.seed,
            "effort": asdict(found.effort),
            "uncertain_numbers": len(found.paths),
            "kept": {path: label(found, path) for path in found.kept},
            "intervals": "95% intervals: bootstrap over the design for parts of the variance, "
            "paired on common draws for the swings",
        },
        {"sensitivity.csv": numbers},
        {"scenario.yaml": canonical.dump(found.scenario)},
        {"digest": digest, "seed": found.seed},
        sensitivity_figures(found),
    )


def sentence(found: Sensitivity, measure: Measure) -> str:
    """Say in plain words what a measure hangs on."""
    parts = found.indices[measure.name]
    ranked = sorted(found.kept, key=lambda path: -parts.total[path].value)
    lead, part = ranked[0], parts.total[ranked[0]]
    if not parts.visible or not part.low > 0:
        return (
            f"How the declared ranges move the {measure.phrase} cannot be told from chance with "
            f"{found.effort.runs} histories a point: more of them are needed."
        )
    amount = "Most" if part.value >= _MOST else "The largest single part"
    also = [
        f"{label(found, path)} ({percent(parts.total[path])})"
        for path in ranked[1:4]
        if parts.total[path].value >= _WORTH and parts.total[path].low > 0
    ]
    if OTHERS in parts.total:
        also.append(f"{label(found, OTHERS)} ({percent(parts.total[OTHERS])})")
    deviation = parts.deviation.value
    points = f"{100 * deviation:.2g} percentage points"
    width = points if measure.is_share else level(deviation, is_share=False)
    return (
        f"{amount} of what we do not know about the {measure.phrase} comes from "
        f"{label(found, lead)} ({percent(part)} of the variance)"
        + (f", then {join_words(also)}" if also else "")
        + f", each with its interplay. Over the declared ranges the standard deviation is {width}."
    )


def _parts(found: Sensitivity, measure: Measure) -> Table:
    parts, swings = found.indices[measure.name], found.swings[measure.name]
    rows: list[dict[str, Cell]] = []
    for path in parts.total:
        row: dict[str, Cell] = {
            "number": label(found, path),
            "first": parts.first[path],
            "total": parts.total[path],
            "range": None,
            "ends": None,
        }
        if path in swings:
            swing = swings[path]
            row["range"] = f"{swing.low:g} to {swing.high:g}"
            ends = (level(end, measure.is_share) for end in (swing.at_low, swing.at_high))
            row["ends"] = " to ".join(ends)
        rows.append(row)
    said = columns(
        *("number", ("first", "alone"), ("total", "with its interplay"), "range"),
        ("ends", "measure at its ends"),
    )
    return Table(measure.name, capital(measure.label), said, tuple(rows))


def _rows(found: Sensitivity) -> Iterator[dict[str, Cell]]:
    numbers = parameters_of(found.scenario)
    for measure in found.measures:
        effects, parts = found.screening[measure.name], found.indices[measure.name]
        places = {path: place for place, path in enumerate(found.paths)}
        for path in (*found.paths, *({OTHERS} & parts.total.keys())):
            number, swing = numbers.get(path), found.swings[measure.name].get(path)
            yield {
                "measure": measure.name,
                "path": path,
                "low": number.low if number else None,
                "high": number.high if number else None,
                **{
                    f"screening_{name}": float(getattr(effects, name)[places[path]])
                    if path in places
                    else None
                    for name in ("mean", "size", "spread", "strength")
                },
                "first": parts.first.get(path),
                "total": parts.total.get(path),
                "at_best": found.best[measure.name],
                "at_low": swing.at_low if swing else None,
                "at_high": swing.at_high if swing else None,
                "down": swing.down if swing else None,
                "up": swing.up if swing else None,
            }
