"""What acts and events change besides: flags, stocks, excitation, tension, tempo."""

from __future__ import annotations

from wargame.engine.compiled import rule
from wargame.engine.rules.agreement import is_bound
from wargame.engine.rules.tension import felt
from wargame.engine.world.here import Here
from wargame.engine.world.layout import ADD_EXCITATION, ADD_STOCK, NEVER, SET_FLAG, TEMPO


@rule
def within_one(share: float) -> float:
    """Return a share, or the end of 0..1 that it lies beyond."""
    return min(1.0, max(0.0, share))


@rule
def apply_changes(here: Here, first: int, last: int, begins: int) -> None:
    """Apply some changes in their order.

    Parameters
    ----------
    first, last : int
        The first of them, and the one after the last.
    turn : int
        The turn being played.
    begins : int
        First turn in which a tempo effect holds.
    """
    for change in range(first, last):
        kind, what = here.world.change_kind[change], here.world.change_of[change]
        amount = here.numbers.change_amount[change]
        if kind == TEMPO:
            if amount != 1.0:  # a contested effect at its default changes nothing
                until = begins + here.world.change_turns[change] - 1
                here.state.effect_until[what] = max(here.state.effect_until[what], until)
                here.state.soonest = 0
        elif kind == SET_FLAG:
            here.state.flag[what] = amount > 0.0
        elif kind == ADD_STOCK:
            here.state.stocks[what] = within_one(here.state.stocks[what] + amount)
        elif kind == ADD_EXCITATION:
            here.state.excitation[what] = max(0.0, here.state.excitation[what] + amount)
        else:
            add_tension(here, what, here.world.change_other[change], amount)
            add_tension(here, here.world.change_other[change], what, amount)


@rule
def add_tension(here: Here, by: int, source: int, amount: float) -> None:
    """Change what one actor feels from another at once."""
    here.state.tension[by, source] = within_one(felt(here, by, source) + amount)
    here.state.tension_turn[by, source] = here.turn.number


@rule
def move_stocks(here: Here) -> None:
    """Let every stock change by its amount a turn."""
    for stock in range(here.world.stocks):
        if here.numbers.stock_change[stock] != 0.0:
            here.state.stocks[stock] = within_one(
                here.state.stocks[stock] + here.numbers.stock_change[stock]
            )


@rule
def renew_boosts(here: Here, turn: int) -> None:
    """Work out the tempo factors in force in a turn, if something began or ran out."""
    if here.state.soonest >= turn:
        return
    soonest = NEVER
    for actor in range(here.world.actors):
        in_crisis = here.state.crisis_parties[actor] != 0
        here.state.boost[actor] = here.numbers.crisis_factor if in_crisis else 1.0
    for slot in range(here.world.slots):
        if here.state.effect_until[slot] >= turn:
            here.state.boost[here.world.slot_actor[slot]] *= here.numbers.change_amount[
                here.world.slot_change[slot]
            ]
            soonest = min(soonest, here.state.effect_until[slot])
    for one in range(here.world.actors):
        for other in range(one + 1, here.world.actors):
            if is_bound(here, one, other, turn):
                here.state.boost[one] *= here.numbers.agreement_factor
                here.state.boost[other] *= here.numbers.agreement_factor
                soonest = min(soonest, here.state.agreement_until[one, other])
    here.state.soonest = soonest
