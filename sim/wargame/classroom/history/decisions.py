"""Acts as they were met, and decisions as they were weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    pass

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Met:
    """An act that an actor takes up, and whether it answers.

    Attributes
    ----------
    turn, link : int
        Of the answer, if any; the act stood in the link before.
    actor, provoker : str
        Ids.
    behalf : str or None
        The ally it would answer for.
    trigger : int
        The act's realised rung: the truth.
    perceived : float
        The rung as this actor read it.
    weight : float
        1 for a target, else the commitment.
    damping, willing : float
        What the place in the chain leaves of the chance, 1 for an answer to an opening; the chance
        of answering an act read as this one, 1 under an order.
    chance, draw : float
        weight x damping x willing; it answers if the draw is below the chance.
    """

    turn: int
    link: int
    actor: str
    provoker: str
    behalf: str | None
    trigger: int
    perceived: float
    weight: float
    damping: float
    willing: float
    chance: float
    draw: float
    answers: bool

    @property
    def misread(self) -> int:
        """Rungs by which the act was read too high (+) or too low (-), after rounding."""
        return round(self.perceived) - self.trigger


@dataclass(frozen=True)
class Decision:
    """An actor choosing among its actions.

    Attributes
    ----------
    met : Met or None
        What it answers; None for an opening.
    chance, draw : float
        Of acting at all: it does if the draw is below the chance.
    standing : str
        How answers are picked: "model", or a standing order.
    menu : tuple of str
        Action ids, in the engine's order.
    rungs : ndarray of int8, shape (action,)
    offered : ndarray of bool, shape (action,)
    terms : dict of str to ndarray, shape (action,)
        Added in this order they give `logits` to the last bit.
    logits : ndarray, shape (action,)
        As the engine had them.
    choice_draw : float
        The draw among the actions on offer.
    pick : int
        What it took, -1 for nothing.
    """

    turn: int
    link: int
    actor: str
    met: Met | None
    chance: float
    draw: float
    standing: str
    menu: tuple[str, ...]
    rungs: NDArray[np.int8]
    offered: NDArray[np.bool_]
    terms: dict[str, Floats]
    logits: Floats
    choice_draw: float
    pick: int
