"""Measure what a lesson waits for, and what pairing saves in a what-if.

    python benchmarks/classroom.py [--quick] [--write]

Two parts: `waiting` (odds, what-if and lesson, as commands and inside a running program) and
`pairing` (for every shipped scenario with roles, how many times more futures two independent arms
would need for the same precision).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
from measuring import (
    README,
    SCENARIO,
    SEED,
    Table,
    finish,
    in_turn,
    machine,
    markdown,
    put_between,
)

from wargame.classroom.futures.moment import moment_of
from wargame.classroom.futures.odds import odds_at
from wargame.classroom.whatif.counterfactuals import headline
from wargame.classroom.whatif.whatif import what_if
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.scenario import library, loader
from wargame.show.run import run_folder

HISTORY, TURN = 5, 20
FUTURES = 2_000
DISPLAY = 3
"""Openings at this rung or above are taken back in `pairing`."""


def waiting(quick: bool) -> Table:
    """Time what somebody in a classroom waits for."""
    wargame = str(Path(sys.executable).with_name("wargame"))
    with tempfile.TemporaryDirectory() as there:
        folder = str(Path(there) / "run")
        finish([wargame, "run", SCENARIO, "-n", "2000", "--no-plots", "--out", folder])
        asked = ["--run", str(HISTORY), "--turn", str(TURN)]
        who = ["--actor", "PRK", "--action", "hold"]
        large = ["--minutes", "90", "--students", "120", "--level", "advanced"]
        works: dict[str, tuple[Callable[[], object], str]] = {
            f"odds of {FUTURES:,} futures, the run folder loaded, Mesa imported before": (
                lambda: odds_at(moment_of(run_folder.load(folder).results, HISTORY, TURN), FUTURES),
                "under 1",
            ),
            '`python -c "import mesa"`': (
                lambda: finish([sys.executable, "-c", "import mesa"]),
                "",
            ),
            "`wargame odds DIR --run K --turn T`, the whole command": (
                lambda: finish([wargame, "odds", folder, *asked]),
                "",
            ),
            "`wargame whatif DIR ...`, two arms of 10,000 futures": (
                lambda: finish([wargame, "whatif", folder, *asked, *who]),
                "",
            ),
            f"`wargame lesson {SCENARIO}`": (
                lambda: finish([wargame, "lesson", SCENARIO, "-o", "lesson"]),
                "under 30",
            ),
            f"the same with `{' '.join(large)}`": (
                lambda: finish([wargame, "lesson", SCENARIO, *large, "-o", "lesson"]),
                "under 30",
            ),
        }
        seconds = in_turn([work for work, _ in works.values()], 2 if quick else 3)
    table = [["what", "seconds", "goal"]]
    for (words, (_, goal)), row in zip(works.items(), seconds, strict=True):
        table.append([words, f"{median(row):.2f}", goal])
    return table


def pairing(quick: bool) -> Table:
    """Take back one opening in each of some histories; compare common with independent draws."""
    table = [
        ["scenario", "decisions", "rung", "median", "lowest", "highest", "most there is", "goal"],
    ]
    for name in library.scenario_names():
        scenario = loader.load(name)
        if scenario.teaching is None:
            continue
        results = ensemble.run(scenario, 400, SEED)
        level = headline(results)
        saved, most = [], []
        for number, turn, actor in openings(results, 6 if quick else 20):
            found = what_if(results, number, turn, actor, "hold", futures=FUTURES)
            (change,) = (item for item in found.changes if item.level == level)
            if change.saved is not None:
                saved.append(change.saved)
                most.append(most_saved(change.before.value, change.after.value))
        row = (f"{value:.1f}" for value in (median(saved), min(saved), max(saved), median(most)))
        table.append([name, str(len(saved)), str(level), *row, "at least 3"])
    return table


def most_saved(first: float, second: float) -> float:
    """Return how many times pairing could cut the variance at most, given both shares.

    However two yes-or-no outcomes are coupled, they differ at least as often as their shares do.

    Parameters
    ----------
    first, second : float
        0..1, not alike.
    """
    apart = abs(second - first)
    if not 0 < apart < 1:
        return float("inf")
    return (first * (1 - first) + second * (1 - second)) / (apart * (1 - apart))


def openings(results: Results, number: int) -> list[tuple[int, int, str]]:
    """Return (history, turn, actor) of the first hostile opening of some histories, spread out.

    Parameters
    ----------
    results : Results
    number : int
        How many.
    """
    acts = results.acts
    rows = np.flatnonzero((acts["link"] == 0) & (acts["realised"] >= DISPLAY))
    _, first = np.unique(acts["replication"][rows], return_index=True)
    chosen = rows[first][:: max(1, len(first) // number)][:number]
    return [
        (
            int(acts["replication"][row]),
            int(acts["turn"][row]),
            results.actors[int(acts["actor"][row])],
        )
        for row in chosen
    ]


PARTS: dict[str, Callable[[bool], Table]] = {"waiting": waiting, "pairing": pairing}


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and decisions")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--write", action="store_true", help="put the tables into the README")
    asked = parser.parse_args(words)
    print(machine(), end="\n\n", flush=True)
    for part in asked.only:
        block = markdown(PARTS[part](asked.quick))
        print(f"## {part}\n\n{block}\n", flush=True)
        if asked.write:
            text = put_between(README.read_text(encoding="utf-8"), part, block)
            README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
