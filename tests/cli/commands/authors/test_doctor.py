"""wargame doctor: every dependency the package declares is named, and what is missing is said."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wargame.cli.app import app
from wargame.cli.commands.authors import doctor

PROJECT = Path(__file__).parents[4] / "pyproject.toml"
FOR_DEVELOPERS = {"test", "dev", "docs"}  # extras nobody needs to use the program


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def declared():
    """Return (name, extra or None) of every dependency the project declares."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    groups = {None: project["dependencies"], **project["optional-dependencies"]}
    for extra, lines in groups.items():
        for line in lines:
            yield plain(re.match(r"[\w.-]+", line)[0]), extra


def without(monkeypatch, missing):
    version = metadata.version

    def look(name):
        if name == missing:
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", look)


def states():
    done = CliRunner().invoke(app, ["doctor", "--json"])
    found = json.loads(done.stdout)
    return done.exit_code, {check["what"].partition(",")[0]: check for check in found["checks"]}


@pytest.mark.skipif(not PROJECT.is_file(), reason="no checkout")
def test_every_core_dependency_is_looked_for():
    core = {name for name, extra in declared() if extra is None}
    assert core <= {plain(name) for name in doctor.NEEDED}


@pytest.mark.skipif(not PROJECT.is_file(), reason="no checkout")
def test_every_optional_dependency_is_looked_for_under_its_extra():
    wanted = {
        (name, extra)
        for name, extra in declared()
        if extra is not None and extra not in FOR_DEVELOPERS
    }
    assert {(plain(name), extra) for name, (extra, _) in doctor.OPTIONAL.items()} == wanted


def test_a_missing_extra_is_said_with_its_remedy_and_is_no_fault(monkeypatch):
    without(monkeypatch, "pyarrow")
    code, checks = states()
    assert code == 0
    assert checks["pyarrow"]["state"] == "not installed"
    assert checks["pyarrow"]["found"] == "pip install '.[parquet]'"


@pytest.mark.parametrize("name", ["typst", "numpy"])
def test_a_missing_core_dependency_is_a_fault(monkeypatch, name):
    without(monkeypatch, name)
    code, checks = states()
    assert code == 4
    assert checks[name]["state"] == "MISSING"
    assert not checks[name]["ok"]
