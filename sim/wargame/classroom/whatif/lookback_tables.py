"""The look back on a game as tables: decisive turns, what-ifs, the game among others."""

from __future__ import annotations

import numpy as np

from wargame.classroom.futures.odds_tables import SHARE
from wargame.classroom.history.weights import find_action
from wargame.classroom.play.scripts import STYLES
from wargame.classroom.whatif.alternatives import LEAST_GAP
from wargame.classroom.whatif.lookback import ALTERNATIVES, Alternative, Lookback
from wargame.engine.policies import HOLD, MODEL, Order
from wargame.engine.results import NOTE
from wargame.findings import Cell, Table, columns, share_of
from wargame.scenario.ladder import RUNGS, outcome_of
from wargame.show.chances import about
from wargame.show.names import period
from wargame.show.percentages import percent
from wargame.show.words import join_words

_ANSWERS = {
    MODEL: "answers as its staff sees fit",
    HOLD: "answers nothing",
    "match": "answers at the rung it reads",
    "one_lower": "answers one rung below what it reads",
    "one_higher": "answers one rung above what it reads",
}

_STYLES = {"hawk": "hawk", "dove": "dove", "tit_for_tat": "tit-for-tat"}


def lookback_tables(found: Lookback) -> list[Table]:
    """Return the tables of a look back."""
    return [_decisive(found), _alternatives(found), _place(found)]


def remarks(found: Lookback) -> dict[str, str]:
    """Return what is to be said under a table, by its key."""
    futures = f"{found.curve.futures:,}"
    said = {
        "decisive": (
            f"How far a turn moved the odds: of {futures} futures from its start and {futures} "
            "from its end, on the same draws, the share that would have to end in another class "
            "(calm, friction, clash and so on). What moved them may be another's act, or luck; "
            "what you had ordered stands beside it and is not thereby the cause."
        )
    }
    under = " ".join(text for text in (_few(found), _helpless(found)) if text)
    if under:
        said["what_if"] = under
    return said


def _helpless(found: Lookback) -> str:
    """Say in which decisive turns no order of the players' would have kept the worst away."""
    turns = [_week(found, turn) for turn in found.search.helpless]
    if not turns or not found.alternatives:
        return ""
    return (
        f"In {join_words(turns)} no other order looked at would have made the gravest act milder: "
        "that was not in your hands in that turn."
    )


def _week(found: Lookback, turn: int) -> str:
    return period(found.game.scenario, turn, turn).partition(":")[0].lower()


def _few(found: Lookback) -> str:
    """Say why there are fewer what-ifs than three, and what moved the odds instead."""
    count, search = len(found.alternatives), found.search
    if count >= ALTERNATIVES:
        return ""
    names = join_words([found.game.scenario.actors[name].name for name in found.game.setup.players])
    looked = (
        f"{search.tried} other order{'' if search.tried == 1 else 's'} in {search.turns} "
        f"turn{'' if search.turns == 1 else 's'} were looked at; most left the world as it was"
    )
    least = f"by {100 * LEAST_GAP:.0f} points or more"
    if count:
        return (
            f"{count} what-if{'' if count == 1 else 's'} and not {ALTERNATIVES}: {looked}, and of "
            f"the rest none but {'this' if count == 1 else 'these'} moved the share {least}."
        )
    text = (
        f"Nothing found that {names} alone could have ordered would have mattered ({looked}, and "
        f"none of the rest that was tried moved the share {least})."
    )
    busy = sorted(set(found.results.acts["turn"].tolist()))
    if not busy:
        return f"{text} Nobody acted in this game."
    turn = max(busy, key=lambda turn: float(found.curve.shift[turn - 1]))
    return f"{text} What moved the odds most was {_mover(found, turn)} in {_week(found, turn)}."


def _decisive(found: Lookback) -> Table:
    scenario, orders = found.game.scenario, found.game.orders
    rows = [
        (
            period(scenario, turn, turn),
            percent(float(found.curve.shift[turn - 1])),
            _mover(found, turn),
            "; ".join(
                f"{_opens(found, player, orders[turn, player])} and "
                f"{_ANSWERS[orders[turn, player].standing]}"
                for player in found.game.setup.players
            ),
        )
        for turn in found.curve.decisive
    ]
    if not rows:
        rows = [("none", "", "no single turn moved the odds much", "")]
    seen = columns("turn", "moved the odds by", "the gravest act in it", "what you had ordered")
    return Table.of("decisive", f"Decisive turns ({NOTE})", seen, rows)


def _mover(found: Lookback, turn: int) -> str:
    """Name the gravest act of a turn and whose it was, or whose luck."""
    results, game = found.results, found.game
    acts = results.acts
    rows = np.flatnonzero(acts["turn"] == turn)
    row = int(rows[acts["realised"][rows].argmax()])
    actor = results.actors[int(acts["actor"][row])]
    label = find_action(game.scenario, actor, results.menus[actor][int(acts["action"][row])]).label
    mine = " (yours)" if actor in game.setup.players else ""
    rung = int(acts["realised"][row])
    slip = "; by bad luck it went further than meant" if acts["accidental"][row] else ""
    answer = ", an answer" if acts["link"][row] > 0 else ""
    return f'{game.scenario.actors[actor].name}{mine}: "{label}" (rung {rung}{answer}{slip})'


def _alternatives(found: Lookback) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            period(found.game.scenario, item.turn, item.turn).partition(":")[0],
            *_say(found, item),
            item.level,
            item.before,
            item.after,
            item.difference,
            item.difference.verdict,
        )
        for item in found.alternatives
    ]
    seen = columns(
        "turn",
        "what if",
        "instead of",
        "rung",
        ("before", "as you ordered", "brief"),
        ("after", "then", "brief"),
        ("difference", "points, 95% interval", "points"),
        ("verdict", ""),
    )
    levels = sorted({item.level for item in found.alternatives})
    rungs = f": {', '.join(f'{level} {RUNGS[level]}' for level in levels)}" if levels else ""
    style = found.game.setup.opponents
    against = (
        f", against the model and not against your {_STYLES[style]}" if style in STYLES else ""
    )
    name = (
        f"What if: the same luck in that turn, then futures in which the model leads every side"
        f"{against}; the share that reaches a rung not reached before, or worse{rungs} ({NOTE})"
    )
    return Table.of("what_if", name, seen, rows or [("none", "see below", *[""] * 6)])


def _place(found: Lookback) -> Table:
    peaks, peak = found.others.table["peak"], int(found.results.table["peak"][0])
    mine, total = outcome_of(peak), len(peaks)
    rows: list[dict[str, Cell]] = []
    for name, share in found.others.outcomes().items():
        said = f"{about(share)}; your game" if name == mine else about(share)
        rows.append({"outcome": name, "share": share, "said": said})
    for label, count in (
        (f"worse than yours (above rung {peak})", int((peaks > peak).sum())),
        (f"as far as yours (rung {peak})", int((peaks == peak).sum())),
        (f"less far than yours (below rung {peak})", int((peaks < peak).sum())),
    ):
        share = share_of(count, total)
        rows.append({"outcome": label, "share": share, "said": about(share)})
    low, high = np.percentile(found.others.table["acts"], (25, 75))
    acts = int(found.results.table["acts"][0])
    name = (
        f"Your game among {total:,} histories led by the model on all sides ({NOTE}). It had "
        f"{acts} acts; half of those have {low:.0f} to {high:.0f}"
    )
    return Table("place", name, columns("outcome", *SHARE, ("said", "in words")), tuple(rows))


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
