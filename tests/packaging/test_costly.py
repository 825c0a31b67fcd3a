"""The measured list of costly tests names tests that are there, each once."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_the_list_names_tests_that_are_there():
    lines = (TESTS / "costly.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split()[1] for line in lines]
    assert len(set(names)) == len(names) > 0
    found = {
        f"{path.relative_to(TESTS).as_posix()}::{node.name}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    listed = {f"{name.partition('::')[0]}::{name.rpartition('::')[2]}" for name in names}
    assert listed - found == set(), "take these lines out of tests/costly.txt"
