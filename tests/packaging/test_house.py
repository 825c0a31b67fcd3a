"""The limits of the house: small rooms, short modules, no circle of imports."""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(find_spec("wargame").origin).parent
MOST_FILES, MOST_LINES, MEDIAN = 9, 350, 110

# What still breaks a limit, and by how much. Numbers may only shrink, and lines only go.
BIG_ROOMS: dict[str, tuple[int, str]] = {}
LONG_MODULES: dict[str, tuple[int, str]] = {}
CIRCLES: dict[str, str] = {}


def name_of(path):
    """Return a module's name below the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


TEXTS = {name_of(path): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
LINES = {
    name_of(path): len(TEXTS[name_of(path)].splitlines())
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
}


def imported(text):
    """Return the modules of the package that a module imports, for its types only or not."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                names.add(name if name.removeprefix("wargame.") in TEXTS else node.module)
    return {name.removeprefix("wargame.") for name in names} & TEXTS.keys()


def check(found, most, excused):
    """Require the limit of all, but for what is excused; and that each excuse is needed."""
    over = {name: number for name, number in found.items() if number > most}
    assert over.keys() == excused.keys()
    for name, number in over.items():
        assert number <= excused[name][0], name


def test_a_room_has_at_most_nine_files():
    check(Counter(name.rpartition(".")[0] for name in LINES), MOST_FILES, BIG_ROOMS)


def test_no_module_is_longer_than_a_few_screens():
    check(LINES, MOST_LINES, LONG_MODULES)


def test_most_modules_are_short():
    assert statistics.median(LINES.values()) <= MEDIAN


def test_imports_go_in_no_circle():
    """Imports for types count: of two modules in a circle neither can be read alone."""
    arrows = {name: imported(text) - {name} for name, text in TEXTS.items()}

    def reached(name):
        found, open_ = set(), [name]
        while open_:
            fresh = arrows[open_.pop()] - found
            found |= fresh
            open_ += fresh
        return found

    assert {name for name in arrows if name in reached(name)} == CIRCLES.keys()


def test_each_room_says_in_one_sentence_what_it_is():
    for path in PACKAGE.rglob("__init__.py"):
        sentence = ast.get_docstring(ast.parse(path.read_text("utf-8"))).partition("\n")[0]
        assert sentence.endswith("."), path
        assert ". " not in sentence, path


def test_a_room_exports_all_that_it_imports_and_nobody_else_exports():
    for name, text in TEXTS.items():
        tree = ast.parse(text)
        said = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        ]
        if name in LINES:
            assert not said, name
        elif name != "__init__":
            held = {a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names}
            assert held == set(ast.literal_eval(said[0]) if said else ()), name
