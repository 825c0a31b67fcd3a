"""Time the engine against its peers and print what was found as Markdown.

    python benchmarks/run.py [--quick] [--only PART ...] [--write]

The parts: `rates` (the engine, the idiomatic Mesa model and the scalar reference on the same
rules), `small` (what is waited for with few histories), `cores` (two threads against one),
`scaling` (1,000 to 1,000,000 replications), `work` (what a history consists of, and what it costs),
`blocks` (by how many are played side by side), and of `commands.py` `compiling` (what comes first
on a machine), `startup` (commands against a bare import) and `folders` (large runs as written).
What is compared is always measured in turn within one run, and told as a ratio: seconds alone say
more about the machine than about the program.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from statistics import median

from commands import compiling, folders, startup
from measuring import (
    README,
    ROUNDS,
    SEED,
    Table,
    a_year,
    against,
    finish,
    in_turn,
    machine,
    markdown,
    peak_memory,
    put_between,
    timed,
)

SAMPLED = 1_000
"""Replications whose acts are kept when the log is sampled."""


def rates(quick: bool) -> Table:
    """Compare histories a second: the engine, the idiomatic model, the reference."""
    sys.path.append(str(README.parents[1] / "tests"))
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
    seconds = in_turn(list(ways.values()))
    each = [[s / count for s in row] for row, count in zip(seconds, counts, strict=True)]
    table = [["way", "histories", "seconds", "histories a second", "the engine is", "goal"]]
    goals = ("100,000 a second", "at least 100 times", "")
    for way, count, row, own, goal in zip(ways, counts, seconds, each, goals, strict=True):
        times = "" if own is each[0] else f"{against(own, each[0]):.0f} times faster"
        rate = f"{1 / median(own):,.0f}"
        table.append([way, f"{count:,}", f"{median(row):.2f}", rate, times, goal])
    return table


def small(quick: bool) -> Table:
    """Time what a class, a game or a page waits for, all loaded."""
    import idiomatic

    from wargame.classroom.futures.moment import moment_of
    from wargame.classroom.futures.odds import odds_at
    from wargame.engine import ensemble

    scenario, peer = a_year(), 50
    results = ensemble.run(scenario, replications=100, seed=SEED)
    ways = {
        f"{peer} histories of the idiomatic model": (
            lambda: list(idiomatic.histories(scenario, peer, SEED)),
            "",
        ),
        "1,000 histories": (lambda: ensemble.run(scenario, 1_000, SEED), "at most 20"),
        "10,000 histories": (lambda: ensemble.run(scenario, 10_000, SEED), "at most 120"),
        "odds of 2,000 futures from half-way": (
            lambda: odds_at(moment_of(results, 5, scenario.turns // 2), 2_000),
            "at most 50",
        ),
    }
    works = [way for way, _ in ways.values()]
    in_turn(works, 1)
    seconds = in_turn(works, ROUNDS if quick else 3 * ROUNDS)
    table = [["what", "milliseconds", f"of {peer} idiomatic histories", "goal"]]
    for (words, (_, goal)), row in zip(ways.items(), seconds, strict=True):
        share = f"{against(row, seconds[0]):.2f}"
        table.append([words, f"{median(row) * 1e3:.0f}", share, goal])
    return table


def cores(quick: bool) -> Table:
    """Compare two threads with one."""
    from wargame.engine import ensemble

    scenario, count = a_year(), 100_000 if quick else 1_000_000
    ensemble.run(scenario, replications=100, seed=SEED)
    table = [["act log", "histories", "one thread, s", "two threads, s", "two are", "goal"]]
    for words, kept in (("kept", None), (f"of the first {SAMPLED:,}", SAMPLED)):
        works = [
            lambda jobs=jobs, kept=kept: ensemble.run(
                scenario, replications=count, seed=SEED, jobs=jobs, acts_kept=kept
            )
            for jobs in (1, 2)
        ]
        one, two = in_turn(works)
        times = f"{against(one, two):.2f} times faster"
        goal = "at least 1.6 times"
        table.append([words, f"{count:,}", f"{median(one):.2f}", f"{median(two):.2f}", times, goal])
    return table


def scaling(quick: bool) -> Table:
    """Run 1,000 to 1,000,000 replications, each size in a process of its own."""
    head = ["replications", "one thread, s", "microseconds each", "peak memory, MB"]
    table = [[*head, "two threads, s", "peak memory with two, MB"]]
    for power in range(3, 6 if quick else 7):
        count = 10**power
        call = [sys.executable, __file__, "--one", str(count), "--jobs"]
        one, two = (json.loads(finish([*call, jobs])) for jobs in ("1", "2"))
        each = one["seconds"] / count * 1e6
        alone = [f"{count:,}", f"{one['seconds']:.2f}", f"{each:.1f}", f"{one['peak']:,.0f}"]
        table.append([*alone, f"{two['seconds']:.2f}", f"{two['peak']:,.0f}"])
    return table


def one_size(replications: int, jobs: int) -> dict[str, float]:
    """Run one size from this process; return seconds and its own peak memory in MB."""
    from wargame.engine import ensemble

    scenario = a_year()
    ensemble.run(scenario, replications=100, seed=SEED)
    seconds = timed(
        lambda: ensemble.run(
            scenario, replications=replications, seed=SEED, jobs=jobs, acts_kept=SAMPLED
        )
    )
    return {"seconds": seconds, "peak": peak_memory()}


def work(quick: bool) -> Table:
    """Count what a history consists of; tell its cost apart from that of a run."""
    from wargame.engine import ensemble

    scenario, count = a_year(), 2_000 if quick else 20_000
    results = ensemble.run(scenario, replications=count, seed=SEED)
    few, many = (2_000, 20_000) if quick else (10_000, 100_000)
    works = [
        lambda size=size: ensemble.run(scenario, replications=size, seed=SEED)
        for size in (few, many)
    ]
    low, high = (min(row) for row in in_turn(works))
    each = (high - low) / (many - few)
    acts = len(results.acts["link"]) / count
    menus = {actor: len(menu) for actor, menu in results.menus.items()}
    weighed = [menus[actor] for actor in results.actors]
    rows = {
        "acts": f"{acts:.1f}",
        "of them openings": f"{(results.acts['link'] == 0).sum() / count:.1f}",
        "acts met by a target": f"{results.answers.sum() / count:.1f}",
        "actions on the menus of those who acted": (
            f"{sum(weighed[actor] for actor in results.acts['actor'].tolist()) / count:.0f}"
        ),
        "turns in which an actor may open": f"{results.table['turns'].mean() * len(menus):.0f}",
        f"microseconds each, from {few:,} to {many:,}": f"{each * 1e6:.1f}",
        "microseconds an act": f"{each / acts * 1e6:.2f}",
        "milliseconds a run, of whatever size": f"{max(0.0, low - few * each) * 1e3:.1f}",
    }
    return [["a history of 52 turns", "on average"], *([*row] for row in rows.items())]


def blocks(quick: bool) -> Table:
    """Compare how many histories are played side by side."""
    from wargame.engine import ensemble
    from wargame.engine.ensemble import chunks

    scenario, count = a_year(), 4_000 if quick else 40_000
    sizes = (125, 250, 500, 1_000, 2_000, 4_000)

    def play(size: int, uncertainty: bool) -> None:
        before = chunks.BLOCK, chunks.BLOCK_OF_OWN_NUMBERS
        chunks.BLOCK = chunks.BLOCK_OF_OWN_NUMBERS = size
        try:
            ensemble.run(scenario, count, SEED, uncertainty=uncertainty)
        finally:
            chunks.BLOCK, chunks.BLOCK_OF_OWN_NUMBERS = before

    ways = [(size, uncertainty) for uncertainty in (False, True) for size in sizes]
    play(125, True)
    seconds = in_turn([lambda way=way: play(*way) for way in ways])
    each = [f"{median(row) / count * 1e6:.1f}" for row in seconds]
    head = ["histories in a block", "microseconds each", "with numbers of their own"]
    alike, own = each[: len(sizes)], each[len(sizes) :]
    return [head, *([f"{s:,}", a, b] for s, a, b in zip(sizes, alike, own, strict=True))]


PARTS: dict[str, Callable[[bool], Table]] = {
    "rates": rates,
    "small": small,
    "cores": cores,
    "scaling": scaling,
    "work": work,
    "blocks": blocks,
    "compiling": compiling,
    "startup": startup,
    "folders": folders,
}


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
    tables = {"machine": machine()}
    for part in asked.only:
        tables[part] = markdown(PARTS[part](asked.quick))
        print(f"## {part}\n\n{tables[part]}\n", flush=True)
    if asked.write:
        text = README.read_text(encoding="utf-8")
        for part, block in tables.items():
            text = put_between(text, part, block)
        README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
