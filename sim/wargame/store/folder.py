"""Write the folder of an experiment: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wargame.errors import RecordError
from wargame.store.manifest import kind_of
from wargame.store.places import check_free, put_in_place
from wargame.store.provenance import FORMAT


def save_folder(
    folder: Path | str,
    files: Mapping[str, str],
    manifest: Mapping[str, Any],
    *,
    force: bool = False,
    draw: Callable[[Path], object] | None = None,
) -> Path:
    """Write texts, figures and a manifest with their hashes.

    Parameters
    ----------
    folder : Path or str
        Where; its parents are made.
    files : mapping of str to str
        Name -> text.
    manifest : mapping
        What stands in ``manifest.json`` besides the format and the hashes.
    force : bool
        Replace an earlier folder of the same kind.
    draw : callable, optional
        Called with a folder to draw figures into, ``figures``.

    Returns
    -------
    Path
        The folder. It is written under another name first: a folder that is there is whole.

    Raises
    ------
    RecordError
        When the folder exists or cannot be written.
    """
    folder = Path(folder)
    check_free(folder, force, str(kind_of({"format": FORMAT, "files": {}, **manifest})))
    working: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        working.chmod(0o755)
        for name, text in files.items():
            _write(working / name, text)
        if draw is not None:
            draw(working / "figures")
        hashes = {
            path.relative_to(working).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(working.rglob("*"))
            if path.is_file()
        }
        _write(working / "manifest.json", as_json({"format": FORMAT, **manifest, "files": hashes}))
        put_in_place(working, folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordError(
            f"{folder}: cannot be written ({reason}). Choose another place with --out. "
            "Nothing was left behind."
        ) from error
    finally:
        if working is not None and working.exists():
            shutil.rmtree(working, ignore_errors=True)
    return folder


def as_json(document: object) -> str:
    """Return a document as JSON text; equal documents give the same bytes.

    Parameters
    ----------
    document : object
        Plain data; see `wargame.show.summary.plain` for its floats.
    """
    return json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def plain(value: Any) -> Any:
    """Return a document with floats rounded to 10 significant digits, for stable bytes.

    Parameters
    ----------
    value : dict, list, tuple, str, int, float, bool or None
        Numbers that JSON cannot hold (not a number, infinity) become None.
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.10g}") if math.isfinite(value) else None
    return value
