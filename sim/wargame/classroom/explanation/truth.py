"""What became of acts when they are read as what they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.ensemble import chunks
from wargame.engine.ensemble.chunks import Chunk
from wargame.engine.results import Results

if TYPE_CHECKING:
    from wargame.engine.model import Crisis

Key = tuple[int, int, int, int]


def keys_of(acts: Any, rows: NDArray[np.intp]) -> list[Key]:
    """Return replication, turn, link and actor of acts."""
    columns = (acts[name][rows].tolist() for name in ("replication", "turn", "link", "actor"))
    return list(zip(*columns, strict=True))


def truth_of(
    results: Results, level: int, on_progress: Callable[[int, int], None] | None
) -> dict[Key, int]:
    """Play the run again; return what each answer at the level would have been, read rightly."""
    whole = Chunk(
        results.scenario,
        results.seed,
        results.first,
        results.acts_kept,
        results.uncertainty,
        sharing=results.sharing,
    )
    found: dict[Key, int] = {}
    total = whole.count * results.scenario.turns
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if on_progress is not None:
            on_progress(done, total)

    for part in chunks.plan(whole, chunks.chunk_size(whole.count)):
        teller = _TruthTeller(level)
        chunks.run_chunk(part, lambda count: tell(count * results.scenario.turns), teller)
        found |= teller.found
    return found


class _TruthTeller:
    """Notes, for each answer at a level or above, the rung a right reading would have given."""

    def __init__(self, level: int) -> None:
        self._level = level
        self.found: dict[Key, int] = {}

    def __call__(self, model: Crisis) -> None:
        """Choose again with the reading put right, where the answer will be at the level."""
        from wargame.engine import phases

        if model.link == 0:
            return
        for place in range(len(model.world.actors)):
            rungs = np.zeros(model.count, np.int64)
            meant = np.zeros(model.count, np.int64)
            phases.read_rightly(*model.tables, model.link, place, meant, rungs)
            for history in np.flatnonzero(meant >= self._level).tolist():
                key = (history + model.first, model.turn, model.link, place)
                self.found[key] = int(rungs[history])
