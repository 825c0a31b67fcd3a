"""Hold the model against the record, and its conclusions against the length of a turn.

``write(folder)`` is called by ``conf.py`` at the start of every build: it simulates the history
scenarios and `western_sea`, writes the tables and figures of the validation page, and returns
the numbers that stand in its prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import generate
import numpy as np
import validation_figures as figures
from validation_runs import (
    LEVELS,
    SEED,
    THEORIES,
    Setting,
    play_settings,
    play_stretches,
    play_unseen,
)

from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.estimates.scores import Score
from wargame.analysis.record import evidence, hindcast, targets
from wargame.analysis.record.evidence import Evidence
from wargame.analysis.record.hindcast import PERIODS, REMARKS, Hindcast, Pattern
from wargame.analysis.record.patterns import SERIOUS_WEEKS
from wargame.analysis.record.skill import score_all
from wargame.engine.results import NOTE, Results
from wargame.findings import Estimate, share_of
from wargame.scenario import library, loader
from wargame.scenario.paths import parameters_of, uncertain_parameters_of
from wargame.show import numbers, percentages
from wargame.show.figure.files import draw_all
from wargame.show.figure.studies.hindcast import hindcast_figures

HISTORIES, GAMES, RARE = 300, 4000, 10_000
"""How many: of each period, of each setting of `western_sea`, and where rare events are counted."""


def write(
    folder: Path, histories: int = HISTORIES, games: int = GAMES, rare: int = RARE
) -> dict[str, str]:
    """Write tables and figures into a folder; return name -> text for the prose."""
    parts, pictures = folder / "parts", folder / "figures"
    for place in (parts, pictures):
        place.mkdir(parents=True, exist_ok=True)
    found = {
        part: evidence.gather(loader.load(name), histories, SEED) for part, name in PERIODS.items()
    }
    held = hold(found, histories)
    settings = play_settings(games)
    unseen = play_unseen(rare)
    stretches = play_stretches(max(20, histories // 2))
    pages = {
        "validation_fitted": fitted_table(),
        "validation_patterns": patterns_table(held.patterns),
        "validation_holdout": holdout_table(held),
        "validation_scores": scores_table(held.scores),
        "validation_remarks": "".join(f"- {remark}\n" for remark in REMARKS),
        "validation_unseen": unseen_table(unseen),
        "validation_settings": settings_table(settings),
        "validation_theories": theories_table(settings),
        "validation_stretches": stretches_table(stretches),
    }
    for name, text in pages.items():
        (parts / f"{name}.md").write_text(text, encoding="utf-8")
    changed = numbers_changed(settings, unseen, stretches)
    kept, pairs, turned = (changed[f"validation_{name}"] for name in ("kept", "pairs", "turned"))
    settings_figure = partial(
        figures.draw_settings,
        [(item.label, item.differences) for item in settings],
        f"With other turns and horizons {kept} of {pairs} verdicts stay; {turned} turn round",
        f"western_sea: {games:,} histories for each mark, seed {SEED}, paired within a row",
    )
    draw_all(
        {
            **hindcast_figures(held),
            "lethal_clashes": partial(figures.draw_lethal, found),
            "turns_and_horizons": settings_figure,
        },
        pictures,
    )
    said = {
        "validation_note": NOTE,
        "validation_histories": f"{histories:,}",
        "validation_games": f"{games:,}",
        "validation_rare": f"{rare:,}",
    }
    return said | numbers_held(held) | changed


# --- simulations ---------------------------------------------------------------------------------


def hold(found: dict[str, Evidence], runs: int) -> Hindcast:
    """Return what `wargame hindcast` says of these histories."""
    late = targets.holdout_targets()
    return Hindcast(
        patterns=hindcast.compare(found["patterns"], targets.calibration_targets(SEED)),
        holdout=hindcast.compare(found["holdout"], late),
        regime=hindcast.compare(found["regime"], late),
        scores=score_all({part: found[part].simulated for part in PERIODS}, SEED),
        runs=runs,
        seed=SEED,
    )


# --- tables --------------------------------------------------------------------------------------


def fitted_table() -> str:
    """Return how many numbers of the history scenario are what."""
    everything = parameters_of(loader.load("history_1993_2010"))
    rows = []
    for source, count in generate.source_counts(everything).items():
        ranged = sum(item.uncertain for item in everything.values() if item.source == source)
        rows.append((source, str(count), str(ranged)))
    return generate.table(("source", "numbers", "of them with a range"), rows)


def patterns_table(rows: Iterable[Pattern]) -> str:
    """Return the patterns of the calibration period."""
    headers = ("", "pattern", "record, 95% interval", "simulated, 95% of histories", "inside")
    return generate.table(
        headers,
        [
            (row.id, row.what, record_of(row), simulated_of(row), "yes" if row.inside else "**no**")
            for row in rows
        ],
    )


def holdout_table(held: Hindcast) -> str:
    """Return the hold-out, and beside it the variant chosen with hindsight."""
    headers = (
        "",
        "pattern",
        "record, 95% interval",
        "hold-out",
        "inside",
        "switch of regime (hindsight)",
        "inside",
    )
    rows = []
    for row, variant in zip(held.holdout, held.regime, strict=True):
        said = ["yes" if item.inside else "**no**" for item in (row, variant)]
        middle = (simulated_of(row), said[0], simulated_of(variant), said[1])
        rows.append((row.id, row.what, record_of(row), *middle))
    return generate.table(headers, rows)


def record_of(row: Pattern) -> str:
    """Return the record's value with its interval."""
    return spell(row.record)


def simulated_of(row: Pattern) -> str:
    """Return the simulated value with the range of histories."""
    return spell(row.simulated)


def spell(found: Estimate) -> str:
    """Return a value with its interval, three significant digits and no exponent."""
    said = [float(f"{item:.3g}") for item in (found.value, found.low, found.high)]
    middle, *ends = (np.format_float_positional(item, trim="-") for item in said)
    return f"{middle} ({ends[0]} to {ends[1]})"


def scores_table(scores: Iterable[Score]) -> str:
    """Return the scores beside those of the null."""
    headers = ("", "chance of", "forecasts", "model", "null", "difference", "verdict")
    return generate.table(
        headers,
        [
            (
                row.id,
                f"{row.what} ({row.period})",
                str(row.number),
                f"{row.model:.3f}",
                f"{row.null:.3f}",
                numbers.changed(row.difference),
                row.verdict.partition(":")[0],
            )
            for row in scores
        ],
    )


def unseen_table(found: dict[str, Results]) -> str:
    """Return what becomes of rare and of frequent outcomes."""
    headers = ("restraint, and chance that strikes become war", "rung 5 or above", "6", "7", "wars")
    return generate.table(
        headers,
        [
            (
                label,
                *(percent(reached(results, level)) for level in (5, 6, 7)),
                numbers.per_year(annual_rates.rates(results)["wars"]),
            )
            for label, results in found.items()
        ],
    )


def settings_table(settings: Sequence[Setting]) -> str:
    """Return what another turn or horizon changes."""
    headers = ("", *(f"rung {level} or above" for level in LEVELS), "incidents a year")
    rows = []
    for item in settings:
        shares = (percent(reached(item.results, level)) for level in LEVELS)
        rows.append((item.label, *shares, rate_of(item.results, "incidents")))
    return generate.table(headers, rows)


def theories_table(settings: Sequence[Setting]) -> str:
    """Return what the theories add to the shares, in percentage points."""
    keys = [(name, level) for name in THEORIES for level in LEVELS]
    headers = ("", *(f"{name}, rung {level}" for name, level in keys))
    rows = [(item.label, *(points(item.differences[key]) for key in keys)) for item in settings]
    return generate.table(headers, rows)


def stretches_table(found: dict[str, Results]) -> str:
    """Return patterns of the history scenario in weekly and in daily turns."""
    rows = []
    for label, results in found.items():
        match = statistics.match(results)["same rung"]
        rates = (rate_of(results, name) for name in ("incidents", "lethal_turns"))
        rows.append((label, *rates, spell(match)))
    said = []
    for name in ("incidents_1993_2010", "lethal_per_year", "answer_same_rung"):
        entry = library.record(name)
        said.append(spell(Estimate(*(float(entry[end]) for end in ("value", "low", "high")))))
    rows.append(("the record", *said))
    headers = ("a turn is", "incidents a year", "lethal turns a year", "answers at the same rung")
    return generate.table(headers, rows)


def reached(results: Results, level: int) -> Estimate:
    """Return the share of histories that reach a rung."""
    return share_of(int((results.table["peak"] >= level).sum()), results.replications)


def percent(share: Estimate) -> str:
    """Return a share with its interval."""
    return f"{100 * share.value:.2g}% ({percentages.span(share.low, share.high)})"


def rate_of(results: Results, name: str) -> str:
    """Return a rate a year with its interval."""
    return spell(annual_rates.rates(results)[name])


def points(gap: Estimate) -> str:
    """Return a difference of shares in percentage points."""
    return f"{100 * gap.value:+.1f} ({100 * gap.low:+.1f} to {100 * gap.high:+.1f})"


# --- numbers in prose ----------------------------------------------------------------------------


def numbers_held(held: Hindcast) -> dict[str, str]:
    """Return name -> text of what the prose says of the record's years."""
    rows = held.holdout
    return {
        "validation_weeks": str(SERIOUS_WEEKS),
        "validation_ranged": str(len(uncertain_parameters_of(loader.load(PERIODS["patterns"])))),
        "validation_patterns": str(len(held.patterns)),
        "validation_inside": str(sum(row.inside for row in held.patterns)),
        "validation_outside": named(row.what for row in held.patterns if not row.inside),
        "validation_holdout": str(len(rows)),
        "validation_holdout_inside": str(sum(row.inside for row in rows)),
        "validation_holdout_outside": named(row.what for row in rows if not row.inside),
        "validation_regime_outside": named(row.what for row in held.regime if not row.inside),
        "validation_no_better": scored(held.scores, "null as good", "null better"),
        "validation_untold": scored(held.scores, "cannot be told"),
        "validation_better": scored(held.scores, "model better"),
        "validation_war_record": generate.pattern_row("war_per_year", "", "")[1],
    }


def numbers_changed(
    settings: Sequence[Setting], unseen: dict[str, Results], stretches: dict[str, Results]
) -> dict[str, str]:
    """Return name -> text of what the prose says of other numbers, turns and horizons."""
    first, *others = settings
    pairs = [
        (first.differences[key].verdict, item.differences[key].verdict)
        for item in others
        for key in first.differences
    ]
    careful, *_, bold = unseen.values()
    moved = max(abs(reached(bold, level).value - reached(careful, level).value) for level in LEVELS)
    weekly, daily = (
        annual_rates.rates(results)["incidents"].value for results in stretches.values()
    )
    horizons = [
        annual_rates.rates(item.results)["incidents"].value
        for item in settings
        if item.results.scenario.turn_days == first.results.scenario.turn_days
    ]
    return {
        "validation_wars_low": numbers.per_year(annual_rates.rates(careful)["wars"]),
        "validation_wars_high": numbers.per_year(annual_rates.rates(bold)["wars"]),
        "validation_seen_moved": f"{100 * moved:.1f}",
        "validation_days_moved": f"{100 * (daily / weekly - 1):+.0f}%",
        "validation_pairs": str(len(pairs)),
        "validation_kept": str(sum(one == other for one, other in pairs)),
        "validation_turned": str(sum({"higher", "lower"} == set(pair) for pair in pairs)),
        "validation_rate_low": f"{min(horizons):.1f}",
        "validation_rate_high": f"{max(horizons):.1f}",
    }


def named(words: Iterable[str]) -> str:
    """Return a list in words."""
    return "; ".join(words) or "none"


def scored(scores: Iterable[Score], *verdicts: str) -> str:
    """Return which chances came out so."""
    return named(f"{row.what} ({row.period})" for row in scores if row.verdict.startswith(verdicts))
