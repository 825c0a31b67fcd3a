"""Shipped scenario files taken apart: never a traceback, never over 2 s, never over 256 MB.

The cases run in a process of their own, whose peak memory is then known. By hand:
``python tests/scenario/text/test_mutations.py 2000 random``.
"""

import copy
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wargame.errors import ScenarioError
from wargame.scenario.canonical import dump
from wargame.scenario.library import find_scenario, scenario_names, starting_text
from wargame.scenario.loader import loads
from wargame.scenario.text.reader import read_document

MOST_SECONDS = 2.0
MOST_MEGABYTES = 256

TEXTS = [starting_text(), *(find_scenario(name).read_text("utf-8") for name in scenario_names())]
DATA = [read_document(text, "shipped").data for text in TEXTS]
JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    float("nan"),
    float("-inf"),
    10**30,
    "",
    "NO",
    "30%",
    "0,3",
    "010",
    "[/x] $x$ \x1b[31m",
    "서해\u2028",
    "x" * 70_000,
    [],
    [[]],
    {},
    {"kind": "tempo"},
    {"value": 1, "low": 2, "high": 0},
    {"<<": {"a": 1}},
]
BITS = [
    b"\t",
    b"&a ",
    b"*a",
    b"!!python/name:os.system ",
    b"<<: ",
    b"\n---\n",
    b"'",
    b'"',
    b"{",
    b"]",
    b"[" * 2000,
    b"- " * 500,
    b": ",
    b"|",
    b"#",
    b"%",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\x00",
    b"? ",
    b".nan",
    b"9" * 5000,
    b"2024-02-30",
    b"12:30",
]

spots = st.integers(0, 1_000_000)


def flip_bytes(which: int, moves: list[tuple[int, int]]) -> bytes:
    """Change, drop or insert bytes."""
    raw = bytearray(TEXTS[which].encode())
    for spot, what in moves:
        at = spot % (len(raw) + 1)
        if what < 256:
            raw[at : at + 1] = bytes([what])
        elif what == 256:
            del raw[at : at + 20]
        else:
            raw[at:at] = BITS[what % len(BITS)]
    return bytes(raw)


def move_lines(which: int, moves: list[tuple[int, int]]) -> bytes:
    """Delete, double, swap, indent and cut lines; swap words."""
    lines = TEXTS[which].split("\n")
    for spot, what in moves:
        at, other = spot % len(lines), what % len(lines)
        match what % 7:
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = " " * (what % 5) + lines[at]
            case 4:
                lines[at] = lines[at][2:]
            case 5:
                lines[at] = lines[at][: what % 40]
            case _:
                words, others = lines[at].split(" "), lines[other].split(" ")
                words[-1] = others[-1]
                lines[at] = " ".join(words)
    return "\n".join(lines).encode()


def change_data(which: int, moves: list[tuple[int, int]]) -> bytes:
    """Delete and rename keys, swap subtrees, put junk in, nest deeply."""
    data = copy.deepcopy(DATA[which])
    left = 60  # levels to nest; the dumper, not the loader, is recursive
    for spot, what in moves:
        boxes = list(_boxes(data))
        if not boxes:
            break
        box, key = boxes[spot % len(boxes)]
        other, other_key = boxes[(spot * 7919 + what) % len(boxes)]
        match what % 6:
            case 0:
                del box[key]
            case 1 if isinstance(box, dict):
                box[str(key) + "s"] = box.pop(key)
            case 2:
                box[key] = copy.deepcopy(other[other_key])
            case 3:
                nest: Any = box[key]
                levels, left = min(what % 60, left), left - min(what % 60, left)
                for _ in range(levels):
                    nest = [nest] if what % 2 else {"a": nest}
                box[key] = nest
            case _:
                box[key] = copy.deepcopy(JUNK[what % len(JUNK)])
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True).encode()


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _boxes(data: Any, levels: int = 20) -> Any:
    for key in data if isinstance(data, dict) else range(len(data)):
        yield data, key
        if levels and isinstance(data[key], dict | list):
            yield from _boxes(data[key], levels - 1)


mutants = st.builds(
    lambda how, which, moves: how(which % len(TEXTS), moves),
    st.sampled_from([flip_bytes, move_lines, change_data]),
    st.integers(0, 99),
    st.lists(st.tuples(spots, st.integers(0, 600)), min_size=1, max_size=6),
)


def examine(raw: bytes) -> bool:
    """Load one mutant; whether it is still valid."""
    started = time.perf_counter()
    scenario, problems = None, ()
    try:
        scenario = loads(raw, "mutant.yaml")
    except ScenarioError as error:
        problems = error.problems
        str(error).encode("utf-8")  # can be shown and written
    assert time.perf_counter() - started < MOST_SECONDS
    assert (scenario is None) == bool(problems)
    for problem in problems:
        assert "pydantic" not in problem.message
        assert problem.message.endswith((".", "?")), problem.message
    if scenario is not None:
        assert loads(dump(scenario)) == scenario
    return scenario is not None


def run_cases(count: int, fixed: bool) -> None:
    """Examine so many mutants and write how many, how many still valid, and the peak memory."""
    valid = []

    @settings(
        max_examples=count,
        derandomize=fixed,
        database=None,
        deadline=None,  # the bound is in `examine`; drawing and dumping are not under test
        suppress_health_check=list(HealthCheck),
    )
    @given(mutants)
    def cases(raw: bytes) -> None:
        valid.append(examine(raw))

    cases()
    sys.stdout.write(f"{len(valid)} {sum(valid)} {_peak_megabytes():.0f}\n")


def _peak_megabytes() -> float:
    """Return this process's own peak: rusage starts from the parent's, VmHWM does not."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def _batch(count: int, mode: str) -> tuple[int, int, int]:
    command = [sys.executable, str(Path(__file__).resolve()), str(count), mode]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    cases, valid, megabytes = done.stdout.split()[-3:]
    return int(cases), int(valid), int(megabytes)


def _hold(count: int, mode: str) -> None:
    cases, valid, megabytes = _batch(count, mode)
    assert cases >= count
    assert 0 < valid < cases  # the mutants are neither all harmless nor all broken
    assert megabytes < MOST_MEGABYTES


def test_a_hundred_mutants():
    _hold(100, "fixed")


@pytest.mark.slow
def test_two_thousand_mutants():
    _hold(2000, "random")


if __name__ == "__main__":
    run_cases(int(sys.argv[1]), sys.argv[2] == "fixed")
