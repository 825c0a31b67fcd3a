"""The page on the structure of the repository against the tree."""

from __future__ import annotations

import re
import subprocess

import pytest

from docs.pages import DOCS, ROOT

PAGE = DOCS / "contributing" / "structure.md"
WITHOUT_LINE = {"docs/_static/"}  # the style sheet
DEEP = ("sim/", "sim/wargame/", "tests/", "docs/")  # whose folders have a line each
IGNORED = {"__pycache__", "generated", "_build"}  # made, not kept
pytestmark = pytest.mark.skipif(not (ROOT / "sim").exists(), reason="no checkout")


def named():
    rows = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(rows) == len(set(rows))
    return set(rows)


def kept():
    """Return the files git keeps or would keep; in a copy without git, those of deep folders."""
    if not (ROOT / ".git").exists():
        found = (path.relative_to(ROOT) for folder in DEEP for path in (ROOT / folder).rglob("*.*"))
        return [path.as_posix() for path in found if not ignored(path.parts)]
    call = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.splitlines() if (ROOT / path).exists()]


def ignored(parts):
    return bool(IGNORED & set(parts)) or any(part.startswith(".") for part in parts)


def test_all_that_is_named_is_there():
    for place in named():
        path = ROOT / place
        assert path.is_dir() if place.endswith("/") else path.is_file(), place


def test_all_that_is_there_is_named():
    expected = set()
    for path in kept():
        head, slash, rest = path.partition("/")
        expected.add(head + slash)
        for folder in DEEP:
            below, slash, rest = path.removeprefix(folder).partition("/")
            if path.startswith(folder) and rest:
                expected.add(f"{folder}{below}/")
    assert expected - named() - WITHOUT_LINE == set()


def test_tests_stand_in_the_tree_of_the_rooms():
    others = {"docs", "golden", "packaging", "benchmarks", "engine/adjudication"}
    places = {path.parent.relative_to(ROOT / "tests") for path in ROOT.glob("tests/*/**/test_*.py")}
    assert others <= {place.as_posix() for place in places}
    for place in places:
        assert place.as_posix() in others or (ROOT / "sim/wargame" / place).is_dir(), place
