"""Write and read a run folder: whole or not at all, and checked by reading it back."""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.scenario import loader
from wargame.show import tables
from wargame.show.summary import summarise
from wargame.store import arrays, parquet
from wargame.store.manifest import require_manifest, require_run, require_there
from wargame.store.places import check_free, put_in_place, sync
from wargame.store.provenance import FORMAT, provenance

ARRAYS = "arrays.npz"
_DRAWN = ("figures", "report.html")  # drawn again at will from the rest: not held to their hash


@dataclass(frozen=True)
class Saved:
    """A run folder, read back.

    Attributes
    ----------
    results : Results
        As they were saved.
    summary, manifest : dict
        The documents of the folder.
    """

    folder: Path
    results: Results
    summary: dict[str, Any]
    manifest: dict[str, Any]


def save(
    results: Results,
    folder: Path | str,
    *,
    command: Sequence[str] | str,
    started: datetime.datetime,
    force: bool = False,
    extra: Callable[[Path, dict[str, Any], dict[str, Any]], object] | None = None,
    table_format: str = "csv",
    plan: Mapping[str, Any] | None = None,
    workshop: Path | None = None,
) -> Path:
    """Write a run folder.

    Everything is written to a folder of another name, synced, read back and compared, and only
    then given its name: a folder that is there is whole.

    Parameters
    ----------
    folder : Path or str
        Where; its parents are made.
    command : sequence of str or str
        As it was given, for the manifest.
    started : datetime
        When the run started, with a time zone.
    force : bool
        Replace an earlier run folder of that name. Anything else is never replaced.
    extra : callable, optional
        Called as ``extra(folder, summary, manifest)`` before the folder gets its name, to draw
        figures and the report into it.
    table_format : str
        "csv", or "parquet" for the tables that grow with the replications.
    plan : mapping, optional
        What was asked for, for the manifest: see `is_of`.
    workshop : Path, optional
        An existing folder on the same disk to write in; else beside the folder, hidden.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    RecordError
        When the folder exists, cannot be written, the disk is full, or what was read back is not
        what was written. No half-written folder is left.
    """
    folder = Path(folder)
    check_free(folder, force, "run")
    working: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        hidden = {"prefix": f".{folder.name}-", "dir": folder.parent}
        working = Path(tempfile.mkdtemp(**(hidden if workshop is None else {"dir": workshop})))
        working.chmod(0o755)
        manifest = provenance(results, command=command, started=started)
        manifest |= {"tables": table_format, "plan": dict(plan or {})}
        _fill(working, results, manifest, extra)
        put_in_place(working, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        if working is not None and working.exists():
            shutil.rmtree(working, ignore_errors=True)
    return folder


def is_of(folder: Path | str, plan: Mapping[str, Any]) -> bool:
    """Say whether a folder holds the finished run of a plan.

    Parameters
    ----------
    plan : mapping
        As given to `save`; an empty one is nobody's.
    """
    try:
        manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = json.loads(json.dumps(dict(plan)))
    return bool(wanted) and isinstance(manifest, dict) and manifest.get("plan") == wanted


def _fill(
    working: Path,
    results: Results,
    manifest: dict[str, Any],
    extra: Callable[[Path, dict[str, Any], dict[str, Any]], object] | None,
) -> None:
    summary = summarise(results, manifest["digest"])
    hashes, rows = {}, {}
    hashes["scenario.yaml"] = _write(working / "scenario.yaml", [loader.dump(results.scenario)])[0]
    hashes["summary.json"] = _write(working / "summary.json", [_json(summary)])[0]
    texts = tables.tables_of(results)
    if manifest["tables"] == "parquet":
        texts = {name: slices for name, slices in texts.items() if name not in tables.TALL}
        for path, length in parquet.write(results, working).items():
            hashes[path.name], rows[path.name] = _hash(path), length
    for name, slices in texts.items():
        hashes[name], rows[name] = _write(working / name, slices(results))
    _check_rows(rows, results)
    arrays.write(results, working / ARRAYS)
    hashes[ARRAYS] = _hash(working / ARRAYS)
    for name, digest in hashes.items():
        if _hash(working / name) != digest:
            raise RecordError(
                f"{name}: what was read back is not what was written; the disk is failing or "
                "full. Choose another disk with --out."
            )
    if extra is not None:
        extra(working, summary, manifest)
        for path in sorted(working.rglob("*")):
            name = path.relative_to(working).as_posix()
            if path.is_file() and name not in hashes:
                hashes[name] = _hash(path)
    manifest["rows"] = rows
    manifest["files"] = dict(sorted(hashes.items()))
    _write(working / "manifest.json", [_json(manifest)])
    sync(working)


def _write(path: Path, slices: Iterable[str]) -> tuple[str, int]:
    """Write text, synced; return its sha256 and the rows below its header."""
    digest, lines = hashlib.sha256(), 0
    with path.open("wb") as file:
        for text in slices:
            raw = text.encode()
            digest.update(raw)
            lines += raw.count(b"\n")
            file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), lines - 1


def _check_rows(rows: dict[str, int], results: Results) -> None:
    expected = {
        "replications": results.replications,
        "acts": len(results.acts["turn"]),
        "crises": len(results.crises["how"]),
    }
    for name, number in rows.items():
        if number != expected.get(Path(name).stem, number):
            raise RecordError(
                f"{name}: {number} rows were written for {expected[Path(name).stem]}. "
                "Please report this fault."
            )


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _unwritable(folder: Path, error: OSError) -> RecordError:
    if error.errno == errno.EFBIG:
        what = "a file grew beyond what the system allows here. Choose another disk"
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = "the disk is full. Free some space, run fewer replications, or choose another disk"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = "this folder may not be written. Choose another place"
    else:
        what = f"cannot be written ({error.strerror or error}). Choose another place"
    return RecordError(f"{folder}: {what} with --out. No run folder was left behind.")


def load(folder: Path | str) -> Saved:
    """Read a run folder, checking every table against its hash.

    Parameters
    ----------
    folder : Path or str
        Written by `save`.

    Returns
    -------
    Saved
        Results equal to those saved.

    Raises
    ------
    RecordError
        When the folder or a file of it is missing, cut short or altered, or it holds something
        else than a run.
    """
    folder = Path(folder)
    require_there(folder, "run folder")
    require_manifest(folder)
    manifest = _document(folder / "manifest.json")
    require_run(folder, manifest)
    missing = {"format", "digest", "files", "replications", "seed"} - manifest.keys()
    if missing or not isinstance(manifest["files"], dict):
        raise RecordError(
            f"{folder / 'manifest.json'}: says nothing of {', '.join(sorted(missing)) or 'files'}; "
            "it is not the manifest of a run. Run the scenario again."
        )
    if manifest["format"] != FORMAT:
        raise RecordError(
            f"{folder / 'manifest.json'}: has format {manifest['format']!r}; this version reads "
            f"{FORMAT}. Run the scenario again, or use the version named in the manifest."
        )
    _check_hashes(folder, manifest)
    scenario = loader.load(folder / "scenario.yaml")
    if loader.digest(scenario) != manifest["digest"]:
        raise RecordError(
            f"{folder / 'scenario.yaml'}: is not the scenario that the manifest names. "
            "Run the scenario again."
        )
    large = (folder / ARRAYS).stat().st_size > arrays.LARGE
    results = arrays.read(folder / ARRAYS, scenario, mapped=large)
    if (results.seed, results.replications) != (manifest["seed"], manifest["replications"]):
        raise RecordError(
            f"{folder / 'manifest.json'}: names another seed or count than {ARRAYS} holds. "
            "Run the scenario again."
        )
    return Saved(folder, results, _document(folder / "summary.json"), manifest)


def _check_hashes(folder: Path, manifest: dict[str, Any]) -> None:
    hashes = manifest["files"]
    needed = set(tables.TABLES) - {"parameters.csv"}
    if manifest.get("tables") == "parquet":
        tall = needed & tables.TALL
        needed = needed - tall | {f"{Path(name).stem}.parquet" for name in tall}
    needed |= {"scenario.yaml", "summary.json", ARRAYS}
    for name in sorted(needed | hashes.keys()):
        if name.split("/")[0] in _DRAWN:
            continue
        path = folder / name
        if not path.is_file():
            raise RecordError(f"{path}: is missing from the run folder. Run the scenario again.")
        if _hash(path) != hashes.get(name):
            raise RecordError(
                f"{path}: was altered or cut short since the run (its sha256 is not the "
                "manifest's). Run the scenario again, or put the file back."
            )


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RecordError(f"{path}: is missing. Run the scenario again.") from error
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: cannot be read ({error}). Run the scenario again.") from error
    if not isinstance(document, dict):
        raise RecordError(f"{path}: is not a JSON object. Run the scenario again.")
    return document
