"""The start of a turn in a history, from which futures are played."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.classroom.history.history import chunk_of
from wargame.engine.ensemble import snapshots
from wargame.engine.results import Results
from wargame.engine.world.snapshot import Snapshot
from wargame.errors import UsageError
from wargame.scenario.schema import Scenario


@dataclass(frozen=True)
class Moment:
    """The start of a turn in one history.

    Attributes
    ----------
    scenario : Scenario
        With every drawn number at the value this history had.
    seed : int
        Of the run.
    number : int
        Which history; -1 for a game.
    snapshot : Snapshot
        Its whole state, with the past that led there.
    """

    scenario: Scenario
    seed: int
    number: int
    snapshot: Snapshot

    @property
    def turn(self) -> int:
        """The turn about to be played."""
        return self.snapshot.turn

    @property
    def past(self) -> int:
        """The worst rung so far; no future can take it back."""
        return self.snapshot.peak


def moment_of(results: Results, number: int, turn: int) -> Moment:
    """Return the start of a turn in one history of a run.

    Parameters
    ----------
    number : int
        Which history, 0 is the first.
    turn : int
        1 to the last turn it played.

    Raises
    ------
    UsageError
        If there is no such history or turn, or the history was over by then.
    """
    chunk = chunk_of(results, number)
    last = int(results.table["turns"][number - results.first])
    if not 1 <= turn <= last:
        whole = results.scenario.turns
        why = "it ended by war" if last < whole else "no history of this scenario is longer"
        raise UsageError(
            f"history {number} has no turn {turn}. Its turns are 1 to {last}"
            + (f" ({why})" if turn > last else "")
            + f". Use one of them, for example «turn» {-(-last // 2)}.",
            field="turn",
        )
    return Moment(chunk.scenario, results.seed, number, snapshots.take_snapshot(chunk, turn))
