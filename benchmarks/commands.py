"""What whole commands cost: to start, the very first time, and for a million histories."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from measuring import SCENARIO, Table, against, finish, in_turn, peak_memory, timed

START_ROUNDS = 5
BARE_IMPORT = "import mesa, matplotlib.pyplot"
WARGAME = str(Path(sys.executable).with_name("wargame"))
RUN = [WARGAME, "run", SCENARIO]


def startup(quick: bool) -> Table:
    """Compare whole commands with importing Mesa and Matplotlib and doing nothing."""
    commands = {
        f'python -c "{BARE_IMPORT}"': ([sys.executable, "-c", BARE_IMPORT], ""),
        "wargame --help": ([WARGAME, "--help"], "under 0.5"),
        f"wargame run {SCENARIO} --no-plots": ([*RUN, "--no-plots"], "under 1.7"),
        f"wargame run {SCENARIO}": (RUN, "at most 2.8, and 4 s"),
    }
    works = [lambda command=command: finish(command) for command, _ in commands.values()]
    in_turn(works, 1)  # caches of fonts and of compiled files are not what is timed
    seconds = in_turn(works, 3 if quick else START_ROUNDS)
    table = [["command", "seconds", "of the import", "goal"]]
    for (words, (_, goal)), row in zip(commands.items(), seconds, strict=True):
        table.append([f"`{words}`", f"{median(row):.2f}", f"{against(row, seconds[0]):.2f}", goal])
    return table


def compiling(quick: bool) -> Table:
    """Time what comes first on a machine, in folders of caches that are empty, and then again."""
    one = [sys.executable, "-c", f"import wargame; wargame.run(wargame.load('{SCENARIO}'), 1)"]
    bare, first, later, command, again = [], [], [], [], []
    for _ in range(1 if quick else 3):
        bare.append(timed(lambda: finish([sys.executable, "-c", BARE_IMPORT])))
        with tempfile.TemporaryDirectory() as caches:
            names = ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "MPLCONFIGDIR")
            own = {name: str(Path(caches) / name) for name in names}
            first.append(timed(lambda own=own: finish(one, own)))
            later.append(timed(lambda own=own: finish(one, own)))
        with tempfile.TemporaryDirectory() as caches:
            own = {name: str(Path(caches) / name) for name in names}
            command.append(timed(lambda own=own: finish(RUN, own)))
            again.append(timed(lambda own=own: finish(RUN, own)))
    rows = {
        "a history from Python, nothing compiled": (first, ""),
        "the same again": (later, ""),
        "to compile: the difference": (
            [a - b for a, b in zip(first, later, strict=True)],
            "at most 15 s",
        ),
        f"`wargame run {SCENARIO}`, nothing compiled, no cache of fonts": (
            command,
            "at most 25 s",
        ),
        "the same again ": (again, "at most 4 s"),
    }
    table = [["what", "seconds", "of the import", "goal"]]
    for words, (row, goal) in rows.items():
        table.append([words, f"{median(row):.2f}", f"{against(row, bare):.1f}", goal])
    return table


def folders(quick: bool) -> Table:
    """Run large ensembles as a command writes them, each in a process of its own."""
    asked = {
        10_000: [[]],
        100_000: [[], ["--uncertainty"]],
        1_000_000: [[], ["--format", "parquet"], ["--uncertainty"]],
    }
    table = [["and", "seconds", "most memory, MB", "run folder, MB", "goal"]]
    for count, ways in asked.items():
        for way in ways if count < 1_000_000 or not quick else []:
            words = ["-n", str(count), *way]
            found = json.loads(finish([sys.executable, __file__, *words]).splitlines()[-1])
            million = count == 1_000_000 and "--uncertainty" in way
            numbers = (f"{found['seconds']:.1f}", f"{found['peak']:,.0f}", f"{found['size']:,.0f}")
            goal = "under 600 MB of memory" if million else ""
            table.append([f"`{' '.join(words)}`", *numbers, goal])
    return table


def one_folder(words: list[str]) -> dict[str, float]:
    """Carry out ``wargame run`` in this process; return seconds, its peak memory, folder in MB."""
    from wargame.cli import app

    sys.argv = ["wargame", "run", SCENARIO, "--no-plots", "--out", "folder", *words]

    def command() -> None:
        try:
            app.main()
        except SystemExit as end:
            if end.code:
                raise

    seconds = timed(command)
    size = sum(file.stat().st_size for file in Path("folder").rglob("*") if file.is_file())
    return {"seconds": seconds, "peak": peak_memory(), "size": size / 1e6}


if __name__ == "__main__":  # one row of `folders`
    print(json.dumps(one_folder(sys.argv[1:])))
