"""Chances for a game on paper: two dice in place of the model's draws."""

from __future__ import annotations

import math
from itertools import product

from wargame.classroom.lesson.menus import codes_of, menus_of
from wargame.classroom.lesson.plan import Level
from wargame.engine.rules.acting import count_deaths
from wargame.scenario.schema import Action, Scenario, Slip
from wargame.show.percentages import percent

CHANCES: dict[int, float] = {
    least: sum(one + other >= least for one, other in product(range(1, 7), repeat=2)) / 36
    for least in range(2, 14)
}
"""Sum -> chance that two dice show that much or more; 13 never comes."""

_RARE = 0.01
_TOLLS = ((2, 5), (6, 8), (9, 12))


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
    """Return from which sum on a team reads one rung too high; as often too low.

    Parameters
    ----------
    spread : float
        An actor's misperception, rungs, standard deviation.

    Returns
    -------
    int
        8..13. The rarest sum that is no rarer than the model's error of half a rung and more, one
        way; 13 (never) where the model misreads less than once in a hundred acts. Errors of two
        rungs and more are left to the model.
    """
    off = _misread_one_way(spread)
    if off < _RARE:
        return 13
    return max(8, *(least for least in CHANCES if CHANCES[least] >= off))


def _misread_one_way(spread: float) -> float:
    """Return the chance that a normal error is more than half a rung upwards."""
    return math.erfc(0.5 / spread / math.sqrt(2)) / 2 if spread > 0 else 0.0


def readings(scenario: Scenario) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return how teams read, as rows of a table; parties that read alike share one."""
    alike: dict[float, list[str]] = {}
    for party in scenario.actors.values():
        alike.setdefault(party.misperception.value, []).append(party.name)
    rows = []
    for spread, names in alike.items():
        least = misreading(spread)
        who = "all" if len(alike) == 1 else ", ".join(names)
        dice = ("never", "never", "0%")
        if least < 13:
            dice = (f"{least} or more", f"{14 - least} or less", percent(CHANCES[least]))
        rows.append((who, *dice, percent(_misread_one_way(spread))))
    return tuple(rows)


def slips(scenario: Scenario, level: Level) -> tuple[tuple[str, ...], ...]:
    """Return the acts on the sheets that can go further (or less far) than meant, as rows.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Whose sheets.

    Returns
    -------
    tuple of (number on the menu, action, chance in the model, dice, rung)
        A row for each way; those that hardly ever come (below one in a hundred) are left out.
    """
    codes = codes_of(scenario, level)
    return tuple(
        (codes[actor][action.id], action.label, percent(slip.chance.value), dice, str(slip.to))
        for actor, actions in menus_of(scenario, level).items()
        for action in actions
        for slip, dice in zip(ways(action), thrown(ways(action)), strict=True)
    )


def ways(action: Action) -> tuple[Slip, ...]:
    """Return the ways in which an act slips at least once in a hundred times."""
    return tuple(slip for slip in action.slip if slip.chance.value >= _RARE)


def thrown(slips: tuple[Slip, ...]) -> tuple[str, ...]:
    """Return what two dice must show for each way in which an act slips: the first is highest."""
    said, total, above = [], 0.0, 13
    for slip in slips:
        total += slip.chance.value
        least = min(at_least(total), max(2, above - 1))
        most = above - 1
        said.append(f"{least} or more" if above == 13 else _between(least, most))
        above = least
    return tuple(said)


def _between(least: int, most: int) -> str:
    return str(most) if least >= most else f"{least} to {most}"


def tolls() -> tuple[tuple[str, str, str], ...]:
    """Return how many die in an act, as rows: what the dice show, at rung 6, at rung 7.

    The model's own rule at the middle of what each row's dice stand for.
    """
    rows = []
    for low, high in _TOLLS:
        middle = 1 - (CHANCES[low] + CHANCES[high + 1]) / 2
        dead = [count_deaths(rung, middle) for rung in (6, 7)]
        rows.append((f"{low} to {high}", str(dead[0]), str(dead[1])))
    return tuple(rows)
