"""Write the folder of a comparison: whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from wargame.analysis.studies.compare import Comparison
from wargame.errors import RecordError
from wargame.scenario import loader
from wargame.show.studies.comparison_document import document, write_rows
from wargame.store.places import check_free, put_in_place
from wargame.store.provenance import provenance


def save_comparison(
    comparison: Comparison,
    folder: Path | str,
    *,
    command: Sequence[str] | str,
    started: datetime.datetime,
    force: bool = False,
    plots: bool = True,
) -> Path:
    """Write comparison.json, comparison.csv, every variant's scenario, figures, and a manifest.

    Parameters
    ----------
    folder : Path or str
        Where; its parents are made.
    command : sequence of str or str
        As it was given, for the manifest.
    started : datetime
        With a time zone.
    force : bool
        Replace the folder of an earlier comparison.
    plots : bool
        Draw the figures.

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
    check_free(folder, force, "comparison")
    working: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        working.chmod(0o755)
        _fill(comparison, working, command, started, plots)
        put_in_place(working, folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecordError(
            f"{folder}: cannot be written ({reason}). Choose another place with «out». "
            "Nothing was left behind."
        ) from error
    finally:
        if working is not None and working.exists():
            shutil.rmtree(working, ignore_errors=True)
    return folder


def _fill(
    comparison: Comparison,
    working: Path,
    command: Sequence[str] | str,
    started: datetime.datetime,
    plots: bool,
) -> None:
    _write(working / "comparison.json", _json(document(comparison)))
    _write(working / "comparison.csv", write_rows(comparison))
    (working / "scenarios").mkdir()
    for number, (variant, _) in enumerate(comparison.members):
        name = "".join(sign if sign.isalnum() else "_" for sign in variant.label)[:48]
        path = working / "scenarios" / f"{number}_{name}.yaml"
        _write(path, loader.dump(variant.scenario))
    if plots:
        from wargame.show.figure.canvas import draw_all
        from wargame.show.studies.comparison_plots import comparison_figures

        draw_all(comparison_figures(comparison), working / "figures")
    manifest = provenance(comparison.results, command=command, started=started)
    manifest["kind"] = "comparison"
    manifest["variants"] = {
        variant.label: loader.digest(variant.scenario) for variant, _ in comparison.members
    }
    manifest["files"] = {
        path.relative_to(working).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(working.rglob("*"))
        if path.is_file()
    }
    _write(working / "manifest.json", _json(manifest))


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
