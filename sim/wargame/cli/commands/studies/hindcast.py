"""`wargame hindcast`: the model held against the historical record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import (
    AsJson,
    Jobs,
    ParameterFile,
    Quiet,
    Seed,
    Settings,
    TheoryName,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.layout import emit_json, emit_sections
from wargame.cli.terminal.notes import Notes
from wargame.errors import RecordError
from wargame.scenario.section import Section

if TYPE_CHECKING:
    from wargame.analysis.record.hindcast import Hindcast, Pattern

_TITLES = {
    "patterns": "1993-2010, fitted",
    "holdout": "2011-2024, the hold-out",
    "regime": "2011-2024 with a switch of regime (hindsight)",
}
_COLUMNS = ("id", "what", "record", "low", "high", "simulated", "sim_low", "sim_high", "inside")


def register(app: typer.Typer) -> None:
    """Add the hindcast command to an application."""
    app.command("hindcast")(hindcast)


def hindcast(
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=20, help="Histories of each period.")
    ] = 2000,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    jobs: Jobs = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write tables and figures into this folder.")
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Hold the model against the record: its patterns, a hold-out, and scores against a null."""
    from wargame.analysis.record import hindcast as analysis
    from wargame.engine.workers import workers_for

    notes = Notes(quiet, False)
    number = read_seed(seed)
    workers = read_jobs(jobs) or workers_for(runs, 10_000_000)
    changes = read_settings(params, settings)
    with notes.progress("simulating") as on_progress:
        found = analysis.hindcast(
            runs, number, jobs=workers, settings=changes, theory=theory, on_progress=on_progress
        )
    if as_json:
        emit_json(found.to_data())
    else:
        _show(found)
    if out is not None:
        _write(found, out, notes)
        notes.say(f"tables and figures: {out}")


def _show(found: Hindcast) -> None:
    from wargame.analysis.record.hindcast import REMARKS
    from wargame.analysis.record.patterns import SERIOUS_WEEKS
    from wargame.engine.results import NOTE

    headers = ("id", "pattern", "record", "95% interval", "simulated", "95% of histories", "inside")
    sections = [
        Section(part, title, headers, tuple(_row(row) for row in getattr(found, part)))
        for part, title in _TITLES.items()
    ]
    scores = tuple(
        (
            row.id,
            row.what,
            row.period,
            str(row.number),
            f"{row.model:.3f}",
            f"{row.null:.3f}",
            f"{row.difference:+.3f} ({row.low:+.3f} to {row.high:+.3f})",
            row.verdict,
        )
        for row in found.scores
    )
    words = ("id", "chance of", "period", "n", "model", "null", "difference", "verdict")
    what = "Scores (Brier and ranked probability; lower is better)"
    sections.append(Section("scores", what, words, scores))
    remarks = [
        f"Simulated numbers: {NOTE}.",
        f"A long crisis has at least {SERIOUS_WEEKS} weeks.",
        *REMARKS,
    ]
    sections.append(
        Section("remarks", "To read with it", ("",), tuple((remark,) for remark in remarks))
    )
    title = f"The model against the record: {found.runs:,} histories a period, seed {found.seed}"
    emit_sections(title, sections)


def _row(row: Pattern) -> tuple[str, ...]:
    return (
        row.id,
        row.what,
        f"{row.record:.3g}",
        f"{row.low:.3g} to {row.high:.3g}",
        f"{row.simulated:.3g}",
        f"{row.sim_low:.3g} to {row.sim_high:.3g}",
        "yes" if row.inside else "NO",
    )


def _write(found: Hindcast, folder: Path, notes: Notes) -> None:
    from wargame.show.figure.canvas import draw_all
    from wargame.show.studies.hindcast_plots import hindcast_figures

    data = found.to_data()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("period", *_COLUMNS))
    for part in _TITLES:
        writer.writerows([part, *(row[name] for name in _COLUMNS)] for row in data[part])
    figures = folder / "figures"
    try:
        figures.mkdir(parents=True, exist_ok=True)
        (folder / "hindcast.json").write_text(
            json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
        (folder / "patterns.csv").write_text(text.getvalue(), "utf-8")
    except OSError as error:
        raise RecordError(f"{folder} cannot be written: {error}. Give another --out.") from error
    with notes.drawing("the same command"):
        draw_all(hindcast_figures(found), figures)
