"""Chances for a game on paper: two dice in place of the model's draws."""

from __future__ import annotations

import math
from itertools import product

from wargame.analysis.wording import percent
from wargame.scenario.schema import Scenario

__all__ = ["CHANCES", "at_least", "misreading", "slips"]

CHANCES: dict[int, float] = {
    least: sum(one + other >= least for one, other in product(range(1, 7), repeat=2)) / 36
    for least in range(2, 14)
}
"""Sum -> chance that two dice show that much or more; 13 never comes."""


def at_least(chance: float) -> int:
    """Return the sum of two dice that comes as often as a chance, as nearly as dice can.

    Parameters
    ----------
    chance : float
        0..1.

    Returns
    -------
    int
        2..13: it happens if the dice show this or more. A chance above 0 gets 12 at most.
    """
    allowed = [least for least in CHANCES if least < 13 or chance <= 0]
    return min(allowed, key=lambda least: (abs(CHANCES[least] - chance), least))


def misreading(spread: float) -> int:
    """Return from which sum on an act is read one rung too high; as often too low.

    Parameters
    ----------
    spread : float
        An actor's misperception, rungs, standard deviation.

    Returns
    -------
    int
        8..13. Half of the chance that a normal error is further than half a rung off. Errors
        of two rungs and more are left to the model.
    """
    off = math.erfc(0.5 / spread / math.sqrt(2)) / 2 if spread > 0 else 0.0
    return max(8, at_least(off))  # never more often than half the time, both ways together


def slips(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Return the acts that can go further (or less far) than meant, as rows of a table.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of (party, action, chance in the model, dice, rung)
        Those that hardly ever slip (below one in a hundred) are left out.
    """
    return tuple(
        (
            party.name,
            action.label,
            percent(action.slip.probability.value),
            f"{at_least(action.slip.probability.value)} or more",
            str(action.slip.rung),
        )
        for party in scenario.actors.values()
        for action in party.actions
        if action.slip is not None and action.slip.probability.value >= 0.01
    )
