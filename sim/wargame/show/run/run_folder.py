"""Which files a run folder has, how they are written, and how they are read and checked."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.scenario import canonical, loader
from wargame.show.run import tables
from wargame.show.run.summary import summarise
from wargame.store import arrays, parquet
from wargame.store.files import Content, as_json, hash_of, plain
from wargame.store.folder import Claim
from wargame.store.manifest import (
    FORMAT,
    MANIFEST,
    is_sealed,
    peek,
    provenance,
    read_document,
    read_manifest,
    require_run,
)

ARRAYS = "arrays.npz"
DRAWN = ("figures", "report.html")
"""What is drawn again at will from the rest: not held to its hash when a run is read."""


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
    place: Claim,
    *,
    command: Sequence[str] | str,
    started: datetime.datetime,
    table_format: str = "csv",
    plan: Mapping[str, Any] | None = None,
) -> None:
    """Write a run folder; figures and the report are added to it afterwards, by `illustrate`.

    Parameters
    ----------
    place : Claim
        From ``wargame.store.folder.claim(folder, "run")``.
    command : sequence of str or str
        As it was given, for the manifest.
    started : datetime
        When the run started, with a time zone.
    table_format : str
        "csv", or "parquet" for the tables that grow with the replications.
    plan : mapping, optional
        What was asked for, for the manifest: see `is_of`.

    Raises
    ------
    RecordError
        When it cannot be written, or what is read back is not what was written.
    """
    manifest = provenance(results, command=command, started=started)
    rows: dict[str, int] = {}
    files: dict[str, Content] = {
        "scenario.yaml": canonical.dump(results.scenario),
        "summary.json": as_json(summarise(results, manifest["digest"])),
    }
    texts = tables.tables_of(results)
    if table_format == "parquet":
        texts = {name: slices for name, slices in texts.items() if name not in tables.TALL}
        for name, (write, length) in parquet.writers_of(results).items():
            files[name], rows[name] = write, length
    for name, slices in texts.items():
        files[name] = _counted(slices(results), name, rows)
    files[ARRAYS] = partial(arrays.write, results)
    manifest |= {"tables": table_format, "plan": dict(plan or {}), "rows": rows}
    place.save(files, manifest)


def _counted(slices: Iterable[str], name: str, rows: dict[str, int]) -> Iterator[str]:
    """Pass a table on, and count its rows below the header."""
    rows[name] = -1
    for text in slices:
        rows[name] += text.count("\n")
        yield text


def illustrate(place: Claim, results: Results, *, report: bool = True) -> list[Path]:
    """Draw the figures of a run into its folder, and write its report.

    Parameters
    ----------
    place : Claim
        Of the run folder.

    Raises
    ------
    RecordError
        When something that is not ours is in the way, or it cannot be written.
    """
    from wargame.show.figure.files import draw_all
    from wargame.show.figure.run.figures import run_figures
    from wargame.show.run import report as pages

    def draw(folder: Path) -> None:
        draw_all(run_figures(results), folder / "figures")
        if report:
            summary = read_document(place.folder / "summary.json")
            pages.write(results, folder, summary, read_document(place.folder / MANIFEST))

    return place.add(draw)


def is_of(folder: Path | str, plan: Mapping[str, Any]) -> bool:
    """Say whether a folder holds the finished run of a plan.

    Parameters
    ----------
    plan : mapping
        As given to `save`; an empty one is nobody's.
    """
    manifest = peek(Path(folder))
    wanted = json.loads(json.dumps(plain(dict(plan))))
    return bool(wanted) and isinstance(manifest, dict) and manifest.get("plan") == wanted


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
    manifest = read_manifest(folder, "run folder")
    require_run(folder, manifest)
    missing = {"format", "digest", "replications", "seed"} - manifest.keys()
    if missing:
        raise RecordError(
            f"{folder / MANIFEST}: says nothing of {', '.join(sorted(missing))}; it is not the "
            "manifest of a run. Run the scenario again."
        )
    if manifest["format"] != FORMAT:
        raise RecordError(
            f"{folder / MANIFEST}: has format {manifest['format']!r}; this version reads "
            f"{FORMAT}. Run the scenario again, or use the version named in the manifest."
        )
    if not is_sealed(manifest):
        raise RecordError(
            f"{folder / MANIFEST}: was altered since the run (its own sha256 is another). Run the "
            "scenario again, or put the file back."
        )
    _check_hashes(folder, manifest)
    scenario = loader.load(folder / "scenario.yaml")
    if canonical.digest(scenario) != manifest["digest"]:
        raise RecordError(
            f"{folder / 'scenario.yaml'}: is not the scenario that the manifest names. "
            "Run the scenario again."
        )
    large = (folder / ARRAYS).stat().st_size > arrays.LARGE
    results = arrays.read(folder / ARRAYS, scenario, mapped=large)
    if (results.seed, results.replications) != (manifest["seed"], manifest["replications"]):
        raise RecordError(
            f"{folder / MANIFEST}: names another seed or count than {ARRAYS} holds. "
            "Run the scenario again."
        )
    return Saved(folder, results, read_document(folder / "summary.json"), manifest)


def _check_hashes(folder: Path, manifest: dict[str, Any]) -> None:
    hashes = manifest["files"]
    needed = set(tables.TABLES) - {"parameters.csv"}
    if manifest.get("tables") == "parquet":
        tall = needed & tables.TALL
        needed = needed - tall | {f"{Path(name).stem}.parquet" for name in tall}
    needed |= {"scenario.yaml", "summary.json", ARRAYS}
    for name in sorted(needed | hashes.keys()):
        if name.split("/")[0] in DRAWN:
            continue
        path = folder / name
        if not path.is_file():
            raise RecordError(f"{path}: is missing from the run folder. Run the scenario again.")
        if hash_of(path) != hashes.get(name):
            raise RecordError(
                f"{path}: was altered or cut short since the run (its sha256 is not the "
                "manifest's). Run the scenario again, or put the file back."
            )
