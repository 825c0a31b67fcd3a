"""Measure pieces of work in turn, and tell what was found as Markdown."""

from __future__ import annotations

import gc
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

README = Path(__file__).resolve().parent / "README.md"
SCENARIO, TURNS, SEED = "western_sea", 52, 1
ROUNDS = 3

Table = list[list[str]]


def a_year() -> Any:
    """Return the benchmarks' scenario: the shipped one over 52 weeks."""
    from wargame.scenario import loader

    return loader.load(SCENARIO).model_copy(update={"turns": TURNS})


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes, on a swept heap."""
    gc.collect()
    start = perf_counter()
    kept = work()
    seconds = perf_counter() - start
    del kept
    return seconds


def in_turn(works: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[list[float]]:
    """Time several pieces of work in turn, round after round.

    Parameters
    ----------
    works : sequence of callables
        What is compared.
    rounds : int
        How often each is done.

    Returns
    -------
    list of list of float
        Seconds, by piece of work and round.
    """
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for number, work in enumerate(works):
            seconds[number].append(timed(work))
    return seconds


def against(those: Sequence[float], these: Sequence[float]) -> float:
    """Return the median over the rounds of those / these, each pair from one round."""
    return median(a / b for a, b in zip(those, these, strict=True))


def peak_memory() -> float:
    """Return the most memory this process ever held, in MB.

    Linux lends a new process its parent's high-water mark in ``getrusage``, so the
    process's own mark is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource  # not on every system

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def finish(command: Sequence[str], settings: Mapping[str, str] | None = None) -> str:
    """Run a command in an empty folder; return what it printed.

    Parameters
    ----------
    settings : mapping of str to str, optional
        Environment variables, besides those there are.
    """
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(settings or {})},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def markdown(table: Table) -> str:
    """Return a table, its first row the head, as Markdown; numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    numeric = [
        all(cell[:1].isdigit() for cell in column[1:]) for column in zip(*table, strict=True)
    ]

    def line(row: Sequence[str]) -> str:
        cells = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        return f"| {' | '.join(cells)} |"

    rule = (
        "-" * (w - 1) + ":" if right else "-" * w for w, right in zip(widths, numeric, strict=True)
    )
    return "\n".join([line(table[0]), f"| {' | '.join(rule)} |", *map(line, table[1:])])


def put_between(text: str, part: str, block: str) -> str:
    """Put a block between a part's markers in a text.

    Raises
    ------
    ValueError
        When the text has no such markers.
    """
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"the text needs '{begin}' and '{end}', once each")
    head, rest = text.split(begin)
    return f"{head}{begin}\n\n{block}\n\n{end}{rest.split(end)[1]}"


def machine() -> str:
    """Return in a line what the numbers were measured on."""
    names = ("numpy", "numba", "mesa", "matplotlib")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {versions}; {platform.machine()}, {os.cpu_count()} cores."
