"""One replication of a run lived through again, with everything that was read and weighed.

Draws have addresses, so replication k of a run comes out the same alone: it is played
again by the engine itself while a witness looks on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wargame.classroom.history.witness import Witness
from wargame.engine.decision import Decision, Met
from wargame.engine.ensemble import chunks
from wargame.engine.ensemble.chunks import Chunk
from wargame.engine.policies import Orders
from wargame.engine.results import Results
from wargame.errors import UsageError
from wargame.scenario.paths import pin
from wargame.scenario.schema import Scenario


@dataclass(frozen=True)
class History:
    """One replication, with what only a witness knows.

    Attributes
    ----------
    scenario : Scenario
        With every drawn number at the value this history had.
    number : int
        Which replication.
    of : int
        How many the run had.
    results : Results
        Of this replication alone.
    decisions : tuple of Decision
        Both in the order of turns, links and actors.
    """

    scenario: Scenario
    number: int
    of: int
    results: Results
    meetings: tuple[Met, ...]
    decisions: tuple[Decision, ...]

    @property
    def peak(self) -> int:
        """Its highest rung."""
        return int(self.results.table["peak"][0])

    @property
    def turns(self) -> int:
        """How many turns it lasted."""
        return int(self.results.table["turns"][0])


def relive(results: Results, number: int, orders: Orders | None = None) -> History:
    """Play one replication of a run again and note everything about it.

    Parameters
    ----------
    results : Results
        Of the run.
    number : int
        0 is the first.
    orders : mapping of (turn, actor id) to Order, optional
        Those the run was played with.

    Raises
    ------
    UsageError
        If the run has no such replication.
    """
    chunk = replace(chunk_of(results, number), orders=orders)
    witness = Witness(chunk)
    again = chunks.run_chunk(chunk, observer=witness)
    return History(
        scenario=chunk.scenario,
        number=number,
        of=results.replications,
        results=again,
        meetings=tuple(witness.meetings),
        decisions=tuple(witness.decisions),
    )


def chunk_of(results: Results, number: int) -> Chunk:
    """Return what the engine needs to play one replication of a run again, alone.

    Parameters
    ----------
    number : int
        0 is the first.

    Raises
    ------
    UsageError
        If the run has no such replication.
    """
    if not results.first <= number < results.first + results.replications:
        raise UsageError(
            f"there is no history {number} in this run. "
            f"Use {results.first}..{results.first + results.replications - 1}.",
            field="run",
        )
    place = number - results.first
    here = np.array([place])
    values = {path: float(results.drawn(path, here)[0]) for path in results.parameters}
    return Chunk(pin(results.scenario, values), results.seed, number, 1, kept=1)
