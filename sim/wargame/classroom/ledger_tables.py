"""The perception ledger in tables and sentences."""

from __future__ import annotations

from wargame.analysis.wording import about, percent, span
from wargame.classroom.history import History
from wargame.classroom.ledger import Ledger, Readings
from wargame.classroom.narrative import day
from wargame.engine.results import NOTE, Share
from wargame.scenario.schema import RUNGS
from wargame.scenario.section import Section

__all__ = ["document", "history_section", "sections", "sentence"]


def sentence(ledger: Ledger) -> str:
    """Say what the misreadings came to."""
    decisive = ledger.decisive
    reached = f"rung {decisive.level} ({RUNGS[decisive.level].split(' (')[0]}) or above"
    if not decisive.histories:
        return f"No history kept reached {reached}."
    text = f"Of the {decisive.histories:,} histories that reached {reached}, "
    above = decisive.readings.above
    if above is None:
        return text + "none did so by an answer that was meant."
    text += (
        f"{about(decisive.answer)} did so by an answer that was meant; that answer followed an act "
        f"perceived above what it was in {about(above)}."
    )
    if decisive.milder is not None:
        text += (
            " Had each of these acts been read for exactly what it was, with the same draws, the "
            f"answer would have stayed below rung {decisive.level} in {about(decisive.milder)}."
        )
    return text


def sections(ledger: Ledger) -> tuple[str, list[Section]]:
    """Return a title and the tables of a ledger."""
    results, decisive = ledger.results, ledger.decisive
    names = {actor: item.name for actor, item in results.scenario.actors.items()}
    headers = ("who answered", "answers", "read as graver", "as what it was", "as milder")
    rows = [_row(names[actor], readings) for actor, readings in ledger.by_actor.items()]
    rows += [
        _row("all answers", ledger.whole),
        _row(f"the answer that first reached rung {decisive.level}", decisive.readings),
    ]
    readings = Section(
        "readings",
        f"How the act that was answered had been read ({NOTE})",
        headers,
        tuple(rows),
    )
    first = Section(
        "decisive",
        f"What first took a history to rung {decisive.level} or above: "
        f"{decisive.histories:,} histories",
        ("what", "share", "95% interval"),
        tuple(
            (what, *_cells(share))
            for what, share in (
                ("an opening", decisive.opening),
                ("an accident: it was meant lower", decisive.slip),
                ("an answer that was meant", decisive.answer),
                ("... and that would have been lower, read rightly", decisive.milder),
            )
            if decisive.histories and share is not None
        ),
    )
    title = f"{sentence(ledger)}\n({results.scenario.title}: {results.acts_kept:,} histories)"
    return title, [readings, first]


def history_section(history: History) -> Section:
    """Return truth against belief in one history: a row for each act that somebody took up."""
    names = {actor: item.name for actor, item in history.scenario.actors.items()}
    rows = tuple(
        (
            day(history.scenario.date_of(met.turn)),
            names[met.provoker],
            str(met.trigger),
            names[met.actor],
            f"{met.perceived:.1f}",
            {1: "graver", 0: "right", -1: "milder"}[(met.misread > 0) - (met.misread < 0)],
            "yes" if met.answers else "no",
        )
        for met in history.meetings
    )
    return Section(
        "history",
        f"History {history.number}: truth and belief, act by act ({NOTE})",
        ("turn of", "who acted", "rung", "who met it", "read as", "that is", "answered"),
        rows,
    )


def document(ledger: Ledger) -> dict[str, object]:
    """Return a ledger as plain data."""
    decisive = ledger.decisive
    return {
        "histories": ledger.results.acts_kept,
        "readings": {
            actor: _plain_readings(readings)
            for actor, readings in {**ledger.by_actor, "all": ledger.whole}.items()
        },
        "decisive": {
            "level": decisive.level,
            "histories": decisive.histories,
            "opening": _plain(decisive.opening),
            "accident": _plain(decisive.slip),
            "answer": _plain(decisive.answer),
            "readings": _plain_readings(decisive.readings),
            "lower_if_read_rightly": _plain(decisive.milder),
        },
        "sentence": sentence(ledger),
        "note": NOTE,
    }


def _row(name: str, readings: Readings) -> tuple[str, ...]:
    shares = (readings.above, readings.right, readings.below)
    return (name, f"{readings.total:,}", *(_share(share) for share in shares))


def _share(share: Share | None) -> str:
    if share is None:
        return "-"
    return f"{percent(share.share)} ({span(share.low, share.high)})"


def _cells(share: Share) -> tuple[str, str]:
    return percent(share.share), span(share.low, share.high)


def _plain_readings(readings: Readings) -> dict[str, object]:
    return {
        "answers": readings.total,
        "above": _plain(readings.above),
        "right": _plain(readings.right),
        "below": _plain(readings.below),
    }


def _plain(share: Share | None) -> dict[str, float | int] | None:
    if share is None:
        return None
    return {"count": share.count, "share": share.share, "low": share.low, "high": share.high}
