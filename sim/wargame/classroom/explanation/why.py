"""Why an actor did what it did: every term of a choice, its chance, and what would have tipped it.

A choice is a lottery: each action on offer has weight exp(logit), and one draw says which it
is. So there are two honest answers to "why": what made the action likely, and what the draw was.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wargame.classroom.explanation.flips import chances_of, flips_of, read_rightly
from wargame.classroom.explanation.terms import Term, meaning_of, strength
from wargame.classroom.explanation.tipping_point import Flip
from wargame.engine.decision import Decision
from wargame.engine.policies import MODEL
from wargame.scenario.schema import Scenario


@dataclass(frozen=True)
class Card:
    """The why of one decision.

    Attributes
    ----------
    action : str or None
        What was chosen; None when nothing that fits was on offer.
    chance : float
        That this was chosen among the actions on offer, 0..1.
    offered, menu : int
        Actions on offer, and in the menu.
    total, runner_up_total : float
        The engine's logits.
    flips : tuple of Flip
        The smallest change of a term first; the draw last.
    read_rightly : str or None
        What would have been chosen had the act been read for what it was.
    """

    decision: Decision
    action: str | None
    chance: float
    runner_up: str | None
    runner_up_chance: float
    offered: int
    menu: int
    terms: tuple[Term, ...]
    total: float
    runner_up_total: float
    flips: tuple[Flip, ...]
    read_rightly: str | None

    @property
    def smallest(self) -> Flip | None:
        """The smallest change of one term that would have changed the choice."""
        return next((flip for flip in self.flips if flip.name != "draw"), None)


def card_of(decision: Decision, scenario: Scenario) -> Card:
    """Explain a decision that the model took.

    Parameters
    ----------
    scenario : Scenario
        That of the history, with fixed numbers.

    Returns
    -------
    Card
        Under a standing order there are no chances, terms or flips: the order decided.
    """
    pick, menu = decision.pick, decision.menu
    offered = int(decision.offered.sum())
    chosen = menu[pick] if pick >= 0 else None
    if chosen is None or decision.standing != MODEL:
        nothing: tuple[Term, ...] = ()
        return Card(
            decision, chosen, 1.0, None, 0.0, offered, len(menu), nothing, 0.0, 0.0, (), None
        )
    chances = chances_of(decision)
    others = np.where(np.arange(len(menu)) == pick, -1.0, chances)
    second = int(others.argmax()) if offered > 1 else None
    return Card(
        decision=decision,
        action=chosen,
        chance=float(chances[pick]),
        runner_up=None if second is None else menu[second],
        runner_up_chance=0.0 if second is None else float(chances[second]),
        offered=offered,
        menu=len(menu),
        terms=tuple(
            Term(
                name,
                meaning_of(name),
                float(term[pick]),
                None if second is None else float(term[second]),
                strength(float(term[pick])),
            )
            for name, term in decision.terms.items()
            if term[pick] != 0.0 or (second is not None and term[second] != 0.0)
        ),
        total=float(decision.logits[pick]),
        runner_up_total=0.0 if second is None else float(decision.logits[second]),
        flips=flips_of(decision, scenario) if offered > 1 else (),
        read_rightly=read_rightly(decision, scenario),
    )
