"""Commands on scenario files: validate, show, list, new, expand, schema."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import (
    AsJson,
    Drops,
    ParameterFile,
    ScenarioName,
    Settings,
    TheoryName,
    read_settings,
)
from wargame.cli.terminal.flags import with_flags
from wargame.cli.terminal.layout import emit_json, emit_tables
from wargame.errors import Problem, UsageError

if TYPE_CHECKING:
    from wargame.findings import Row


def register(app: typer.Typer) -> None:
    """Add this module's commands to an application.

    Parameters
    ----------
    app : typer.Typer
        Gets validate, show, list, new and schema.
    """
    app.command("validate")(validate)
    app.command("show")(show)
    app.command("list")(list_scenarios)
    app.command("new")(new)
    app.command("expand")(expand)
    app.command("schema")(schema)


def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files or shipped names.")],
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Name every problem of scenario files, with file:line:column."""
    from wargame.scenario.changes.theory_file import load_theory
    from wargame.scenario.validation import check

    if theory is not None:
        load_theory(theory)  # a mistake in it is told once, not for each file
    changes = read_settings(params, settings, drops)
    found: list[Problem] = []
    missing = invalid = False
    for file in files:
        try:
            problems = check(file, changes, theory)[1]
        except UsageError as error:
            problems = (Problem("", str(error), file, 0, 0),)
            missing = True
        failed = any(strict or problem.severity == "error" for problem in problems)
        invalid |= failed
        found.extend(problems)
        if not as_json:
            for problem in problems:
                typer.echo(with_flags(str(problem)))
            typer.echo(f"{file}: {_verdict(problems, failed)}")
    if as_json:
        emit_json([_document(problem) for problem in found])
    if invalid:
        raise typer.Exit(2 if missing else 3)


def _document(problem: Problem) -> dict[str, object]:
    plain = asdict(problem) | {
        "file": with_flags(problem.file),
        "message": with_flags(problem.message),
    }
    return {key: plain[key] for key in ("file", "line", "column", "path", "severity", "message")}


def _verdict(problems: tuple[Problem, ...], failed: bool) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return ", ".join(["not valid" if failed else "ok", *counts])


def show(
    scenario: ScenarioName,
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    as_json: AsJson = False,
) -> None:
    """Show actors, menus by rung, the calendar, and every number with its provenance."""
    from wargame.scenario.canonical import digest, to_data
    from wargame.scenario.loader import load
    from wargame.scenario.paths import parameters_of
    from wargame.scenario.summary import cites_of, describe

    loaded = load(scenario, read_settings(params, settings, drops), theory)
    if as_json:
        numbers = parameters_of(loaded).items()
        keys = ("value", "low", "high", "source", "cite")
        emit_json(
            {
                "digest": digest(loaded),
                "scenario": to_data(loaded),
                "parameters": [
                    {"path": path, **{key: getattr(item, key) for key in keys}}
                    for path, item in numbers
                ],
                "cites": cites_of(loaded),
            }
        )
        return
    emit_tables(*describe(loaded))


def list_scenarios(as_json: AsJson = False) -> None:
    """List the shipped scenarios."""
    from wargame.findings import Table, columns
    from wargame.scenario.library import scenario_names
    from wargame.scenario.loader import load

    rows: list[Row] = []
    for name in scenario_names():
        item = load(name)
        actors = " ".join(item.actors)
        rows.append({"name": name, "title": item.title, "actors": actors, "turns": item.turns})
    if as_json:
        emit_json([{**row, "actors": str(row["actors"]).split()} for row in rows])
        return
    said = columns("name", "title", "actors", "turns")
    emit_tables("", [Table("scenarios", "Shipped scenarios", said, tuple(rows))])


def new(
    path: Annotated[Path, typer.Argument(help="The file to write; .yaml is added if absent.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a commented, valid starting file."""
    from wargame.scenario.library import starting_text
    from wargame.store.files import write_file

    target = path if path.suffix or not path.name else path.with_name(path.name + ".yaml")
    write_file(target, starting_text(), replace=force)
    typer.echo(f"{target} written. Next: wargame validate {target}")


def expand(
    scenario: ScenarioName,
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a scenario out: what it takes from menus, every default, every change."""
    from wargame.scenario.canonical import dump
    from wargame.scenario.loader import load
    from wargame.store.files import write_file

    text = dump(load(scenario, read_settings(params, settings, drops), theory))
    if out is None:
        typer.echo(text, nl=False)
        return
    write_file(out, text, replace=force)
    typer.echo(f"{out} written.")


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from wargame.scenario.schema import Scenario

    emit_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **Scenario.model_json_schema(),
        }
    )
