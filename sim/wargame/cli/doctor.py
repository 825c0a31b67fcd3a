"""`wargame doctor`: versions, cores, what is missing."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import typer

from wargame.cli.options import AsJson

__all__ = ["doctor", "register"]

NEEDED = (
    "wargame",
    "mesa",
    "networkx",
    "numpy",
    "scipy",
    "pydantic",
    "PyYAML",
    "matplotlib",
    "typer",
    "rich",
    "jinja2",
)


def register(app: typer.Typer) -> None:
    """Add doctor to an application."""
    app.command("doctor")(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Check the installation: versions, cores, shipped data, a place to write."""
    from wargame.cli.layout import emit_json, emit_sections
    from wargame.scenario.section import Section

    checks = list(_checks())
    healthy = all(ok for _, ok, _ in checks)
    if as_json:
        emit_json(
            {
                "healthy": healthy,
                "checks": [{"what": what, "ok": ok, "found": found} for what, ok, found in checks],
            }
        )
    else:
        rows = tuple((what, "ok" if ok else "MISSING", found) for what, ok, found in checks)
        emit_sections("", [Section("doctor", "Health", ("what", "state", "found"), rows)])
    if not healthy:
        raise typer.Exit(4)


def _checks() -> Iterator[tuple[str, bool, str]]:
    python = sys.version_info >= (3, 11)
    yield "Python 3.11 or newer", python, platform.python_version()
    for name in NEEDED:
        try:
            yield name, True, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, False, "not installed: run pip install wargame again"
    yield "cores", True, str(os.cpu_count() or 1)
    yield _shipped()
    yield _simulates()
    yield _writable(Path.cwd())
    yield _writable(Path(tempfile.gettempdir()))


def _shipped() -> tuple[str, bool, str]:
    from wargame.errors import WargameError
    from wargame.scenario import library

    try:
        names = library.scenario_names()
        facts = len(library.facts())
    except WargameError as error:
        return "scenarios and seeds", False, str(error)
    return "scenarios and seeds", bool(names), f"{', '.join(names)}; {facts} facts"


def _simulates() -> tuple[str, bool, str]:
    from wargame.errors import WargameError

    try:
        from wargame.engine import ensemble
        from wargame.scenario import loader

        results = ensemble.run(loader.load("western_sea"), 10)
    except (ImportError, WargameError) as error:
        return "a trial of 10 histories", False, str(error)
    return "a trial of 10 histories", True, f"{int(results.table['acts'].sum())} acts"


def _writable(folder: Path) -> tuple[str, bool, str]:
    writable = os.access(folder, os.W_OK)
    return f"{folder} can be written", writable, "yes" if writable else "no: use --out elsewhere"
