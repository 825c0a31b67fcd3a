"""Verify a folder: files against hashes, tables against arrays, arrays against the simulation."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wargame.engine import ensemble
from wargame.engine.draws import Streams
from wargame.engine.results import ACT_COLUMNS, AGREEMENT_COLUMNS, CRISIS_COLUMNS, Results
from wargame.show.run import tables
from wargame.show.run.run_folder import ARRAYS, Saved, load
from wargame.show.run.summary import summarise
from wargame.store import parquet
from wargame.store.files import hash_of
from wargame.store.manifest import MANIFEST, is_sealed, kind_of, read_manifest, versions

WHOLE = 20_000
"""Up to so many histories are all simulated again for the counts over all of them."""


@dataclass(frozen=True)
class Mismatch:
    """Something that is not as it was.

    Attributes
    ----------
    where : str
        A file of the folder, or a history: "history 17".
    what : str
        What is wrong with it.
    """

    where: str
    what: str


@dataclass(frozen=True)
class Verified:
    """What was found.

    Attributes
    ----------
    kind : str
        "run", "comparison", "sweep", ...
    files : int
        How many were held to their hash.
    sample : tuple of int
        The histories simulated again; none for other kinds than a run.
    counted : bool
        Whether the counts over all histories were made again, too; else only their sums are held
        against the table of histories.
    versions : dict of str to (str, str)
        What has another version now than when the folder was made: name -> (then, now).
    """

    folder: Path
    kind: str
    files: int
    sample: tuple[int, ...]
    counted: bool
    mismatches: tuple[Mismatch, ...]
    versions: dict[str, tuple[str, str]]

    @property
    def sound(self) -> bool:
        """Whether all is as it was."""
        return not self.mismatches


def verify(folder: Path | str, sample: int = 20, seed: int = 1) -> Verified:
    """Recompute the hashes of a folder and simulate a sample of its histories again.

    The tables and the summary of a run are made again from its arrays, so that one that was
    changed is found even where its hash was renewed; the arrays are held to the simulation.

    Parameters
    ----------
    folder : Path or str
        Of a run, or of anything else of ours with a manifest.
    sample : int
        Histories to simulate again, 0 or more; fewer when the run has fewer.
    seed : int
        Which histories.

    Raises
    ------
    RecordError
        When there is no manifest to hold the folder to.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    hashes: dict[str, str] = manifest["files"]
    mismatches = [
        Mismatch(name, what)
        for name, digest in sorted(hashes.items())
        if (what := _check(folder, name, digest)) is not None
    ]
    if not is_sealed(manifest):
        mismatches.append(Mismatch(MANIFEST, "was altered (its own sha256 is another)"))
    kind = kind_of(manifest) or "folder"
    if ARRAYS in hashes and kind != "run":
        mismatches.append(Mismatch(MANIFEST, f"calls a run {kind!r}"))
    chosen: tuple[int, ...] = ()
    counted = False
    if kind == "run" and not mismatches:
        saved = load(folder)
        results = saved.results
        counted = sample > 0 and results.replications <= WHOLE
        mismatches += _compare_manifest(saved) + _compare_tables(saved)
        mismatches += [Mismatch(ARRAYS, what) for what in _compare_counts(results, counted)]
        chosen = _choose(results.replications, sample, seed)
        for number in chosen:
            mismatches += [
                Mismatch(f"history {number}", what) for what in compare_replication(results, number)
            ]
    then = _other_versions(manifest)
    return Verified(folder, kind, len(hashes), chosen, counted, tuple(mismatches), then)


def _check(folder: Path, name: str, digest: str) -> str | None:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return "lies outside the folder"
    if not path.is_file():
        return "is missing"
    try:
        found = hash_of(path)
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    return None if found == digest else "was altered or cut short (its sha256 is another)"


def _compare_manifest(saved: Saved) -> list[Mismatch]:
    """Hold what the manifest says of the run, and of what was asked for, to the arrays."""
    results, manifest = saved.results, saved.manifest
    is_so = {
        "scenario": results.scenario.title,
        "turns": results.scenario.turns,
        "uncertainty": results.uncertainty,
        "acts_kept": results.acts_kept,
    }
    plan: dict[str, Any] = manifest.get("plan") or {}
    asked = {"digest": manifest["digest"], "seed": results.seed, "uncertainty": results.uncertainty}
    asked |= {"tables": manifest.get("tables")}
    if plan.get("precision") is None:
        asked |= {"replications": results.replications}
    said = [(name, manifest.get(name), value) for name, value in is_so.items()]
    said += [(f"plan.{name}", plan.get(name), value) for name, value in asked.items() if plan]
    return [
        Mismatch(MANIFEST, f"says {name} {given!r}, the run has {value!r}")
        for name, given, value in said
        if given != value
    ]


def _compare_counts(results: Results, simulate: bool) -> list[str]:
    """Hold the counts over all histories to the table of histories, or to all played again."""
    if simulate:
        again = ensemble.run(
            results.scenario,
            results.replications,
            results.seed,
            uncertainty=results.uncertainty,
            first=results.first,
            acts_kept=0,
            sharing=results.sharing,
        )
        return [
            f"{name} is not what all histories simulated again give"
            for name in ("activity", "answers", "joined")
            if not np.array_equal(getattr(results, name), getattr(again, name))
        ]
    table = results.table
    return [
        f"{name} does not add up to what its histories have"
        for name, column in (("activity", "acts"), ("joined", "joined"))
        if int(getattr(results, name).sum()) != int(table[column].sum(dtype=np.int64))
    ]


def _compare_tables(saved: Saved) -> list[Mismatch]:
    """Make tables and summary again from the arrays; name those that are not what was saved."""
    wrong = []
    texts = tables.tables_of(saved.results)
    if saved.manifest.get("tables") == "parquet":
        texts = {name: writer for name, writer in texts.items() if name not in tables.TALL}
        wrong += parquet.compare(saved.results, saved.folder)
    for name, writer in texts.items():
        digest = hashlib.sha256()
        for text in writer(saved.results):
            digest.update(text.encode())
        if digest.hexdigest() != saved.manifest["files"][name]:
            wrong.append(name)
    again = json.loads(json.dumps(summarise(saved.results, saved.manifest["digest"])))
    if again != saved.summary:
        wrong.append("summary.json")
    return [Mismatch(name, f"is not what {ARRAYS} gives") for name in sorted(wrong)]


def _choose(replications: int, sample: int, seed: int) -> tuple[int, ...]:
    """Return different replications, picked evenly at random, rising."""
    order = np.argsort(Streams(seed, 0, replications).row("verify"))
    return tuple(sorted(order[:sample].tolist()))


def compare_replication(results: Results, number: int) -> list[str]:
    """Simulate one history again and say in what it differs from the saved one.

    Parameters
    ----------
    results : Results
        As saved.
    number : int
        Of the replication.

    Returns
    -------
    list of str
        Empty when it is the same in everything.
    """
    again = ensemble.run(
        results.scenario,
        1,
        results.seed,
        uncertainty=results.uncertainty,
        first=number,
        sharing=results.sharing,
    )
    place = number - results.first
    wrong = [
        f"{name} is {results.table[name][place]}, simulated again {again.table[name][0]}"
        for name in results.table
        if results.table[name][place] != again.table[name][0]
    ]
    if not np.array_equal(results.turn_peak[:, place], again.turn_peak[:, 0]):
        wrong.append("the highest rungs of its turns differ")
    if place < results.acts_kept:
        wrong += _compare_rows("acts", results.acts, again.acts, ACT_COLUMNS, number)
    wrong += _compare_rows("crises", results.crises, again.crises, CRISIS_COLUMNS, number)
    now, columns = again.agreements, AGREEMENT_COLUMNS
    return wrong + _compare_rows("agreements", results.agreements, now, columns, number)


def _compare_rows(what: str, saved: Any, again: Any, columns: Any, number: int) -> list[str]:
    mine = saved["replication"] == number
    if int(mine.sum()) != len(again["replication"]):
        return [f"it has {int(mine.sum())} {what}, simulated again {len(again['replication'])}"]
    for name in columns:
        if not np.array_equal(saved[name][mine], again[name], equal_nan=name == "perceived"):
            return [f"the column {name} of its {what} differs"]
    return []


def _other_versions(manifest: dict[str, Any]) -> dict[str, tuple[str, str]]:
    now, then = versions(), manifest.get("versions")
    if not isinstance(then, dict):
        return {}
    return {
        str(name): (str(version), str(now.get(name, "not installed")))
        for name, version in then.items()
        if now.get(name) != version
    }
