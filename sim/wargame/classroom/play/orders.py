"""An order as a player writes it."""

from __future__ import annotations

from wargame.classroom.play.game import Game, menu_of
from wargame.engine.policies import HOLD, POLICIES, Order
from wargame.errors import UsageError, did_you_mean, one_of


def read_order(text: str, actor: str, game: Game, standing: str) -> Order:
    """Read an order as a player writes it: what to open with, then how to answer.

    Parameters
    ----------
    text : str
        For example ``combined_exercise one_lower``, ``4 match``, ``hold``. A number is the place
        in the actor's menu, from 1.
    standing : str
        Where the text names no standing order.

    Raises
    ------
    UsageError, one_of
        When it cannot be read. Whether the action is on offer is for `Game.ordered` to say.
    """
    words = text.lower().replace(",", " ").split()
    menu = [action.id for action in menu_of(game.scenario, actor)]
    if not 1 <= len(words) <= 2:
        raise UsageError(
            f"'{text.strip()}' is not an order. Write what you open with (a number, its name or "
            "hold) and, if you like, how to answer: for example 'hold match'."
        )
    opening = words[0]
    if opening.isascii() and opening.isdigit():
        if not 1 <= int(opening[:6]) <= len(menu):
            raise UsageError(f"there is no number {opening} in the menu. Use 1..{len(menu)}.")
        opening = menu[int(opening) - 1]
    elif len(words) == 1 and opening in POLICIES and opening not in (HOLD, *menu):
        raise UsageError(
            f"'{opening}' says how you answer; what you open with comes first: 'hold {opening}'."
        )
    elif opening not in (HOLD, *menu):
        hint = did_you_mean(opening, [HOLD, *menu])
        raise UsageError(
            f"'{opening}' is not in the menu of {game.scenario.actors[actor].name}. "
            f"Give a number, a name or hold.{hint}"
        )
    answer = one_of("standing order", words[1] if len(words) == 2 else standing, POLICIES)
    return Order(opening, answer)
