"""The perception ledger in tables and sentences."""

from __future__ import annotations

from wargame.classroom.explanation.ledger import Ledger, Readings
from wargame.classroom.history.history import History
from wargame.engine.results import NOTE, Results
from wargame.findings import Cell, Estimate, Table, columns, share_of
from wargame.scenario.ladder import name_rung
from wargame.show.chances import FEW
from wargame.show.names import day
from wargame.show.percentages import percent, span
from wargame.show.table import record_of

_TOO_FEW = "These are too few to say more."


def sentence(ledger: Ledger) -> str:
    """Say what the misreadings came to: each share with what it is a share of."""
    decisive = ledger.decisive
    level, histories = decisive.level, decisive.histories
    reached = f"rung {level} ({name_rung(level)}) or above"
    if not histories:
        return f"No history kept reached {reached}."
    text = f"Of the {_number(histories, 'history', 'histories')} that reached {reached}, "
    above, milder = decisive.readings.above, decisive.milder
    if above is None or milder is None:
        return f"{text}none did so by an answer that was meant."
    answers = decisive.answer.count
    text += (
        f"{_said(decisive.answer)} did so by an answer that was meant; in "
        f"{_said(share_of(above.count, histories))} the decisive answer followed an act perceived "
        f"above what it was. That is {_said(above, 'answer', 'answers')}. Had each act been read "
        "for exactly what it was, with the same draws, "
        f"{_said(milder, 'answer', 'answers')} would have stayed below rung {level}."
    )
    if milder.count > above.count:
        text += (
            " That is more, for perceptions are counted by the nearest rung: an act at rung 5 "
            "perceived as 5.4 counts as perceived for what it was, and yet the 0.4 may decide."
        )
    return text if answers >= FEW else f"{text} {_TOO_FEW}"


def ledger_tables(ledger: Ledger) -> tuple[str, list[Table]]:
    """Return a title and the tables of a ledger."""
    results, decisive = ledger.results, ledger.decisive
    names = {actor: item.name for actor, item in results.scenario.actors.items()}
    rows = [_row(names[actor], readings) for actor, readings in ledger.by_actor.items()]
    rows += [
        _row("all answers", ledger.whole),
        _row(f"the answer that first reached rung {decisive.level}", decisive.readings),
    ]
    readings = Table(
        "readings",
        f"How the act that was answered had been read, to the nearest rung ({NOTE})",
        columns(
            ("who", "who answered"),
            "answers",
            ("above", "read as graver"),
            ("right", "as what it was"),
            ("below", "as milder"),
        ),
        tuple(rows),
    )
    these = f"of these {_number(decisive.answer.count, 'answer', 'answers')}: "
    first = Table.of(
        "decisive",
        f"What first took a history to rung {decisive.level} or above: "
        f"{_number(decisive.histories, 'history', 'histories')}",
        columns("what", "how many", "share", "95% interval"),
        (
            (what, *_cells(share))
            for what, share in (
                ("an opening", decisive.opening),
                ("an accident: it was meant lower", decisive.slip),
                ("an answer that was meant", decisive.answer),
                (f"{these}to an act read as graver", decisive.readings.above),
                (f"{these}lower, had the act been read exactly", decisive.milder),
            )
            if decisive.histories and share is not None
        ),
    )
    return f"{sentence(ledger)}\n({results.scenario.title}: {_base(results)})", [readings, first]


def _base(results: Results) -> str:
    """Say of how many histories the ledger is, and of how many the run is."""
    kept, whole = results.acts_kept, results.replications
    if kept >= whole:
        return _number(whole, "history", "histories")
    return (
        f"the run has {_number(whole, 'history', 'histories')}, and only the first {kept:,} kept "
        f"their acts, so all this is about them; a run told to keep {whole} keeps those of all"
    )


def history_table(history: History) -> Table:
    """Return truth against belief in one history: a row for each act that somebody took up."""
    names = {actor: item.name for actor, item in history.scenario.actors.items()}
    rows = [
        (
            day(history.scenario.date_of(met.turn)),
            names[met.provoker],
            int(met.trigger),
            names[met.actor],
            float(met.perceived),
            {1: "graver", 0: "right", -1: "milder"}[(met.misread > 0) - (met.misread < 0)],
            bool(met.answers),
        )
        for met in history.meetings
    ]
    return Table.of(
        "history",
        f"History {history.number}: truth and belief, act by act ({NOTE})",
        columns(
            "turn of",
            "who acted",
            "rung",
            "who met it",
            ("read as", "read as", ".1f"),
            "that is",
            "answered",
        ),
        rows,
    )


def document(ledger: Ledger) -> dict[str, object]:
    """Return a ledger as plain data."""
    decisive = ledger.decisive
    return {
        "histories": min(ledger.results.acts_kept, ledger.results.replications),
        "histories_of_the_run": ledger.results.replications,
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


def _row(name: str, readings: Readings) -> dict[str, Cell]:
    return {
        "who": name,
        "answers": readings.total,
        "above": readings.above,
        "right": readings.right,
        "below": readings.below,
    }


def _said(share: Estimate, one: str = "", many: str = "") -> str:
    """Say a share by its count, of how many if named, with its interval if there are enough."""
    of = f" of {'these ' if share.n > 1 else ''}{_number(share.n, one, many)}"
    text = f"{share.count:,}{of if one else ''}"
    if share.n < FEW:
        return text
    return f"{text} ({percent(share.value)}, {span(share.low, share.high)})"


def _number(count: float, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _cells(share: Estimate) -> tuple[str, str, str]:
    many = f"{share.count:,} of {share.n:,}"
    if share.n < FEW:
        return many, "-", "too few to say more"
    return many, percent(share.value), span(share.low, share.high)


def _plain_readings(readings: Readings) -> dict[str, object]:
    return {
        "answers": readings.total,
        "above": _plain(readings.above),
        "right": _plain(readings.right),
        "below": _plain(readings.below),
    }


def _plain(share: Estimate | None) -> dict[str, float] | None:
    return None if share is None else record_of(share)
