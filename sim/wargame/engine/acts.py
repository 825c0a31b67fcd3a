"""The acts of one actor in one link of a turn, over all replications; and the log of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import ACT_COLUMNS, RUNG_COUNT
from wargame.scenario.ladder import LOWEST_RUNG

NOBODY = -1
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Acts:
    """What one actor does in one link: at most one act a replication.

    Attributes
    ----------
    replications : ndarray of int, shape (act,)
        None twice.
    actions : ndarray of int, shape (act,)
        Index in the actor's menu.
    intended, realised : ndarray of int8, shape (act,)
        Rungs.
    accidental : ndarray of bool, shape (act,)
    provoker, trigger, behalf : ndarray of int8, shape (act,)
        Whose act it answers, at what realised rung, for which ally; -1, 0, -1 for an opening.
    perceived : ndarray of float32, shape (act,)
        The trigger's rung as it was read; nan for an opening.
    deaths : ndarray of int32, shape (act,)
    """

    link: int
    actor: int
    replications: Indices
    actions: Indices
    intended: NDArray[np.int8]
    realised: NDArray[np.int8]
    accidental: NDArray[np.bool_]
    provoker: NDArray[np.int8]
    trigger: NDArray[np.int8]
    behalf: NDArray[np.int8]
    perceived: NDArray[np.float32]
    deaths: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.replications)


@dataclass(frozen=True)
class TurnActs:
    """All acts of a turn as one table, by link, then actor.

    Attributes
    ----------
    replication, link, actor : ndarray of int, shape (act,)
    action : ndarray of int, shape (act,)
        Place among all menus (`Menu.first` + index in the menu).
    realised, trigger, provoker, behalf : ndarray of int8, shape (act,)
    accidental : ndarray of bool, shape (act,)
    deaths : ndarray of int32, shape (act,)
    hit, target : ndarray of int, shape (hit,)
        Place in this table of each act with a target, and that actor: an act with two targets
        stands here twice.
    """

    replication: Indices
    link: NDArray[np.int8]
    actor: Indices
    action: Indices
    realised: NDArray[np.int8]
    trigger: NDArray[np.int8]
    provoker: NDArray[np.int8]
    behalf: NDArray[np.int8]
    accidental: NDArray[np.bool_]
    deaths: NDArray[np.int32]
    hit: Indices
    target: Indices

    @classmethod
    def of(
        cls, parts: Sequence[Acts], firsts: Sequence[int], targets: NDArray[np.bool_]
    ) -> TurnActs:
        """Put the acts of a turn together.

        Parameters
        ----------
        parts : sequence of Acts
            By link, then actor.
        firsts : sequence of int
            Actor -> place of its first action among all menus.
        targets : ndarray of bool, shape (action, actor)
            Of all menus, one after the other.
        """
        counts = [len(part) for part in parts]
        none = np.zeros(0, np.intp)
        small = np.zeros(0, np.int8)

        def column(name: str, empty: NDArray[Any] = small) -> NDArray[Any]:
            return np.concatenate([empty, *(getattr(part, name) for part in parts)])

        action = np.concatenate([none, *(part.actions + firsts[part.actor] for part in parts)])
        hit, target = targets[action].nonzero()
        return cls(
            replication=column("replications", none),
            link=np.repeat(np.array([part.link for part in parts], np.int8), counts),
            actor=np.repeat(np.array([part.actor for part in parts], np.intp), counts),
            action=action,
            realised=column("realised"),
            trigger=column("trigger"),
            provoker=column("provoker"),
            behalf=column("behalf"),
            accidental=column("accidental", np.zeros(0, np.bool_)),
            deaths=column("deaths", np.zeros(0, np.int32)),
            hit=hit,
            target=target,
        )

    def hits(self, rows: NDArray[np.bool_]) -> tuple[Indices, Indices]:
        """Return the acts among some that have a target, and whom they hit.

        Parameters
        ----------
        rows : ndarray of bool, shape (act,)
            Which acts.

        Returns
        -------
        act, target : ndarray of int, shape (hit,)
        """
        chosen = rows[self.hit].nonzero()[0]
        return self.hit[chosen], self.target[chosen]


class ActLog:
    """Collects acts turn by turn and sorts them once by replication.

    Parameters
    ----------
    count : int
        Replications in the chunk.
    kept : int
        How many of them, from the first, are kept.
    """

    def __init__(self, count: int, kept: int) -> None:
        self._count = count
        self._kept = kept
        self._parts: list[tuple[int, Acts]] = []

    def add(self, turn: int, acts: Acts) -> None:
        """Keep the acts of a link, if their replications are kept at all."""
        if self._kept > 0 and len(acts):
            self._parts.append((turn, acts))

    def columns(self, first: int) -> dict[str, NDArray[Any]]:
        """Return the log as columns, sorted by replication, turn, link and actor.

        Parameters
        ----------
        first : int
            Number of the chunk's first replication.

        Returns
        -------
        dict of str to ndarray, shape (act,)
            See `results.ACT_COLUMNS`.
        """
        columns: dict[str, NDArray[Any]] = {}
        if not self._parts:
            return {name: np.zeros(0, dtype) for name, (dtype, _) in ACT_COLUMNS.items()}
        places = np.concatenate([acts.replications for _, acts in self._parts])
        # Acts were added by turn, link and actor, so a stable sort by replication is enough;
        # on 16 bits NumPy sorts by radix, several times faster: low bits first, then high ones.
        order = (places & 0xFFFF).astype(np.uint16).argsort(kind="stable")
        if self._count > 1 << 16:
            order = order[(places >> 16).astype(np.uint16)[order].argsort(kind="stable")]
        if self._kept < self._count:
            order = order[: np.searchsorted(places[order], self._kept)]
        for name, (dtype, _) in ACT_COLUMNS.items():
            columns[name] = self._column(name, np.dtype(dtype))[order]
        columns["replication"] += first
        return columns

    def _column(self, name: str, dtype: np.dtype[Any]) -> NDArray[Any]:
        if name in ("turn", "link", "actor"):  # the same for all acts of a part
            values = [turn if name == "turn" else getattr(acts, name) for turn, acts in self._parts]
            return np.repeat(np.array(values, dtype), [len(acts) for _, acts in self._parts])
        plural = {"replication": "replications", "action": "actions"}
        parts = [getattr(acts, plural.get(name, name)) for _, acts in self._parts]
        return np.concatenate(parts, dtype=dtype, casting="same_kind")


def rung_counts(rungs: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return how many acts fall on each rung, from -2 up.

    Parameters
    ----------
    rungs : ndarray of int8, shape (act,)

    Returns
    -------
    ndarray of int64, shape (rung,)
    """
    return np.bincount(rungs.astype(np.intp) - LOWEST_RUNG, minlength=RUNG_COUNT)
