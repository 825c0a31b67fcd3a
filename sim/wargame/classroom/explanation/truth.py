"""What became of acts when they are read as what they were."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine import chunks, rules
from wargame.engine.chunks import Chunk
from wargame.engine.menus import value_at
from wargame.engine.policies import pick_logit
from wargame.engine.results import Results
from wargame.scenario.ladder import LOWEST_RUNG

if TYPE_CHECKING:
    from wargame.engine.observer import Choice, Chooser
    from wargame.engine.provocations import Provocations

_NOT_ANSWERED = LOWEST_RUNG - 1


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
        teller = _TruthTeller(part.first, level)
        chunks.run_chunk(part, tell, teller)
        found |= teller.found
    return found


class _TruthTeller:
    """Notes, for each answer at a level or above, the rung a right reading would have given."""

    def __init__(self, first: int, level: int) -> None:
        self._first, self._level = first, level
        self.found: dict[Key, int] = {}

    def met(self, actor: Chooser, provocations: Provocations) -> None:
        """Hear nothing."""

    def chose(self, choice: Choice) -> None:
        """Choose again with the reading put right, where the answer was at the level."""
        provocations, actor = choice.provocations, choice.actor
        if provocations is None:
            return
        menu, model = actor.menu, actor.model
        high = np.flatnonzero((choice.picks >= 0) & (menu.rungs[choice.picks] >= self._level))
        if not len(high):
            return
        rows, right = choice.rows[high], provocations.at(high)
        reading = right.trigger.astype(np.float64)
        logits = rules.answer_logits(
            value_at(menu.answer_base, rows), menu.rungs, reading, **actor.weighing(rows)
        )
        offered = choice.offered[:, high]
        picks = pick_logit(logits, offered, menu.rungs, reading, actor.draw(rows, "choose"))
        most = right.weight
        if model.link > 1:
            most = most * value_at(model.tables.damping, rows)
        chances = [value_at(numbers, rows) for numbers in model.tables.chances]
        answers = actor.draw(rows, "reply") < most * rules.reply_chance(reading, chances)
        rungs = np.where(answers, menu.rungs[picks], _NOT_ANSWERED)
        for row, rung in zip((rows + self._first).tolist(), rungs.tolist(), strict=True):
            self.found[row, model.turn, model.link, actor.place] = rung
