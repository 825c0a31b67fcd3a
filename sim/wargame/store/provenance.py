"""Where a folder comes from: the program, its versions, the command and the time."""

from __future__ import annotations

import datetime
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from wargame.engine.results import Results
from wargame.scenario import canonical


def provenance(
    results: Results, *, command: Sequence[str] | str, started: datetime.datetime
) -> dict[str, Any]:
    """Return where results come from: digest, seed, counts, versions, command, times in UTC.

    Parameters
    ----------
    command : sequence of str or str
        As it was given.
    started : datetime
        With a time zone.
    """
    return {
        "scenario": results.scenario.title,
        "digest": canonical.digest(results.scenario),
        "seed": results.seed,
        "replications": results.replications,
        "turns": results.scenario.turns,
        "uncertainty": results.uncertainty,
        "acts_kept": results.acts_kept,
        **circumstances(command, started),
    }


def circumstances(command: Sequence[str] | str, started: datetime.datetime) -> dict[str, Any]:
    """Return under which versions, by which command and when something was made.

    Parameters
    ----------
    command, started
        As for `provenance`.
    """
    now = datetime.datetime.now(datetime.UTC)
    return {
        "versions": versions(),
        "command": command if isinstance(command, str) else list(command),
        "started": started.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "ended": now.isoformat(timespec="seconds"),
    }


def versions() -> dict[str, str]:
    """Return the versions that results depend on, and the platform."""
    return {
        "python": platform.python_version(),
        "platform": f"{sys.platform} {platform.machine()}",
        **{name: _version(name) for name in ("wargame", "numpy", "mesa")},
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
