"""Options that several commands share, and how their text is read."""

from __future__ import annotations

import datetime
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError
from wargame.scenario.text.scalars import shorten

if TYPE_CHECKING:
    from wargame.show.run.run_folder import Saved

ScenarioName = Annotated[str, typer.Argument(help="A scenario file or a shipped name.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a value first (repeatable)."),
]
Drops = Annotated[
    list[str] | None,
    typer.Option("--drop", metavar="ACTOR.ACTION", help="Leave an action out (repeatable)."),
]
ParameterFile = Annotated[
    Path | None,
    typer.Option(
        "--params",
        metavar="FILE",
        help="Numbers from a file, as `wargame calibrate` writes it; --set comes after.",
    ),
]
TheoryName = Annotated[
    str | None,
    typer.Option(
        "--theory",
        metavar="NAME",
        help="Move the scenario's numbers as a theory says, before --set; see `wargame theories`.",
    ),
]
Seed = Annotated[
    str, typer.Option("--seed", help="A whole number, or `random` to draw one and print it.")
]
Uncertainty = Annotated[
    bool,
    typer.Option(
        "--uncertainty/--no-uncertainty",
        help="Draw every number that has a range afresh in each history.",
    ),
]
Jobs = Annotated[str, typer.Option("--jobs", "-j", help="Threads, or `auto`. Changes no result.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No notes on stderr.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="More notes on stderr.")]


MOST = 100_000_000
"""Histories that a command may be asked for that holds its results in memory."""

_STEM = 60
"""Letters of a scenario's name that the name of a folder takes."""

Turns = Annotated[
    int | None, typer.Option("--turns", min=1, help="Turns of a history, not the file's.")
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME",
        help="What to look at (repeatable): reached_4 to reached_7, war, incidents, lethal, "
        "crises, agreements, acts.",
    ),
]


@dataclass(frozen=True)
class Options:
    """Options of every study; a command gets them by `with_options`."""

    seed: Seed = "1"
    settings: Settings = None
    drops: Drops = None
    params: ParameterFile = None
    jobs: Jobs = "auto"
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder; unless given results/..., for audit and hindcast none."
        ),
    ] = None
    force: Annotated[
        bool, typer.Option("--force", help="Replace an earlier folder of the same kind.")
    ] = False
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw figures.")] = True
    as_json: AsJson = False
    quiet: Quiet = False


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameter ``options`` is spread over the fields of `Options`."""
    shared = signature(Options, eval_str=True).parameters

    @wraps(command)
    def spread(**given: Any) -> None:
        options = Options(**{name: given.pop(name) for name in shared})
        command(**given, options=options)

    own = signature(command, eval_str=True).parameters.values()
    said = [item for item in own if item.name != "options"] + list(shared.values())
    said = [item.replace(kind=Parameter.KEYWORD_ONLY) for item in said]
    spread.__dict__["__signature__"] = Signature(said)
    spread.__annotations__ = {item.name: item.annotation for item in said}
    return spread


def read_seed(text: str) -> int:
    """Return the seed an option names; `random` draws one.

    Raises
    ------
    UsageError
        If it is neither a whole number from 0 to 2^63 - 1 nor `random`.
    """
    if text == "random":
        return secrets.randbits(32)
    if re.fullmatch(r"[0-9]{1,19}", text) and int(text) < 2**63:
        return int(text)
    raise UsageError(
        f"'{shorten(text)}' is not a seed. Give a whole number from 0 to 2^63 - 1, such as 1, or "
        "random.",
        field="seed",
    )


def read_jobs(text: str) -> int | None:
    """Return the number of threads an option names; None for `auto`.

    Raises
    ------
    UsageError
        If it is neither a whole number from 1 up nor `auto`.
    """
    if text == "auto":
        return None
    if re.fullmatch(r"[1-9][0-9]{0,3}", text):
        return int(text)
    cores = os.cpu_count() or 1
    raise UsageError(
        f"'{shorten(text)}' is not a number of threads. Give 1 or more (this machine has {cores} "
        "cores), or auto.",
        field="jobs",
    )


def read_settings(
    params: Path | None, settings: list[str] | None, drops: list[str] | None
) -> list[str]:
    """Return the changes that --drop, --params and --set name, in the order they are made.

    Raises
    ------
    UsageError, ScenarioError
        If the file is not there, or holds something else than numbers by their paths.
    """
    from wargame.scenario.changes.parameter_file import parameter_settings

    return [
        *(f"drop={name}" for name in drops or ()),
        *(parameter_settings(params) if params is not None else ()),
        *(settings or ()),
    ]


def default_folder(scenario: str, digest: str, started: datetime.datetime) -> Path:
    """Return results/<scenario>-<UTC>-<digest8>/, or the first such name that is free.

    Parameters
    ----------
    scenario : str
        As the user named it.
    digest : str
        Of the resolved scenario.
    started : datetime
        In UTC.
    """
    stamp = started.strftime("%Y%m%dT%H%M%SZ")
    wanted = Path("results") / f"{Path(scenario).stem[:_STEM]}-{stamp}-{digest[:8]}"
    folder, number = wanted, 2
    while folder.exists():
        folder, number = wanted.with_name(f"{wanted.name}-{number}"), number + 1
    return folder


def open_run(folder: Path) -> Saved:
    """Read a run folder; one that a killed command left aside is put back first.

    Raises
    ------
    RecordError
        As `wargame.show.run.run_folder.load`.
    """
    from wargame.show.run import run_folder
    from wargame.store.folder import recover

    Notes().put_right(recover(folder))
    return run_folder.load(folder)
