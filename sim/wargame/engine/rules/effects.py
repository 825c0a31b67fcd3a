"""What acts and events change besides: flags, stocks, excitation, tension, tempo."""

from __future__ import annotations

from typing import Any

from wargame.engine.compiled import rule
from wargame.engine.rules.agreement import is_bound
from wargame.engine.rules.tension import felt
from wargame.engine.world.layout import ADD_EXCITATION, ADD_STOCK, NEVER, SET_FLAG, TEMPO


@rule
def within_one(share: float) -> float:
    """Return a share, or the end of 0..1 that it lies beyond."""
    return min(1.0, max(0.0, share))


@rule
def apply_changes(
    world: Any, numbers: Any, state: Any, first: int, last: int, turn: int, begins: int
) -> None:
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
        kind, what = world.change_kind[change], world.change_of[change]
        amount = numbers.change_amount[change]
        if kind == TEMPO:
            if amount != 1.0:  # a contested effect at its default changes nothing
                until = begins + world.change_turns[change] - 1
                state.effect_until[what] = max(state.effect_until[what], until)
                state.soonest = 0
        elif kind == SET_FLAG:
            state.flag[what] = amount > 0.0
        elif kind == ADD_STOCK:
            state.stocks[what] = within_one(state.stocks[what] + amount)
        elif kind == ADD_EXCITATION:
            state.excitation[what] = max(0.0, state.excitation[what] + amount)
        else:
            add_tension(numbers, state, what, world.change_other[change], amount, turn)
            add_tension(numbers, state, world.change_other[change], what, amount, turn)


@rule
def add_tension(numbers: Any, state: Any, by: int, source: int, amount: float, turn: int) -> None:
    """Change what one actor feels from another at once."""
    state.tension[by, source] = within_one(felt(numbers, state, by, source, turn) + amount)
    state.tension_turn[by, source] = turn


@rule
def move_stocks(world: Any, numbers: Any, state: Any) -> None:
    """Let every stock change by its amount a turn."""
    for stock in range(world.stocks):
        if numbers.stock_change[stock] != 0.0:
            state.stocks[stock] = within_one(state.stocks[stock] + numbers.stock_change[stock])


@rule
def renew_boosts(world: Any, numbers: Any, state: Any, turn: int) -> None:
    """Work out the tempo factors in force in a turn, if something began or ran out."""
    if state.soonest >= turn:
        return
    soonest = NEVER
    for actor in range(world.actors):
        in_crisis = state.crisis_parties[actor] != 0
        state.boost[actor] = numbers.crisis_factor if in_crisis else 1.0
    for slot in range(world.slots):
        if state.effect_until[slot] >= turn:
            state.boost[world.slot_actor[slot]] *= numbers.change_amount[world.slot_change[slot]]
            soonest = min(soonest, state.effect_until[slot])
    for one in range(world.actors):
        for other in range(one + 1, world.actors):
            if is_bound(state, one, other, turn):
                state.boost[one] *= numbers.agreement_factor
                state.boost[other] *= numbers.agreement_factor
                soonest = min(soonest, state.agreement_until[one, other])
    state.soonest = soonest
