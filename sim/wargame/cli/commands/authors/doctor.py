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
from wargame.cli.terminal.flags import with_flags

OK, MISSING = "ok", "MISSING"

NEEDED = (
    "mesa",
    "networkx",
    *(("numba",) if sys.version_info < (3, 15) else ()),  # newer ones go without
    "numpy",
    "pandas",
    "scipy",
    "lark",
    "pydantic",
    "pydantic-core",
    "PyYAML",
    "matplotlib",
    "Pillow",
    "typer",
    "rich",
    "jinja2",
    "typst",
)
"""Distributions without which something does not work."""

OPTIONAL = {
    "pyarrow": ("parquet", "--format parquet"),
    "xarray": ("xarray", "to_xarray"),
    "distributed": ("dask", "--executor dask"),
    "ema_workbench": ("ema", "the how-to page on the EMA Workbench"),
}
"""Distributions that an extra brings -> its name, and what it is for."""


def register(app: typer.Typer) -> None:
    """Add doctor to an application."""
    app.command("doctor")(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Check the installation: versions, cores, shipped data, a place to write."""
    from wargame.cli.terminal.layout import emit_json, emit_tables
    from wargame.findings import Table, columns

    checks = list(_checks())
    healthy = all(state != MISSING for _, state, _ in checks)
    if as_json:
        emit_json(
            {
                "healthy": healthy,
                "checks": [
                    {"what": what, "ok": state != MISSING, "state": state, "found": found}
                    for what, state, found in checks
                ],
            }
        )
    else:
        rows = tuple(dict(zip(("what", "state", "found"), check, strict=True)) for check in checks)
        emit_tables("", [Table("doctor", "Health", columns("what", "state", "found"), rows)])
    if not healthy:
        raise typer.Exit(4)


def _checks() -> Iterator[tuple[str, str, str]]:
    """Yield what is looked at, its state, and what was found."""
    for what, good, found in _needed():
        yield what, OK if good else MISSING, found
    for name, (extra, purpose) in OPTIONAL.items():
        version = _version(name)
        found = version or f"pip install '.[{extra}]'"
        yield f"{name}, for {purpose}", OK if version else "not installed", found


def _needed() -> Iterator[tuple[str, bool, str]]:
    python = sys.version_info >= (3, 11)
    yield "Python 3.11 or newer", python, platform.python_version()
    for name in ("wargame", *NEEDED):
        found = _version(name)
        yield name, found is not None, found or "not installed: install this project again"
    yield "cores", True, str(os.cpu_count() or 1)
    yield _shipped()
    yield _simulates()
    yield _writable(Path.cwd())
    yield _writable(Path(tempfile.gettempdir()))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _shipped() -> tuple[str, bool, str]:
    from wargame.errors import WargameError
    from wargame.scenario import library

    try:
        names = library.scenario_names()
        facts = len(library.facts())
    except WargameError as error:
        return "scenarios and seeds", False, with_flags(str(error))
    return "scenarios and seeds", bool(names), f"{', '.join(names)}; {facts} facts"


def _simulates() -> tuple[str, bool, str]:
    from wargame.errors import WargameError

    try:
        from wargame.engine import ensemble
        from wargame.scenario import loader

        results = ensemble.run(loader.load("western_sea"), 10)
    except (ImportError, WargameError) as error:
        return "a trial of 10 histories", False, with_flags(str(error))
    return "a trial of 10 histories", True, f"{int(results.table['acts'].sum())} acts"


def _writable(folder: Path) -> tuple[str, bool, str]:
    writable = os.access(folder, os.W_OK)
    return f"{folder} can be written", writable, "yes" if writable else "no: use --out elsewhere"
