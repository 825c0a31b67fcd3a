"""Where results come from: scenario, seed, counts, versions, command and times."""

from __future__ import annotations

import datetime
import platform
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from wargame.engine.results import Results
from wargame.scenario import loader

FORMAT = 1
"""Of the run folder."""


def provenance(
    results: Results, *, command: Sequence[str] | str, started: datetime.datetime
) -> dict[str, Any]:
    """Return where results come from: the manifest, but for the hashes of files.

    Parameters
    ----------
    command : sequence of str or str
        As it was given.
    started : datetime
        With a time zone.

    Returns
    -------
    dict
        Plain types; digest, seed, counts, versions, command, times in UTC.
    """
    return {
        "format": FORMAT,
        "scenario": results.scenario.title,
        "digest": loader.digest(results.scenario),
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

    Returns
    -------
    dict
        Plain types; versions, command, times in UTC.
    """
    now = datetime.datetime.now(datetime.UTC)
    return {
        "versions": {
            "python": platform.python_version(),
            "platform": f"{sys.platform} {platform.machine()}",
            **{name: _version(name) for name in ("wargame", "numpy", "mesa")},
        },
        "command": command if isinstance(command, str) else list(command),
        "started": started.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "ended": now.isoformat(timespec="seconds"),
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
