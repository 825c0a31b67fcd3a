"""The finished chunks of a run that is not over yet, so that it can be taken up again."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.scenario.schema import Scenario
from wargame.store import arrays


@dataclass(frozen=True)
class Partial:
    """The chunks of a run, kept beside its run folder; folders in it are of no lasting use.

    Attributes
    ----------
    folder : Path
        ``<run folder>.partial``.
    plan : dict
        What the chunks belong to.
    """

    folder: Path
    plan: dict[str, Any]

    def save_chunk(self, results: Results) -> None:
        """Keep a finished chunk; it appears whole or not at all.

        Parameters
        ----------
        results : Results
            Of that chunk alone.

        Raises
        ------
        RecordError
            When it cannot be written.
        """
        path = self._path(results.first)
        try:
            arrays.write(results, path.with_suffix(".tmp"))
            os.replace(path.with_suffix(".tmp"), path)
        except OSError as error:
            path.with_suffix(".tmp").unlink(missing_ok=True)
            raise RecordError(
                f"{path}: cannot be written ({error.strerror or error}). Free some space or choose "
                "another place with --out; finished chunks are kept for --resume."
            ) from error

    def load_chunks(self, scenario: Scenario) -> Iterator[Results]:
        """Yield the finished chunks by number; one that cannot be read is removed and left out.

        Parameters
        ----------
        scenario : Scenario
            As it is run.
        """
        for path in sorted(self.folder.glob("chunk-*.npz")):
            try:
                yield arrays.read(path, scenario)
            except RecordError:
                path.unlink(missing_ok=True)  # it will be simulated again

    def load_chunk(self, first: int, scenario: Scenario) -> Results:
        """Return a finished chunk.

        Parameters
        ----------
        first : int
            Number of its first replication.
        scenario : Scenario
            As it is run.

        Raises
        ------
        RecordError
            When it is not there or cannot be read.
        """
        return arrays.read(self._path(first), scenario)

    def discard(self) -> None:
        """Remove the chunks, once the run folder is there."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, first: int) -> Path:
        return self.folder / f"chunk-{first:012d}.npz"  # names sort as numbers do


def open_partial(folder: Path | str, plan: dict[str, Any], *, resume: bool = False) -> Partial:
    """Open the chunks that belong to a run folder.

    Parameters
    ----------
    folder : Path or str
        The run folder (not the partial one).
    plan : dict
        Plain values that make two runs the same: digest, seed, replications, chunk ...
    resume : bool
        Take up what is there; without it, earlier chunks are removed.

    Raises
    ------
    RecordError
        When what is there belongs to another run, or cannot be read or written.
    """
    folder = Path(folder)
    place = folder.with_name(f"{folder.name}.partial")
    path = place / "plan.json"
    try:
        if place.exists() and not resume:
            shutil.rmtree(place)
        if path.exists():
            _check_same(path, plan)
            _tidy(place)
        else:
            place.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".tmp").write_text(json.dumps(plan, indent=2) + "\n", "utf-8")
            os.replace(path.with_suffix(".tmp"), path)
    except OSError as error:
        raise RecordError(
            f"{place}: cannot be used ({error.strerror or error}). Choose another place with --out."
        ) from error
    return Partial(place, plan)


def _tidy(place: Path) -> None:
    """Remove what an interrupted run was in the middle of writing."""
    for path in place.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix == ".tmp":
            path.unlink()


def _check_same(path: Path, plan: dict[str, Any]) -> None:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RecordError(f"{path}: is not JSON. Remove the folder {path.parent}.") from error
    if not isinstance(held, dict):
        held = {}
    wanted = json.loads(json.dumps(plan))
    for name in sorted(wanted.keys() | held.keys()):
        if held.get(name) != wanted.get(name):
            raise RecordError(
                f"{path.parent}: holds chunks of another run ({name} was {held.get(name)!r}, is "
                f"now {wanted.get(name)!r}). Give the same scenario, seed and counts, or leave out "
                "--resume."
            )
