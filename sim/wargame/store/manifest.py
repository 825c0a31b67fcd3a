"""The manifest of a folder: what it holds, where that comes from, and a hash of every file."""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from wargame.engine.results import Results
from wargame.errors import RecordError, did_you_mean
from wargame.scenario import canonical
from wargame.store.files import plain
from wargame.store.reader import read_json

MANIFEST = "manifest.json"
FORMAT = 1
SEAL = "sha256"
"""Under this name a manifest has the hash of all else that stands in it."""

_NAMES = {
    "forecasts": "scored forecasts",
    "sensitivity": "a sensitivity analysis",
    "figures": "figures",
}
_MOST = 5
"""Run folders named in a message."""


def provenance(
    results: Results, *, command: Sequence[str] | str, started: datetime.datetime
) -> dict[str, Any]:
    """Return where results come from: digest, seed, counts, and `circumstances`."""
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
    """Return under which versions, by which command and when, in UTC, something was made.

    Parameters
    ----------
    started : datetime
        With a time zone.
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


def seal(kind: str, manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> dict[str, Any]:
    """Return a manifest as it is written: with its kind, the files, and the hash of itself.

    Parameters
    ----------
    hashes : mapping of str to str
        Path in the folder -> SHA-256.
    """
    whole = {"format": FORMAT, "kind": kind, **manifest, "files": dict(sorted(hashes.items()))}
    whole = json.loads(json.dumps(plain(whole)))
    return {**whole, SEAL: _hash(whole)}


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of plain data, whatever the order of its names."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def is_sealed(manifest: Mapping[str, Any]) -> bool:
    """Say whether a manifest is as it was written."""
    return manifest.get(SEAL) == _hash(manifest)


def _hash(manifest: Mapping[str, Any]) -> str:
    return digest_of({name: item for name, item in manifest.items() if name != SEAL})


def kind_of(manifest: object) -> str | None:
    """Return what a manifest is of ("run", "lesson", ...); None when it is not one of ours."""
    if not isinstance(manifest, dict) or not {"format", "kind", "files", SEAL} <= manifest.keys():
        return None
    return str(manifest["kind"])


def kind_in(folder: Path) -> str | None:
    """Return what a folder holds, as `kind_of`; None too when there is no manifest to be read."""
    return kind_of(peek(folder))


def name_kind(kind: str) -> str:
    """Return a kind with its article, for a sentence."""
    return _NAMES.get(kind, f"a {kind}")


def peek(folder: Path) -> Any:
    """Return the document in a folder's manifest; None when there is none that can be read."""
    try:
        return read_json(folder / MANIFEST)
    except RecordError:
        return None


def read_manifest(folder: Path, what: str = "folder") -> dict[str, Any]:
    """Return the manifest of a folder, whether or not it is as it was written.

    Parameters
    ----------
    what : str
        What is wanted, for the message: "run folder".

    Raises
    ------
    RecordError
        When there is no such folder (naming a run folder with nearly its name), no manifest in it
        (naming run folders inside), or one that names no files.
    """
    _require_there(folder, what)
    manifest = read_document(folder / MANIFEST)
    files = manifest.get("files")
    if not isinstance(files, dict) or not all(isinstance(item, str) for item in files.values()):
        raise RecordError(
            f"{folder / MANIFEST}: names no files with their hashes; it is not a manifest of this "
            "program. Run again."
        )
    return manifest


def read_document(path: Path) -> dict[str, Any]:
    """Return a JSON object from a file.

    Raises
    ------
    RecordError
        When it cannot be read or is something else.
    """
    document = read_json(path, remedy=" Run again.")
    if not isinstance(document, dict):
        raise RecordError(f"{path}: is not a JSON object. Run again.")
    return document


def require_run(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse the manifest of something else than a run; one of no kind at all is not refused.

    Raises
    ------
    RecordError
        Saying what the folder holds.
    """
    kind = kind_of(manifest)
    if kind not in (None, "run"):
        raise RecordError(
            f"{folder}: holds {name_kind(str(kind))}, and a run folder is wanted. "
            "Make one with `wargame run`."
        )


def _require_there(folder: Path, what: str) -> None:
    if (folder / MANIFEST).is_file():
        return
    if folder.is_file():
        raise RecordError(
            f"{folder}: is a file. Give the {what} it belongs to, for example {folder.parent}."
        )
    if not folder.is_dir():
        hint = did_you_mean(folder.name, [path.name for path in _runs_in(folder.parent)])
        raise RecordError(f"{folder}: there is no such {what}.{hint} Make one with `wargame run`.")
    runs = _runs_in(folder)
    if not runs:
        raise RecordError(
            f"{folder / MANIFEST}: is missing, so this is not a run folder. "
            "Make one with `wargame run`."
        )
    listed = [f"\n  {path}" for path in runs[:_MOST]]
    if len(runs) > _MOST:
        listed.append(f"\n  and {len(runs) - _MOST} older")
    raise RecordError(
        f"{folder}: is not a run folder, but holds {len(runs)}. Did you mean (newest first):"
        + "".join(listed)
    )


def _runs_in(folder: Path) -> list[Path]:
    """Return the run folders in a folder, the one finished last first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        manifest = peek(path)
        if kind_of(manifest) == "run":
            found.append((str(manifest.get("ended", "")), path.name, path))
    return [path for *_, path in sorted(found, reverse=True)]
