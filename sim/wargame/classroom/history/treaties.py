"""Which agreements were made and broken in a history, read from its acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wargame.scenario.ladder import CONCILIATORY, OFFER
from wargame.scenario.schema import Scenario

Pair = tuple[str, str]


class Treaties:
    """The agreements of one history; to be told every turn in order, `broken` before `made`."""

    def __init__(self, scenario: Scenario) -> None:
        self._rules = scenario.world.agreement
        self._targets = {
            (actor, action.id): action.targets
            for actor, item in scenario.actors.items()
            for action in item.actions
        }
        self._until: dict[Pair, int] = {}

    def broken(self, turn: int, acts: Sequence[dict[str, Any]]) -> list[Pair]:
        """Return the pairs whose agreement an act of this turn breaks.

        Parameters
        ----------
        acts : sequence of dict
            Those of the turn: actor, action and realised at least.
        """
        broken = []
        for act in acts:
            if act["realised"] < self._rules.broken_by:
                continue
            for target in self._targets[act["actor"], act["action"]]:
                pair = _pair(act["actor"], target)
                if self._until.get(pair, 0) >= turn:
                    self._until[pair] = turn - 1
                    broken.append(pair)
        return broken

    def made(self, turn: int, acts: Sequence[dict[str, Any]]) -> list[Pair]:
        """Return the pairs that bind themselves this turn: an offer answered in kind.

        Parameters
        ----------
        acts : sequence of dict
            Those of the turn: link, actor, provoker, behalf, trigger and realised at least.
        """
        made = []
        for act in acts:
            accepted = (
                act["trigger"] == OFFER
                and act["realised"] <= CONCILIATORY
                and act["behalf"] is None
            )
            if act["link"] > 0 and accepted:
                pair = _pair(act["actor"], act["provoker"])
                self._until[pair] = turn + self._rules.turns
                made.append(pair)
        return made


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
