"""`wargame audit`: proves that a scenario is alive, or says what in it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import (
    AsJson,
    Jobs,
    ParameterFile,
    Quiet,
    ScenarioName,
    Seed,
    Settings,
    TheoryName,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.notes import Notes

FAILED = 4


def register(app: typer.Typer) -> None:
    """Add audit to an application."""
    app.command("audit")(audit)


def audit(
    scenario: ScenarioName,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=100, help="Histories at each end of each number.")
    ] = 1000,
    reach: Annotated[
        int,
        typer.Option("--reach", min=100, help="Histories in which every action should come about."),
    ] = 10_000,
    every: Annotated[bool, typer.Option("--all", help="List the numbers that move, too.")] = False,
    seed: Seed = "1",
    settings: Settings = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    jobs: Jobs = "auto",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the audit as JSON to this file, too.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Audit a scenario: every action comes about, every number matters. Exit code 4 if not."""
    from wargame.analysis.studies.audit.audit import audit as examine
    from wargame.engine.workers import workers_for
    from wargame.scenario import loader
    from wargame.scenario.paths import parameters_of
    from wargame.show.studies import audit_tables as texts
    from wargame.store.files import as_json as to_json
    from wargame.store.files import check_file, write_file

    notes = Notes(quiet)
    if out is not None:
        check_file(out, force)
    workers, drawn = read_jobs(jobs), read_seed(seed)
    spec = loader.load(scenario, read_settings(params, settings), theory)
    if seed == "random":
        notes.say(f"seed {drawn}")
    size = 2 * len(parameters_of(spec)) * runs
    with notes.progress("simulating") as on_progress:
        found = examine(
            spec,
            runs,
            drawn,
            reach_runs=reach,
            jobs=workers or workers_for(size, spec.turns),
            on_progress=on_progress,
        )
    text = to_json(texts.document(found))
    if out is not None:
        write_file(out, text, replace=force)
    if as_json:
        typer.echo(text, nl=False)
    else:
        from wargame.cli.terminal.layout import emit_sections

        emit_sections(*texts.overview(found, every))
    if not found.passed:
        raise typer.Exit(FAILED)
