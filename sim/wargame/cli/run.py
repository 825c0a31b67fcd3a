"""`wargame run`: simulate, print the outcome table, write a run folder."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.notes import Notes
from wargame.cli.options import (
    AsJson,
    Jobs,
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
)

if TYPE_CHECKING:
    from wargame.analysis.partial import Partial
    from wargame.engine.results import Results
    from wargame.scenario.schema import Scenario

__all__ = ["register", "run"]


@dataclass(frozen=True)
class Plan:
    """What makes two runs the same run, for --resume."""

    digest: str
    seed: int
    replications: int
    uncertainty: bool
    precision: float | None
    acts: int


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
    as_json: AsJson = False,
    plots: Annotated[
        bool, typer.Option("--plots/--no-plots", help="Draw figures and write report.html.")
    ] = True,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Simulate a scenario many times and show how often it comes to what."""
    from wargame.analysis import records
    from wargame.analysis.partial import open_partial
    from wargame.scenario import loader
    from wargame.scenario.horizon import with_turns

    started = datetime.datetime.now(datetime.UTC)
    notes = Notes(quiet, verbose)
    workers = read_jobs(jobs)
    spec = loader.load(scenario, settings or (), theory)
    if turns is not None:
        spec, dropped = with_turns(spec, turns)
        if dropped:
            notes.say(f"note: {', '.join(dropped)} would begin after turn {turns}: left out")
    plan = Plan(loader.digest(spec), read_seed(seed), runs, uncertainty, precision, acts)
    if seed == "random":
        notes.say(f"seed {plan.seed}")
    folder = out or default_folder(scenario, plan.digest, started)
    records.check_free(folder, force)
    partial = open_partial(folder, asdict(plan), resume=resume)
    try:
        results = _simulate(spec, plan, partial, resume, workers, notes)
    except KeyboardInterrupt:
        again = f"--out {folder} --resume"
        notes.say(f"\ninterrupted: finished chunks are kept. Give the same command with {again}")
        raise
    command = ["wargame", *sys.argv[1:]]
    records.save(
        results,
        folder,
        command=command,
        started=started,
        force=force,
        extra=_illustrate(results) if plots else None,
    )
    partial.discard()
    _tell(results, folder, as_json)
    notes.say(f"run folder: {folder}")
    if plots:
        notes.say(f"report:     {folder / 'report.html'}")


def _simulate(
    spec: Scenario, plan: Plan, partial: Partial, resume: bool, workers: int | None, notes: Notes
) -> Results:
    """Run the ensemble, keeping finished chunks for --resume and showing progress."""
    from wargame.analysis import precision as stopping
    from wargame.analysis.uncertainty import SHARING
    from wargame.engine import ensemble

    finished = [part for _, part in partial.load_chunks(spec)] if resume else []
    if resume:
        done = sum(part.replications for part in finished)
        notes.say(f"resumed: {done:,} histories were finished already")
    if workers is None:
        workers = ensemble.workers_for(plan.replications, spec.turns)
    notes.detail(f"{workers} worker process{'' if workers == 1 else 'es'}")
    with notes.progress("simulating") as on_progress:

        def simulate(first: int, count: int) -> Results:
            return ensemble.run(
                spec,
                count,
                plan.seed,
                uncertainty=plan.uncertainty,
                sharing=SHARING if plan.uncertainty else 1,
                first=first,
                jobs=workers,
                acts_kept=min(count, max(0, plan.acts - first)),
                finished=[part for part in finished if first <= part.first < first + count],
                on_chunk=lambda part: partial.save_chunk(part.first, part),
                on_progress=on_progress,
            )

        if plan.precision is None:
            return simulate(0, plan.replications)
        notes.say(stopping.describe_rule(plan.precision, plan.replications))
        return stopping.run_to_precision(simulate, plan.precision, plan.replications)


def _illustrate(results: Results) -> Callable[[Path, dict[str, Any], dict[str, Any]], None]:
    def illustrate(folder: Path, summary: dict[str, Any], manifest: dict[str, Any]) -> None:
        from wargame.analysis import plots, report

        plots.draw_all(results, folder / "figures")
        report.write(results, folder, summary, manifest)

    return illustrate


def _tell(results: Results, folder: Path, as_json: bool) -> None:
    if as_json:
        typer.echo((folder / "summary.json").read_text(encoding="utf-8"), nl=False)
        return
    from wargame.analysis.overview import overview
    from wargame.cli.layout import emit_sections

    emit_sections(*overview(results))
