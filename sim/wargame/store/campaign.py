"""A run too long to lose: its finished chunks are kept on disk, taken up again, put together."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace

from wargame.engine import chunks, ensemble
from wargame.engine.chunks import Chunk
from wargame.engine.ensemble import Progress
from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.store import arrays, spool
from wargame.store.unfinished import Partial


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
    partial : Partial
        Where finished chunks are kept.
    jobs, executor, on_progress
        As for `wargame.engine.ensemble.run`.
    in_memory : int
        Bytes of results that may be held in memory; joining takes as much again for a moment.
    """

    whole: Chunk
    size: int
    partial: Partial
    jobs: int = 1
    executor: Executor | None = None
    on_progress: Progress | None = None
    in_memory: int = arrays.LARGE
    _held: dict[int, Results] | None = field(default_factory=dict)
    _outcomes: dict[int, dict[str, int]] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)

    def take_up(self) -> int:
        """Take up the chunks that an interrupted run finished; return how many histories."""
        for chunk in self.partial.load_chunks(self.whole.scenario):
            self._note(chunk)
        return sum(self._counts.values())

    def simulate(self, first: int, count: int) -> dict[str, int]:
        """Simulate a range of replications, but for chunks that are there.

        Parameters
        ----------
        first, count : int
            The range.

        Returns
        -------
        dict of str to int
            Outcome -> number of these replications.

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
                self.partial.save_chunk(chunk)
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
        place = self.partial.folder / "spool"
        try:
            return spool.assemble(self._chunks(), sum(self._counts.values()), place)
        except OSError as error:
            raise RecordError(
                f"{place}: cannot be written ({error.strerror or error}). Free some space; "
                "finished chunks are kept for --resume."
            ) from error

    def _note(self, chunk: Results) -> None:
        self._counts[chunk.first] = chunk.replications
        self._outcomes[chunk.first] = chunk.outcome_counts()
        if self._held is not None:
            self._held[chunk.first] = chunk
            each = spool.bytes_each(chunk.scenario, chunk.uncertainty)
            if sum(self._counts.values()) * each > self.in_memory:
                self._held = None

    def _chunks(self) -> Iterator[Results]:
        for number in sorted(self._counts):
            yield self.partial.load_chunk(number, self.whole.scenario)
