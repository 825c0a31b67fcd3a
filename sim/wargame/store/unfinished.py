"""A run too long to lose: its finished chunks are kept on disk, taken up again, put together."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from wargame.engine import ensemble
from wargame.engine.ensemble import Progress, chunks
from wargame.engine.ensemble.chunks import Chunk
from wargame.engine.results import CRISIS_COLUMNS, REPLICATION_COLUMNS, Results
from wargame.errors import RecordError
from wargame.scenario.schema import Scenario
from wargame.store import arrays
from wargame.store.arrays import Columns
from wargame.store.files import as_json, failure, plain, write_file
from wargame.store.folder import Claim
from wargame.store.manifest import digest_of, read_document

_CRISES_EACH = 3
"""In a history; a generous guess."""
_CHUNKS = 100_000
"""Chunks in a folder, at most."""
_TIMES = 5
"""Bytes on the disk for one in memory: chunks, what they are put together in, and the tables."""
_SMALL = 1_000_000_000
"""Bytes up to which a run is begun in any case: the estimate is a rough one."""
_PACE = 1_000_000
"""Histories times turns a second on one core; a cautious guess."""
_LONG = 0.05
"""Hours from which on it is said how long a run takes."""


@dataclass(frozen=True)
class Unfinished:
    """The finished chunks of something that is not over yet; made by `open_unfinished`.

    Attributes
    ----------
    plan : str
        Digest of the plan; it stands in every chunk.
    """

    folder: Path
    plan: str

    def save(self, number: int, about: Mapping[str, Any], columns: Columns) -> None:
        """Keep a finished chunk under the number of its first replication, whole or not at all.

        Raises
        ------
        RecordError
            When it cannot be written.
        """
        path = self._path(number)
        working = path.with_suffix(".tmp")
        try:
            arrays.pack(working, {**about, "plan": self.plan, "number": number}, columns)
            os.replace(working, path)
        except OSError as error:
            with suppress(OSError):
                working.unlink()
            raise failure(path, error) from error

    def numbers(self) -> list[int]:
        """Return the numbers of the chunks that are there, rising."""
        return sorted(int(path.stem.partition("-")[2]) for path in self.folder.glob("chunk-*.npz"))

    def load(self, number: int) -> tuple[dict[str, Any], Columns]:
        """Return what is told of a chunk, and its columns.

        Raises
        ------
        RecordError
            When it is not there, cannot be read, or belongs to another run or place in it.
        """
        about, columns = arrays.unpack(self._path(number))
        self._check(number, about)
        return about, columns

    def load_sound(self) -> Iterator[tuple[int, dict[str, Any], Columns]]:
        """Yield the finished chunks by number; one that was cut short is removed and left out.

        Raises
        ------
        RecordError
            When one belongs to another run.
        """
        for number in self.numbers():
            try:
                about, columns = arrays.unpack(self._path(number))
            except RecordError:
                with suppress(OSError):
                    self._path(number).unlink()  # it will be simulated again
                continue
            self._check(number, about)
            yield number, about, columns

    def _check(self, number: int, about: Mapping[str, Any]) -> None:
        if (about.get("plan"), about.get("number")) != (self.plan, number):
            raise RecordError(
                f"{self._path(number)}: is a chunk of another run, or of another part of this one. "
                f"Remove the folder {self.folder} and begin anew."
            )

    def _path(self, number: int) -> Path:
        return self.folder / f"chunk-{number:012d}.npz"  # names sort as numbers do


def open_unfinished(place: Claim, plan: Mapping[str, Any], *, resume: bool = False) -> Unfinished:
    """Open the chunks that belong to a folder that is being made.

    Parameters
    ----------
    plan : mapping
        Plain values that make two runs the same: digest, seed, replications, chunk ...
    resume : bool
        Take up what is there; without it, earlier chunks are removed.

    Raises
    ------
    RecordError
        When what is there belongs to another run, or cannot be read or written.
    """
    wanted = json.loads(json.dumps(plain(dict(plan))))
    path = place.partial / "plan.json"
    unfinished = Unfinished(place.partial, digest_of(wanted))
    try:
        if path.exists() and resume:
            _check_same(path, wanted)
        else:
            for number in unfinished.numbers():
                unfinished._path(number).unlink()
            write_file(path, as_json(wanted), replace=True)
    except OSError as error:
        raise failure(place.partial, error) from error
    place.takes_up = True
    return unfinished


def check_room(
    place: Claim, scenario: Scenario, replications: int, chunk: int, uncertainty: bool
) -> str:
    """Refuse a run that the disk has no room for; say what a long one takes, "" of a short one.

    Raises
    ------
    RecordError
        When it would take more than is free, or more chunks than a folder can well hold.
    """
    needed = _TIMES * replications * bytes_each(scenario)
    free = shutil.disk_usage(place.partial).free
    hours = replications * scenario.turns / _PACE / 3600
    takes = (
        f"{replications:,} histories take about {needed / 1e9:,.1f} GB of disk while they are made "
        f"and about {hours:,.1f} hours of one core"
    )
    if needed > max(free, _SMALL):
        raise RecordError(
            f"{place.folder}: {takes}; {free / 1e9:,.1f} GB are free there. Give fewer «runs», or "
            "choose another disk."
        )
    if replications > _CHUNKS * chunk:
        raise RecordError(
            f"{replications:,} histories in chunks of {chunk:,} are {-(-replications // chunk):,} "
            f"files; {_CHUNKS:,} is the most. Give fewer «runs» or a larger «chunk»."
        )
    return takes if hours > _LONG else ""


def _check_same(path: Path, wanted: dict[str, Any]) -> None:
    held = read_document(path)
    for name in sorted(wanted.keys() | held.keys()):
        if held.get(name) != wanted.get(name):
            raise RecordError(
                f"{path.parent}: holds chunks of another run ({name} was {held.get(name)!r}, is "
                f"now {wanted.get(name)!r}). Give the same scenario, seed and counts, or leave out "
                "«resume» to begin anew."
            )


@dataclass
class Campaign:
    """Simulates ranges of replications and in the end puts them together.

    While they fit, chunks are held in memory besides; beyond that they are only on disk.

    Attributes
    ----------
    whole : Chunk
        The ensemble; its `count` says nothing here, its `kept` counts from replication 0.
    size : int
        Replications in a chunk.
    jobs, executor, on_progress
        As for `wargame.engine.ensemble.run`.
    in_memory : int
        Bytes of results that may be held in memory; joining takes as much again for a moment.
    """

    whole: Chunk
    size: int
    unfinished: Unfinished
    jobs: int = 1
    executor: Executor | None = None
    on_progress: Progress | None = None
    in_memory: int = arrays.LARGE
    _held: dict[int, Results] | None = field(default_factory=dict)
    _outcomes: dict[int, dict[str, int]] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)

    def take_up(self) -> int:
        """Take up the chunks that an interrupted run finished; return how many histories."""
        for _, about, columns in self.unfinished.load_sound():
            self._note(arrays.results_of(about, columns, self.whole.scenario))
        return sum(self._counts.values())

    def simulate(self, first: int, count: int) -> dict[str, int]:
        """Simulate a range of replications, but for chunks that are there; count their outcomes.

        Raises
        ------
        RecordError
            When a chunk cannot be written; those before it are kept.
        """
        kept = min(count, max(0, self.whole.kept - first))
        part = replace(self.whole, first=first, count=count, kept=kept)
        waiting = ensemble.play(
            part,
            self.size,
            jobs=self.jobs,
            executor=self.executor,
            done=self._counts,
            on_progress=self.on_progress,
        )
        with closing(waiting) as finished:
            for chunk in finished:
                self.unfinished.save(chunk.first, *arrays.parts_of(chunk))
                self._note(chunk)
        tallies = [self._outcomes[chunk.first] for chunk in chunks.plan(part, self.size)]
        return {name: sum(tally[name] for tally in tallies) for name in tallies[0]}

    def gather(self) -> Results:
        """Put all that was simulated together.

        Raises
        ------
        RecordError
            When the disk is full, or a chunk is gone from it.
        """
        if self._held is not None:
            return chunks.join([self._held[number] for number in sorted(self._held)])
        place = self.unfinished.folder / "spool"
        try:
            return arrays.assemble(self._chunks(), sum(self._counts.values()), place)
        except OSError as error:
            raise failure(place, error) from error

    def _note(self, chunk: Results) -> None:
        self._counts[chunk.first] = chunk.replications
        self._outcomes[chunk.first] = chunk.outcome_counts()
        if self._held is not None:
            self._held[chunk.first] = chunk
            each = bytes_each(chunk.scenario)
            if sum(self._counts.values()) * each > self.in_memory:
                self._held = None

    def _chunks(self) -> Iterator[Results]:
        for number in sorted(self._counts):
            yield arrays.results_of(*self.unfinished.load(number), self.whole.scenario)


def bytes_each(scenario: Scenario) -> int:
    """Return about how many bytes the results take for each replication, its acts aside."""
    row = sum(np.dtype(dtype).itemsize for dtype, _ in REPLICATION_COLUMNS.values())
    crisis = sum(np.dtype(dtype).itemsize for dtype, _ in CRISIS_COLUMNS.values())
    return row + _CRISES_EACH * crisis + scenario.turns
