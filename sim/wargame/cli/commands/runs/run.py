"""`wargame run`: simulate, print the outcome table, write a run folder."""

from __future__ import annotations

import datetime
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import (
    AsJson,
    Drops,
    Jobs,
    ParameterFile,
    Quiet,
    ScenarioName,
    Seed,
    Settings,
    TheoryName,
    Uncertainty,
    Verbose,
    default_folder,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from wargame.engine.results import Results
    from wargame.scenario.schema import Scenario
    from wargame.store.unfinished import Unfinished


class TableFormat(StrEnum):
    """How the tables that grow with the histories are written."""

    CSV = "csv"
    PARQUET = "parquet"


class Where(StrEnum):
    """Where histories are simulated."""

    THREADS = "threads"
    DASK = "dask"


@dataclass(frozen=True)
class Plan:
    """What makes two runs the same run, for --resume."""

    digest: str
    seed: int
    replications: int
    uncertainty: bool
    precision: float | None
    acts: int
    chunk: int
    tables: str
    versions: dict[str, str]


def register(app: typer.Typer) -> None:
    """Add the run command to an application."""
    app.command("run")(run)


def run(
    scenario: ScenarioName,
    runs: Annotated[
        int, typer.Option("--runs", "-n", min=1, help="How many histories to simulate.")
    ] = 10_000,
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, help="Turns of a history, not the file's.")
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    uncertainty: Uncertainty = False,
    precision: Annotated[
        float | None,
        typer.Option(
            "--precision",
            min=0.0001,
            max=0.5,
            help="Go on in batches of --runs until every outcome share is known this closely.",
        ),
    ] = None,
    jobs: Jobs = "auto",
    acts: Annotated[
        int, typer.Option("--acts", min=0, help="Keep the single acts of this many histories.")
    ] = 10_000,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Run folder; results/... unless given.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier run folder.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Take up an interrupted run of the same --out.")
    ] = False,
    chunk: Annotated[
        int | None,
        typer.Option("--chunk", min=1, help="Histories simulated and kept together at most."),
    ] = None,
    executor: Annotated[
        Where, typer.Option("--executor", help="Threads here, or a Dask cluster.")
    ] = Where.THREADS,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Of the cluster: tcp://HOST:PORT."),
    ] = None,
    table_format: Annotated[
        TableFormat, typer.Option("--format", help="Of the tables with a row a history or act.")
    ] = TableFormat.CSV,
    as_json: AsJson = False,
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw figures and write report.html.")
    ] = True,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Simulate a scenario many times and show how often it comes to what."""
    from wargame.scenario import loader
    from wargame.scenario.horizon import with_turns
    from wargame.show.run import run_folder
    from wargame.store import parquet
    from wargame.store.folder import claim, reopen
    from wargame.store.unfinished import check_room, open_unfinished

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet, verbose)
    workers = read_jobs(jobs)
    cluster = _cluster(executor, scheduler)
    if table_format is TableFormat.PARQUET:
        parquet.require()
    spec = loader.load(scenario, read_settings(params, settings, drops), theory)
    if turns is not None:
        spec, dropped = with_turns(spec, turns)
        notes.left_out(dropped, turns)
    plan = _plan(spec, read_seed(seed), runs, uncertainty, precision, acts, chunk, table_format)
    if seed == "random":
        notes.say(f"seed {plan.seed}")
    folder = out or default_folder(scenario, plan.digest, started)
    finished = resume and run_folder.is_of(folder, asdict(plan))
    holding = reopen(folder) if finished else claim(folder, "run", replace=force)
    with holding as place:
        notes.put_right(place.note)
        if long := check_room(place, spec, runs, plan.chunk, uncertainty):
            notes.say(f"note: {long}")
        unfinished = open_unfinished(place, asdict(plan), resume=resume)
        if finished:
            notes.say("resumed: this run was finished already")
            results = run_folder.load(folder).results
            place.finished()
        else:
            with cluster as pool, notes.keeping(place):
                results = _simulate(spec, plan, unfinished, resume, workers, pool, notes)
                run_folder.save(
                    results,
                    place,
                    command=["wargame", *sys.argv[1:]],
                    started=started,
                    table_format=table_format,
                    plan=asdict(plan),
                )
        _tell(results, folder, as_json)
        notes.say(f"run folder: {folder}")
        if plots and not (finished and (folder / "report.html").exists()):
            with notes.drawing(f"wargame report {folder}", results.scenario):
                run_folder.illustrate(place, results)
                notes.say(f"report:     {folder / 'report.html'}")


def _cluster(where: Where, scheduler: str | None) -> AbstractContextManager[Executor | None]:
    """Return what opens the executor that was asked for; None stands for threads of ours."""
    if where is Where.THREADS:
        if scheduler is not None:
            raise UsageError("--scheduler: is of a cluster. Add --executor dask.")
        return nullcontext()
    if scheduler is None:
        raise UsageError(
            "--executor dask: needs the address of a scheduler, --scheduler tcp://HOST:PORT; "
            "`dask scheduler` prints it."
        )
    from wargame.engine.ensemble.executors import on_dask

    return on_dask(scheduler)


def _plan(
    spec: Scenario,
    seed: int,
    runs: int,
    uncertainty: bool,
    precision: float | None,
    acts: int,
    chunk: int | None,
    tables: TableFormat,
) -> Plan:
    from importlib.metadata import version

    from wargame.engine.ensemble import chunks
    from wargame.scenario import canonical

    return Plan(
        canonical.digest(spec),
        seed,
        runs,
        uncertainty,
        precision,
        acts,
        chunk or chunks.chunk_size(runs),
        tables.value,
        {name: version(name) for name in ("wargame", "numpy")},
    )


def _simulate(
    spec: Scenario,
    plan: Plan,
    unfinished: Unfinished,
    resume: bool,
    workers: int | None,
    pool: Executor | None,
    notes: Notes,
) -> Results:
    """Run the ensemble, keeping finished chunks for --resume and showing progress."""
    from wargame.analysis.estimates import precision as stopping
    from wargame.analysis.estimates.uncertainty import SHARING
    from wargame.engine.ensemble import chunks
    from wargame.engine.ensemble.workers import cores
    from wargame.store.unfinished import Campaign

    sharing = SHARING if plan.uncertainty else 1
    whole = chunks.Chunk(
        spec, plan.seed, 0, plan.replications, plan.uncertainty, plan.acts, sharing=sharing
    )
    if workers is None:
        workers = cores()
    if pool is None:
        notes.detail(f"{workers} thread{'' if workers == 1 else 's'}")
    campaign = Campaign(whole, plan.chunk, unfinished, workers, pool)
    if resume:
        notes.say(f"resumed: {campaign.take_up():,} histories were finished already")
    if plan.precision is not None:
        notes.say(stopping.describe_rule(plan.precision, plan.replications))
    with notes.progress("simulating") as campaign.on_progress:
        if plan.precision is None:
            campaign.simulate(0, plan.replications)
            return campaign.gather()
        done, reached = stopping.simulate_to_precision(
            campaign.simulate, plan.precision, plan.replications
        )
    if not reached:
        notes.say(f"note: stopped at {done:,} histories; the precision wanted was not reached")
    return campaign.gather()


def _tell(results: Results, folder: Path, as_json: bool) -> None:
    if as_json:
        typer.echo((folder / "summary.json").read_text(encoding="utf-8"), nl=False)
        return
    from wargame.cli.terminal.layout import emit_tables
    from wargame.show.run.overview import overview

    emit_tables(*overview(results))
