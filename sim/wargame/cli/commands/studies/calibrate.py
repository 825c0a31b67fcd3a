"""`wargame calibrate`: which parameters leave the patterns of the record."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from wargame.analysis.record.calibration import Posterior
    from wargame.scenario.schema import Scenario


def register(app: typer.Typer) -> None:
    """Add the calibrate command to an application."""
    app.command("calibrate")(calibrate)


def calibrate(
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for chunks, tables, figures, parameters.")
    ],
    scenario: Annotated[
        str, typer.Argument(help="A history scenario: a file or a shipped name.")
    ] = "history_1993_2010",
    draws: Annotated[
        int, typer.Option("--draws", min=200, help="Histories, each with its own parameters.")
    ] = 100_000,
    patterns: Annotated[
        str, typer.Option("--patterns", help="Which to fit: of P1, P2, P3, P4, P6, P7, P8.")
    ] = "P1,P2,P3,P4,P6,P7",
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=100, help="Draws kept; one in a hundred unless given."),
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up an interrupted calibration of the same --out.")
    ] = False,
    jobs: Jobs = "auto",
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw a figure a parameter.")
    ] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Find the parameters that leave the patterns of the record (approximate Bayesian)."""
    from wargame.analysis.record import calibration
    from wargame.analysis.record.draws import simulate_draws
    from wargame.engine.workers import workers_for
    from wargame.scenario import loader

    notes = Notes(quiet, False)
    wanted = [word.strip() for word in patterns.split(",") if word.strip()]
    calibration.observed(wanted)  # a wrong name is told before the long part
    spec = loader.load(scenario, read_settings(params, settings), theory)
    number = read_seed(seed)
    workers = read_jobs(jobs) or workers_for(draws, spec.turns)
    with notes.progress("simulating") as on_progress:
        found = simulate_draws(
            spec,
            draws,
            number,
            out / "chunks",
            resume=resume,
            jobs=workers,
            on_progress=on_progress,
        )
    posterior = calibration.calibrate(spec, found, wanted, keep or max(100, draws // 100))
    _write(posterior, spec, out, number, plots, notes)
    if as_json:
        emit_json(_data(posterior))
    else:
        _show(posterior)
    notes.say(f"posterior, parameter file and figures: {out}")


def _show(posterior: Posterior) -> None:
    from wargame.analysis.record.calibration import describe_fits
    from wargame.engine.results import NOTE

    rows = tuple(
        (
            row.path,
            _span(row.prior),
            _span(row.posterior),
            f"{row.shrinkage:.2f}",
            "yes" if row.informed else "hardly",
        )
        for row in sorted(posterior.marginals, key=lambda row: row.shrinkage)
    )
    headers = ("parameter", "before: median (95%)", "after: median (95%)", "width", "informed")
    fits = Section(
        "fits",
        "Patterns",
        ("pattern", "record", "all draws", "kept"),
        tuple(describe_fits(posterior.fits)),
    )
    title = (
        f"{posterior.kept:,} of {posterior.draws:,} draws kept for "
        f"{', '.join(posterior.patterns)} ({NOTE})"
    )
    emit_sections(title, [Section("parameters", "Parameters", headers, rows), fits])


def _span(ends: tuple[float, float, float]) -> str:
    return f"{ends[1]:.3g} ({ends[0]:.3g} to {ends[2]:.3g})"


def _data(posterior: Posterior) -> dict[str, Any]:
    from wargame.engine.results import NOTE

    return {
        "patterns": list(posterior.patterns),
        "draws": posterior.draws,
        "usable": posterior.usable,
        "kept": posterior.kept,
        "distance": posterior.distance,
        "parameters": [
            {
                "path": row.path,
                "prior_low": row.prior[0],
                "prior_median": row.prior[1],
                "prior_high": row.prior[2],
                "low": row.posterior[0],
                "median": row.posterior[1],
                "high": row.posterior[2],
                "shrinkage": row.shrinkage,
                "informed": row.informed,
            }
            for row in posterior.marginals
        ],
        "fits": [
            {"pattern": key, "record": fit[0], "all_draws": fit[1], "kept": fit[2]}
            for key, fit in posterior.fits.items()
        ],
        "note": NOTE,
    }


def _write(
    posterior: Posterior, spec: Scenario, folder: Path, seed: int, plots: bool, notes: Notes
) -> None:
    from wargame.analysis.record.calibration import posterior_parameters
    from wargame.scenario.changes.parameter_file import write_parameters
    from wargame.scenario.paths import uncertain_parameters_of

    data = _data(posterior)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(data["parameters"][0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(data["parameters"])
    remark = (
        f"Calibrated: {', '.join(posterior.patterns)}; {posterior.kept} of {posterior.draws} "
        f"draws kept, seed {seed}.\n"
        "Each number has its own 95% range; how they depend on one another is lost.\n"
        "Parameters about which the patterns say little are left out."
    )
    try:
        (folder / "posterior.csv").write_text(text.getvalue(), "utf-8")
        (folder / "calibration.json").write_text(
            json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8"
        )
        (folder / "parameters.yaml").write_text(
            write_parameters(posterior_parameters(posterior), remark), "utf-8"
        )
    except OSError as error:
        raise RecordError(f"{folder} cannot be written: {error}. Give another --out.") from error
    if plots:
        from wargame.show.figure.canvas import draw_all
        from wargame.show.studies.calibration_plots import posterior_figures

        figures = posterior_figures(posterior, uncertain_parameters_of(spec))
        with notes.drawing("the same command"):
            draw_all(figures, folder / "figures")
