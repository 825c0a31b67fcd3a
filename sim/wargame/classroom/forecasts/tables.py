"""The scores of a class: as tables, CSV and plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wargame.classroom.forecasts.marks import Mark, Scored
from wargame.engine.results import NOTE
from wargame.findings import Cell, Estimate, Table, columns, share_of
from wargame.show.percentages import percent, span
from wargame.show.table import to_csv

_SCORES = (("brier", "Brier score", "score"), ("rps", "ranked probability score", "score"))


def scores_csv(scored: Scored) -> str:
    """Return the scores as a table: the students, then what they are held against."""
    return to_csv(_marks("scores", "", "who", (*scored.students, *_held_against(scored)), scored))


def basis(scored: Scored) -> str:
    """Say how many forecasts were scored, and against what."""
    results, number = scored.results, len(scored.students)
    against = (
        f"{results.replications:,} histories, seed {results.seed}"
        if scored.number is None
        else f"history {scored.number} alone"
    )
    forecasts = "forecast" if number == 1 else "forecasts"
    return f"{results.scenario.title}: {number} {forecasts} against {against}"


def _held_against(scored: Scored) -> tuple[Mark, ...]:
    """Return what stands beside the students, in order."""
    return (scored.mean, scored.pooled, scored.model, scored.uniform)


def score_tables(scored: Scored) -> tuple[str, list[Table]]:
    """Return a title and the tables of a class scored."""
    luck = (
        "no forecast can do better than the model's own shares, the rest is luck."
        if scored.number is None
        else "against a single history luck decides much."
    )
    title = f"{basis(scored)}\nLower is better; 0 is perfect, and {luck}"
    ranked = sorted(scored.students, key=lambda mark: (mark.rps.value, mark.name))
    best_first = "Each forecast, the lowest ranked probability score first"
    found = [
        _class(scored),
        _outcomes(scored),
        _marks("students", best_first, "student", ranked, scored),
    ]
    if scored.thresholds:
        found.insert(1, _thresholds(scored))
    return title, found


def _class(scored: Scored) -> Table:
    rated = " and ".join(item.outcome for item in scored.thresholds)
    why = (
        f"No base rate here: the record has rates for {rated} only (next table)."
        if rated
        else "No base rate here: nothing in the record is set beside this scenario."
    )
    title = f"Class and model, over all outcomes ({NOTE})\n{why}"
    return _marks("class", title, "who", _held_against(scored), scored)


def _marks(name: str, title: str, who: str, marks: Iterable[Mark], scored: Scored) -> Table:
    """Return marks as a table; over one history there is nothing to take an interval."""
    ends = [(key, "95% interval", "score ends") for key, _, _ in _SCORES]
    pairs = zip(_SCORES, ends, strict=True) if scored.number is None else [_SCORES]
    seen = [column for pair in pairs for column in pair]
    rows: list[Mapping[str, Cell]] = [
        {who: mark.name, "brier": mark.brier, "rps": mark.rps, "rps_above_best": mark.gap}
        for mark in marks
    ]
    return Table(name, title, columns(who, *seen), tuple(rows))


def _outcomes(scored: Scored) -> Table:
    several = scored.number is None
    total = scored.results.replications if several else 1
    rows: list[Mapping[str, Cell]] = []
    for place, name in enumerate(scored.outcomes):
        given = sorted(float(mark.chances[place]) for mark in scored.students)
        rows.append(
            {
                "outcome": name,
                "class": Estimate(float(scored.pooled.chances[place])),
                "given": f"{percent(given[0])} to {percent(given[-1])}",
                "came": share_of(round(float(scored.shares[place]) * total), total),
            }
        )
    seen = [("came", "came to pass", "brief" if several else "percent")]
    seen += [("came", "95% interval", "interval")] * several
    stated = ("outcome", ("class", "class mean", "percent"), ("given", "from, to"))
    title = f"What was expected, what came ({NOTE})"
    return Table("outcomes", title, columns(*stated, *seen), tuple(rows))


def _thresholds(scored: Scored) -> Table:
    rows = (
        (
            f"{item.outcome} or worse",
            *(
                f"{percent(item.chances[who])} ({item.scores[who]:.3f})"
                for who in ("class", "model", "uniform", "record")
            ),
            span(*item.record),
        )
        for item in scored.thresholds
    )
    seen = ("at least", "class mean", "model", "same for each", "base rate", "its 95% interval")
    title = (
        "Class, model, base rate: the chance of what the record has a rate for\n"
        "In brackets the Brier score of that chance, as the answer to a yes-or-no question."
    )
    return Table.of("thresholds", title, columns(*seen), rows)
