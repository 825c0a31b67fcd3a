"""What a folder of this program holds, by its manifest: a run, a lesson, a comparison ..."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wargame.errors import RecordError, did_you_mean

_NAMES = {
    "forecasts": "scored forecasts",
    "sensitivity": "a sensitivity analysis",
}
_MOST = 5
"""Run folders named in a message."""


def kind_of(manifest: object) -> str | None:
    """Return what a manifest is of: "run", "lesson", "comparison", ...

    Parameters
    ----------
    manifest : object
        The document in ``manifest.json``.

    Returns
    -------
    str or None
        None when it is not a manifest of this program.
    """
    if not isinstance(manifest, dict) or not {"format", "files"} <= manifest.keys():
        return None
    return str(manifest.get("kind", "lesson" if "lesson" in manifest else "run"))


def kind_in(folder: Path) -> str | None:
    """Return what a folder holds, as `kind_of`; None too when there is no manifest to be read."""
    return kind_of(_read(folder))


def name_kind(kind: str) -> str:
    """Return a kind with its article, for a sentence.

    Parameters
    ----------
    kind : str
        From `kind_of`.
    """
    return _NAMES.get(kind, f"a {kind}")


def require_there(folder: Path, what: str) -> None:
    """Refuse what is no folder.

    Parameters
    ----------
    what : str
        What is wanted, for the message: "run folder".

    Raises
    ------
    RecordError
        Naming a run folder beside it with nearly that name, if there is one.
    """
    if folder.is_file():
        raise RecordError(
            f"{folder}: is a file. Give the {what} it belongs to, for example {folder.parent}."
        )
    if not folder.is_dir():
        hint = did_you_mean(folder.name, [path.name for path in _runs_in(folder.parent)])
        raise RecordError(
            f"{folder}: there is no such {what}.{hint} "
            "Make one with wargame run SCENARIO --out DIR."
        )


def require_run(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse the manifest of something else than a run.

    Raises
    ------
    RecordError
        Saying what the folder holds. A manifest of no kind at all is not refused here.
    """
    kind = kind_of(manifest)
    if kind not in (None, "run"):
        raise RecordError(
            f"{folder}: holds {name_kind(str(kind))}, and a run folder is wanted. "
            "Make one with wargame run SCENARIO --out DIR."
        )


def require_manifest(folder: Path) -> None:
    """Refuse a folder without a manifest.

    Raises
    ------
    RecordError
        Naming the run folders inside, at most five, the newest first.
    """
    if (folder / "manifest.json").is_file():
        return
    runs = _runs_in(folder)
    if not runs:
        raise RecordError(
            f"{folder / 'manifest.json'}: is missing, so this is not a run folder. "
            "Make one with wargame run SCENARIO --out DIR."
        )
    older = f"\n  and {len(runs) - _MOST} older" if len(runs) > _MOST else ""
    raise RecordError(
        f"{folder}: is not a run folder, but holds {len(runs)}. Did you mean (newest first):"
        + "".join(f"\n  {path}" for path in runs[:_MOST])
        + older
    )


def _runs_in(folder: Path) -> list[Path]:
    """Return the run folders in a folder, the one finished last first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        manifest = _read(path)
        if kind_of(manifest) == "run":
            found.append((str(manifest.get("ended", "")), path.name, path))
    return [path for *_, path in sorted(found, reverse=True)]


def _read(folder: Path) -> Any:
    """Return the document in a folder's manifest; None when there is none that can be read."""
    try:
        return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
