"""The look back on a game as tables: decisive turns, what-ifs, the game among others."""

from __future__ import annotations

import numpy as np

from wargame.analysis.statistics import outcome_of
from wargame.analysis.wording import about, percent, span
from wargame.classroom.lookback import Alternative, Lookback
from wargame.classroom.narrative import period
from wargame.classroom.witness import find_action
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import NOTE, Share, share_of
from wargame.scenario.schema import RUNGS
from wargame.scenario.section import Section

__all__ = ["sections"]

_ANSWERS = {
    MODEL: "answers as its staff sees fit",
    HOLD: "answers nothing",
    "match": "answers at the rung it reads",
    "one_lower": "answers one rung below what it reads",
    "one_higher": "answers one rung above what it reads",
}


def sections(found: Lookback) -> list[Section]:
    """Return the tables of a look back."""
    return [_decisive(found), _alternatives(found), _place(found)]


def _decisive(found: Lookback) -> Section:
    scenario, orders = found.game.scenario, found.game.orders
    rows = [
        (
            period(scenario, turn, turn),
            percent(float(found.curve.shift[turn - 1])),
            "; ".join(
                f"{_opens(found, player, orders[turn, player])} and "
                f"{_ANSWERS[orders[turn, player].standing]}"
                for player in found.game.setup.players
            ),
        )
        for turn in found.curve.decisive
    ]
    if not rows:
        rows = [("none", "", "No single turn moved the odds much.")]
    headers = ("turn", "futures that changed outcome", "what you had ordered")
    return Section("decisive", f"Decisive turns ({NOTE})", headers, tuple(rows))


def _alternatives(found: Lookback) -> Section:
    rows = []
    for item in found.alternatives:
        gap = item.difference
        rows.append(
            (
                period(found.game.scenario, item.turn, item.turn).partition(":")[0],
                *_say(found, item),
                _short(item.before),
                _short(item.after),
                f"{100 * gap.value:+.1f} ({100 * gap.low:+.1f} to {100 * gap.high:+.1f})",
                "the same" if gap.low == gap.high == 0 else gap.verdict,
            )
        )
    headers = ("turn", "what if", "instead of", "as it was", "then", "points, 95% interval", "")
    name = (
        "What if: the same luck in that turn, then futures led by the model; the share that "
        f"reaches rung {found.level}, {RUNGS[found.level]}, or worse ({NOTE})"
    )
    return Section("what_if", name, headers, tuple(rows))


def _place(found: Lookback) -> Section:
    peaks, peak = found.others.table["peak"], int(found.results.table["peak"][0])
    mine, total = outcome_of(peak), len(peaks)
    rows = []
    for name, share in found.others.outcomes().items():
        said = f"{about(share)}; your game" if name == mine else about(share)
        rows.append((name, _short(share), span(share.low, share.high), said))
    for label, count in (
        (f"worse than yours (above rung {peak})", int((peaks > peak).sum())),
        (f"as far as yours (rung {peak})", int((peaks == peak).sum())),
        (f"less far than yours (below rung {peak})", int((peaks < peak).sum())),
    ):
        share = share_of(count, total)
        rows.append((label, _short(share), span(share.low, share.high), about(share)))
    low, high = np.percentile(found.others.table["acts"], (25, 75))
    acts = int(found.results.table["acts"][0])
    name = (
        f"Your game among {total:,} histories led by the model on all sides ({NOTE}). It had "
        f"{acts} acts; half of those have {low:.0f} to {high:.0f}"
    )
    return Section("place", name, ("outcome", "share", "95% interval", "in words"), tuple(rows))


def _short(share: Share) -> str:
    return percent(share.share) if share.count else "none seen"


def _say(found: Lookback, item: Alternative) -> tuple[str, str]:
    """Say what might have been ordered, and in place of what: only what differs."""
    if item.was.opening != item.instead.opening:
        return _opens(found, item.actor, item.instead), _opens(found, item.actor, item.was)
    name = found.game.scenario.actors[item.actor].name
    return f"{name} {_ANSWERS[item.instead.standing]}", f"{name} {_ANSWERS[item.was.standing]}"


def _opens(found: Lookback, actor: str, order: Order) -> str:
    scenario, opening = found.game.scenario, order.opening or HOLD
    label = "nothing" if opening == HOLD else f'"{find_action(scenario, actor, opening).label}"'
    return f"{scenario.actors[actor].name} opens with {label}"
