"""Time the engine against its peers and print what was found as Markdown.

    python benchmarks/run.py [--quick] [--only PART ...] [--write]

Five parts: `rates` (the engine, the idiomatic Mesa model and the scalar reference on
the same rules), `work` (what a history consists of, and what it costs by the size of a
chunk), `cores` (two against one), `scaling` (1,000 to 1,000,000 replications), `startup`
(commands against a bare import). What is compared is always
measured in turn within one run, and told as a ratio: seconds alone say more about the
machine than about the program.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
SCENARIO, TURNS, SEED = "western_sea", 52, 1
ROUNDS = 3
START_ROUNDS = 5
SAMPLED = 1_000
"""Replications whose acts are kept when the log is sampled."""
BARE_IMPORT = "import mesa, matplotlib.pyplot"

Table = list[list[str]]


def a_year() -> Any:
    """Return the benchmark's scenario: the shipped one over 52 weeks."""
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


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
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


def rates(quick: bool) -> Table:
    """Compare histories a second: the engine, the idiomatic model, the reference."""
    sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]
    import idiomatic

    from reference import simulate
    from wargame.engine import ensemble

    scenario = a_year()
    counts = (20_000, 200, 20) if quick else (200_000, 2_000, 200)
    ensemble.run(scenario, replications=100, seed=SEED)  # imports are not what is timed
    ways = {
        "the engine, one core, act log kept": lambda: ensemble.run(
            scenario, replications=counts[0], seed=SEED, jobs=1, acts_kept=None
        ),
        "idiomatic Mesa model": lambda: list(idiomatic.histories(scenario, counts[1], SEED)),
        "scalar reference": lambda: [simulate(scenario, SEED, k) for k in range(counts[2])],
    }
    seconds = in_turn(list(ways.values()), ROUNDS)
    each = [[s / count for s in row] for row, count in zip(seconds, counts, strict=True)]
    table = [["way", "histories", "seconds", "histories a second", "the engine is", "goal"]]
    goals = ("100,000 a second", "at least 60 times", "")
    for way, count, row, own, goal in zip(ways, counts, seconds, each, goals, strict=True):
        times = "" if own is each[0] else f"{against(own, each[0]):.0f} times faster"
        rate = f"{1 / median(own):,.0f}"
        table.append([way, f"{count:,}", f"{median(row):.2f}", rate, times, goal])
    return table


class Counter:
    """Looks on while a chunk is played and counts."""

    def __init__(self) -> None:
        self.taken_up = self.choices = self.weighed = self.open = 0

    def met(self, actor: Any, provocations: Any) -> None:
        """Count provocations taken up."""
        self.taken_up += len(provocations)

    def chose(self, choice: Any) -> None:
        """Count choices, the actions of their menus, and those on offer."""
        self.choices += len(choice.rows)
        self.weighed += choice.offered.size
        self.open += int(choice.offered.sum())


def work(quick: bool) -> Table:
    """Count what a history consists of; tell its cost apart from that of a turn."""
    from wargame.engine import ensemble
    from wargame.engine.ensemble.chunks import Chunk, run_chunk

    scenario, count = a_year(), 2_000 if quick else 20_000
    counter = Counter()
    results = run_chunk(Chunk(scenario, SEED, 0, count, kept=count), observer=counter)
    small, large = (8_000, 32_000) if quick else (16_000, 128_000)
    works = [
        lambda size=size: ensemble.run(scenario, replications=size, seed=SEED, chunk=size)
        for size in (small, large)
    ]
    low, high = (min(row) for row in in_turn(works, ROUNDS))
    each = (high - low) / (large - small)
    acts = len(results.acts["link"]) / count
    rows = {
        "acts": f"{acts:.1f}",
        "of them openings": f"{(results.acts['link'] == 0).sum() / count:.1f}",
        "provocations taken up": f"{counter.taken_up / count:.1f}",
        "choices": f"{counter.choices / count:.1f}",
        "actions on the menus of these choices": f"{counter.weighed / count:.0f}",
        "of them on offer": f"{counter.open / count:.0f}",
        f"microseconds each, from {small:,} to {large:,}": f"{each * 1e6:.1f}",
        "microseconds an act": f"{each / acts * 1e6:.2f}",
        "milliseconds a turn of a chunk, of whatever size": (
            f"{(low - small * each) / TURNS * 1e3:.1f}"
        ),
    }
    return [["a history of 52 turns", "on average"], *([*row] for row in rows.items())]


def cores(quick: bool) -> Table:
    """Compare two worker processes with one, start of the workers included."""
    from wargame.engine import ensemble

    scenario, count = a_year(), 130_000 if quick else 1_000_000
    table = [["act log", "histories", "one core, s", "two cores, s", "two are", "goal"]]
    for words, kept in (("kept", None), (f"of the first {SAMPLED:,}", SAMPLED)):
        works = [
            lambda jobs=jobs, kept=kept: ensemble.run(
                scenario, replications=count, seed=SEED, jobs=jobs, acts_kept=kept
            )
            for jobs in (1, 2)
        ]
        one, two = in_turn(works, ROUNDS)
        times = f"{against(one, two):.2f} times faster"
        goal = "at least 1.7 times"
        table.append([words, f"{count:,}", f"{median(one):.2f}", f"{median(two):.2f}", times, goal])
    return table


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


def one_size(replications: int, jobs: int) -> dict[str, float]:
    """Run one size from this process; return seconds and its own peak memory in MB."""
    from wargame.engine import ensemble

    scenario = a_year()
    ensemble.run(scenario, replications=100, seed=SEED)
    before = peak_memory()
    seconds = timed(
        lambda: ensemble.run(
            scenario, replications=replications, seed=SEED, jobs=jobs, acts_kept=SAMPLED
        )
    )
    return {"seconds": seconds, "before": before, "peak": peak_memory()}


def scaling(quick: bool) -> Table:
    """Run 1,000 to 1,000,000 replications, each size in a process of its own."""
    head = ["replications", "one worker, s", "microseconds each", "peak memory, MB", "goal"]
    table = [[*head, "two workers, s", "peak of the gathering process, MB"]]
    for power in range(3, 6 if quick else 7):
        count = 10**power
        call = [sys.executable, __file__, "--one", str(count), "--jobs"]
        one, two = (json.loads(finish([*call, jobs])) for jobs in ("1", "2"))
        each, goal = one["seconds"] / count * 1e6, "under 1,500 MB" if power == 6 else ""
        alone = [f"{count:,}", f"{one['seconds']:.2f}", f"{each:.1f}", f"{one['peak']:,.0f}", goal]
        table.append([*alone, f"{two['seconds']:.2f}", f"{two['peak']:,.0f}"])
    return table


def finish(command: Sequence[str]) -> str:
    """Run a command in an empty folder; return what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def startup(quick: bool) -> Table:
    """Compare whole commands with importing Mesa and Matplotlib and doing nothing."""
    wargame = str(Path(sys.executable).with_name("wargame"))
    commands = {
        f'python -c "{BARE_IMPORT}"': ([sys.executable, "-c", BARE_IMPORT], ""),
        "wargame --help": ([wargame, "--help"], "under 0.5"),
        f"wargame run {SCENARIO} --no-plots": (
            [wargame, "run", SCENARIO, "--no-plots"],
            "under 1.7",
        ),
        f"wargame run {SCENARIO}": ([wargame, "run", SCENARIO], "under 3.5"),
    }
    works = [lambda command=command: finish(command) for command, _ in commands.values()]
    in_turn(works, 1)  # caches of fonts and of compiled files are not what is timed
    seconds = in_turn(works, 3 if quick else START_ROUNDS)
    table = [["command", "seconds", "of the import", "goal"]]
    for (words, (_, goal)), row in zip(commands.items(), seconds, strict=True):
        table.append([f"`{words}`", f"{median(row):.2f}", f"{against(row, seconds[0]):.2f}", goal])
    return table


PARTS: dict[str, Callable[[bool], Table]] = {
    "rates": rates,
    "work": work,
    "cores": cores,
    "scaling": scaling,
    "startup": startup,
}


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
    names = ("numpy", "mesa", "matplotlib")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {versions}; {platform.machine()}, {os.cpu_count()} cores."


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, rougher")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--write", action="store_true", help="put the tables into the README")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.one is not None:
        print(json.dumps(one_size(asked.one, asked.jobs)))
        return
    print(machine(), end="\n\n", flush=True)
    blocks = {"machine": machine()}
    for part in asked.only:
        blocks[part] = markdown(PARTS[part](asked.quick))
        print(f"## {part}\n\n{blocks[part]}\n", flush=True)
    if asked.write:
        text = README.read_text(encoding="utf-8")
        for part, block in blocks.items():
            text = put_between(text, part, block)
        README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
