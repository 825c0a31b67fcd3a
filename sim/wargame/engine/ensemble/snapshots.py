"""The state of one replication at a moment, and what could be ordered then."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.engine.ensemble.chunks import Chunk, alone, open_model
from wargame.engine.world.snapshot import Snapshot
from wargame.errors import UsageError


def take_snapshot(chunk: Chunk, turn: int) -> Snapshot:
    """Play one replication to the start of a turn and return its whole state.

    Parameters
    ----------
    chunk : Chunk
        Its first replication is the one.
    turn : int
        1..turns.

    Raises
    ------
    UsageError
        If the scenario has no such turn.
    """
    return take_snapshots(chunk, [turn])[0]


def take_snapshots(chunk: Chunk, turns: Sequence[int]) -> list[Snapshot]:
    """Play one replication and return its whole state at the start of some turns.

    Parameters
    ----------
    chunk : Chunk
        Its first replication is the one.
    turns : sequence of int
        Rising, each 1..turns.

    Raises
    ------
    UsageError
        If the scenario has no such turn.
    """
    for turn in turns:
        if not 1 <= turn <= chunk.scenario.turns:
            raise UsageError(f"turn {turn} is not in the scenario. Use 1..{chunk.scenario.turns}.")
    snapshots: list[Snapshot] = []
    with open_model(alone(chunk)) as model:
        for turn in turns:
            while model.turn < turn:
                model.step()
            snapshots.append(model.snapshot(0))
    return snapshots


def offers(chunk: Chunk) -> dict[str, tuple[str, ...]]:
    """Return what each actor could be told to open with in the chunk's first turn.

    Parameters
    ----------
    chunk : Chunk
        Its first replication is looked at; `start` says from which moment.

    Returns
    -------
    dict of str to tuple of str
        Actor id -> action ids in menu order.
    """
    with open_model(alone(chunk)) as model:
        from wargame.engine.decision import offers_of

        model.begin()
        places = range(len(model.world.actors))
        return {model.world.actors[place]: offers_of(model, 0, place) for place in places}
