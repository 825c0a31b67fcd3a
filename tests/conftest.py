"""Which tests are quick, in what order tests run, and how hard Hypothesis tries.

Every test is one of three: `slow` by its mark, `costly` by the measured list, `quick` else. The
rules stand on the page on tests.
"""

from __future__ import annotations

import importlib
import os
import time
from collections import defaultdict
from itertools import chain
from pathlib import Path
from unittest import mock

import hypothesis
import pytest

import shared
from wargame.show.figure import files

TESTS = Path(__file__).parent
LIST = TESTS / "costly.txt"
CASE, CASES = 0.25, 2.0
"""CPU seconds above which a test is costly: of one of its cases, of all of them together."""

for name, examples in {"dev": 20, "ci": 200, "long": 2000}.items():
    hypothesis.settings.register_profile(name, max_examples=examples, deadline=None)
hypothesis.settings.load_profile(os.environ.get("WARGAME_EXAMPLES", "dev"))


@pytest.fixture(scope="session", autouse=True)
def sharp():
    """Draw figures coarsely in all tests; give the number of dots an inch that users get."""
    usual = files.DPI
    with mock.patch.object(files, "DPI", 60):
        yield usual


def name_of(nodeid):
    """Return a test's place and name, for all its cases."""
    return nodeid.partition("[")[0].removeprefix("tests/")


def costly():
    """Return test -> CPU seconds of all its cases, as measured last."""
    rows = (line.split() for line in LIST.read_text(encoding="utf-8").splitlines())
    return {name: float(seconds) for seconds, name in rows}


def pytest_addoption(parser):
    group = parser.getgroup("the tests of wargame")
    group.addoption("--measure", action="store_true", help=f"write {LIST.name} anew")
    group.addoption("--one-in", type=int, default=1, metavar="N", help="run a sample of the tests")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark, let others choose and shuffle, then put the files that take longest first."""
    weights, seconds = costly(), defaultdict(float)
    for item in items:
        name = name_of(item.nodeid)
        if not item.get_closest_marker("slow"):
            item.add_marker("costly" if name in weights else "quick")
    yield
    if config.option.one_in > 1:  # they stand in a random order
        kept = set(items[:: config.option.one_in])
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]
    files = defaultdict(list)
    for item in items:
        files[item.path].append(item)
        seconds[item.path] += weights.pop(name_of(item.nodeid), 0)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    if workers:  # each begins with an equal part of the list
        ranked = sorted(files, key=seconds.get, reverse=True)
        files = {path: files[path] for k in range(workers) for path in ranked[k::workers]}
    items[:] = chain.from_iterable(files.values())


def pytest_configure(config):
    if config.option.measure:
        if getattr(config.option, "numprocesses", None):
            raise pytest.UsageError("--measure works in one process: leave out -n")
        config.pluginmanager.register(Meter())


class Meter:
    """Measures what each test costs alone: itself and every fixture it stands on."""

    def __init__(self):
        self.fixtures, self.inside = {}, 0.0
        self.costs, self.around = defaultdict(list), {}
        for package in (
            "mesa",
            "pandas",
            "scipy.stats",
            "matplotlib.pyplot",
            "jinja2",
            "rich.table",
        ):
            importlib.import_module(package)  # else whoever comes first pays for it

    @staticmethod
    def now():
        """Return the CPU seconds of this process and of its ended children."""
        children = os.times()
        return time.process_time() + children.children_user + children.children_system

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        begun = self.now()
        made = yield
        if fixturedef.scope != "function":
            self.fixtures[fixturedef] = self.now() - begun
            self.inside += self.fixtures[fixturedef]
        return made

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        shared.forget()
        begun, self.inside = self.now(), 0.0
        done = yield
        known = chain.from_iterable(item._fixtureinfo.name2fixturedefs.values())
        self.around[name_of(item.nodeid)] = sum(self.fixtures.get(one, 0.0) for one in set(known))
        self.costs[name_of(item.nodeid)].append(self.now() - begun - self.inside)
        self.write()
        return done

    def write(self):
        """Write the list, after each test: what was measured is kept whatever comes."""
        kept = costly()
        for name, cases in self.costs.items():
            kept.pop(name, None)
            around = self.around[name]
            if max(cases) + around > CASE or sum(cases) + around > CASES:
                kept[name] = sum(cases) + around
        rows = sorted(f"{seconds:6.1f} {name}\n" for name, seconds in kept.items())
        LIST.write_text("".join(rows), encoding="utf-8")
