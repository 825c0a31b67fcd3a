"""A turn of a finished game played again with another order, and the futures from there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wargame.classroom.futures.futures import futures_of
from wargame.classroom.futures.moment import Moment
from wargame.classroom.play.game import Game
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.policies import Order
from wargame.engine.world.snapshot import Snapshot


def peaks_after(game: Game, after: Snapshot | int, futures: int, seed: int) -> NDArray[np.int8]:
    """Return the worst rung of each future from a turn's end, the past included.

    Parameters
    ----------
    after : Snapshot or int
        Where the turn left the world; after the last turn the worst rung it came to.
    futures, seed : int
        How many; those of one seed meet the same draws.
    """
    if not isinstance(after, Snapshot):
        return np.full(futures, after, dtype=np.int8)
    peaks: NDArray[np.int8] = futures_of(Moment(game.scenario, seed, -1, after), futures).table[
        "peak"
    ]
    return peaks


def play_turn(game: Game, start: Snapshot, turn: int, actor: str, order: Order) -> Snapshot | int:
    """Play one turn of a game again, on its own luck, with one order changed.

    Returns what `peaks_after` takes.
    """
    orders = {key: item for key, item in game.orders.items() if key[0] == turn}
    chunk = replace(game.chunk, start=start, orders={**orders, (turn, actor): order})
    if turn < game.scenario.turns:
        return snapshots.take_snapshot(chunk, turn + 1)
    return int(chunks.run_chunk(chunk).table["peak"][0])
