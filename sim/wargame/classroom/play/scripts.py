"""Scripted opponents: orders for a turn, chosen only from what the actor saw.

They are for practice and for comparison, caricatures with a name; no government is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wargame.classroom.play.sight import Seen, gravest
from wargame.engine.policies import HOLD, Order
from wargame.errors import one_of
from wargame.scenario.schema import Action

Style = Callable[[Sequence[Action], tuple[Seen, ...], int], Order]
"""(actions on offer in menu order, what the actor saw so far, the turn) -> its order."""

_DISPLAY, _HOSTILE = 3, 1.5


def _hawk(offered: Sequence[Action], seen: tuple[Seen, ...], turn: int) -> Order:
    """Open one rung above the gravest act of the last turn, at least with a display of force.

    Never with a lethal act of its own accord; answers one rung above what it reads.
    """
    met = gravest(seen, turn - 1)
    wanted = max(_DISPLAY, 0 if met is None else round(met.read) + 1)
    return Order(_nearest(offered, min(wanted, 5), range(1, 6), met), "one_higher")


def _dove(offered: Sequence[Action], seen: tuple[Seen, ...], turn: int) -> Order:
    """Reach out after a hostile turn, else keep quiet; answers one rung below what it reads."""
    met = gravest(seen, turn - 1)
    if met is None or met.read < _HOSTILE:
        return Order(HOLD, "one_lower")
    return Order(_nearest(offered, -2, range(-2, 0), met), "one_lower")


def _tit_for_tat(offered: Sequence[Action], seen: tuple[Seen, ...], turn: int) -> Order:
    """Begin with a conciliatory act; then give back in kind what was not answered at once.

    References
    ----------
    Axelrod, R. (1984), The Evolution of Cooperation. New York: Basic Books.
    """
    if turn == 1:
        return Order(_nearest(offered, -1, range(-2, 0)), "match")
    met = gravest(seen, turn - 1)
    answered = any(act.turn == turn - 1 and act.provoker is not None for act in seen)
    if met is None or answered:
        return Order(HOLD, "match")
    return Order(_nearest(offered, round(met.read), range(-2, 8), met), "match")


def _nearest(offered: Sequence[Action], rung: int, allowed: range, met: Seen | None = None) -> str:
    """Return the action on offer nearest to a rung (the lower of two), or hold.

    One that answers an act is aimed at whoever did it.
    """
    fitting = [
        action
        for action in offered
        if action.rung in allowed and (met is None or met.actor in action.targets)
    ]
    nearest = min(fitting, key=lambda action: (abs(action.rung - rung), action.rung), default=None)
    return HOLD if nearest is None else nearest.id


STYLES: Mapping[str, Style] = {"hawk": _hawk, "dove": _dove, "tit_for_tat": _tit_for_tat}
"""Name -> style."""


def style(name: str) -> Style:
    """Return a style by its name.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    return STYLES[one_of("style", name, STYLES)]
