"""The log of a game: what is acknowledged stays; what is not ours is refused."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from wargame.classroom.play.game import Game
from wargame.classroom.play.log import GameLog, fold
from wargame.classroom.play.setup import set_up
from wargame.engine.policies import Order
from wargame.errors import RecordError

SETUP = set_up("first_steps", ["ROK"], 7, opponents="dove", hidden_end=True)


def order(turn, opening="hold", standing="match", actor="ROK"):
    return "order", {"turn": turn, "actor": actor, "opening": opening, "standing": standing}


@pytest.fixture
def log(tmp_path):
    with GameLog.create(tmp_path / "deep" / "a.game", SETUP) as made:
        yield made


def test_a_game_comes_back_as_it_was(log):
    log.append("ready", {"actor": "ROK", "tries": 3, "skipped": False})
    log.append_all([order(1, "call_hotline", "one_lower"), order(1, actor="PRK")])
    log.append(*order(2))
    log.close()
    with GameLog.open(log.path) as again:
        found = fold(again)
    assert found.game == Game(
        SETUP,
        {
            (1, "ROK"): Order("call_hotline", "one_lower"),
            (1, "PRK"): Order("hold", "match"),
            (2, "ROK"): Order("hold", "match"),
        },
    )
    assert found.ready == {"ROK"}
    assert not (log.path.parent / "a.game-wal").exists()  # one file is all there is


def test_a_copy_of_the_file_alone_is_the_game_so_far(log, tmp_path):
    log.append_all([order(1), order(2)])
    copy = tmp_path / "copy.game"
    copy.write_bytes(log.path.read_bytes())
    with GameLog.open(copy) as again:
        assert len(fold(again).game.orders) == 2


def test_undo_takes_the_facilitators_cards_back_too(log):
    log.append_all([order(1), ("card", {"turn": 2, "text": "Fgo"}), ("undo", {"turn": 2})])
    assert fold(log).cards == ()
    assert set(fold(log).game.orders) == {(1, "ROK")}


def test_undo_is_an_event_and_nothing_is_lost(log):
    log.append_all([order(1), order(2), ("undo", {"turn": 2})])
    assert fold(log).game.orders == {(1, "ROK"): Order("hold", "match")}
    log.append(*order(2, "call_hotline"))
    assert fold(log).game.orders == {
        (1, "ROK"): Order("hold", "match"),
        (2, "ROK"): Order("call_hotline", "match"),
    }
    assert [event.kind for event in log.events] == ["setup", "order", "order", "undo", "order"]


def test_every_commit_reaches_the_disk(log):
    connection = log._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_file_that_is_there_is_never_replaced(log):
    before = log.path.read_bytes()
    with pytest.raises(RecordError, match=r"is there already.*«resume»"):
        GameLog.create(log.path, SETUP)
    assert log.path.read_bytes() == before


def test_two_programs_cannot_go_on_with_one_game(log):
    with GameLog.open(log.path) as other:
        other.append(*order(1))
        with pytest.raises(RecordError, match="another program has gone on"):
            log.append(*order(1, "call_hotline"))
    assert len(log.events) == 1


@pytest.mark.parametrize("content", [b"", b"no database at all, only words " * 40])
def test_a_file_that_is_no_game_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "x.game"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="log of a game"):
        GameLog.open(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (number)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="is not the log of a game"):
        GameLog.open(path)
    assert path.read_bytes() == before


def test_a_missing_game_is_told(tmp_path):
    with pytest.raises(RecordError, match="there is no such game"):
        GameLog.open(tmp_path / "none.game")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError, match="cannot be"):
        GameLog.create(tmp_path / "file" / "a.game", SETUP)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        order(1, "no_such_action"),
        order(0),
        order(1, standing="shout"),
        ("order", {"turn": 1}),
        ("ready", {}),
        ("undo", {"turn": "soon"}),
    ],
)
def test_an_event_that_does_not_fit_is_named(log, kind, body):
    log.append(*order(1))
    log.append(kind, body)
    with pytest.raises(RecordError, match="event 3 cannot be read"):
        fold(log)


@pytest.mark.parametrize(
    "change",
    [
        {"players": []},
        {"players": ["XYZ"]},
        {"digest": "0" * 64},
        {"scenario": "format: 1"},
        {"seed": "many"},
    ],
)
def test_a_setup_that_was_changed_is_refused(log, change):
    body = {**log.events[0].body, **change}
    log._connection.execute("UPDATE event SET body = ? WHERE number = 1", (json.dumps(body),))
    log.close()
    with (
        GameLog.open(log.path) as again,
        pytest.raises(RecordError, match="event 1 cannot be read"),
    ):
        fold(again)


KILLED = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from wargame.classroom.play.log import GameLog
    with GameLog.open(Path(sys.argv[1])) as log:
        turn = sum(event.kind == "odds" for event in log.events)
        while True:
            turn += 1
            log.append("odds", {"turn": turn, "actor": "ROK"})
            print(turn, flush=True)
    """
)


def test_kill_9_loses_nothing_that_was_acknowledged(log):
    log.close()
    acknowledged = 0
    for round_ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(log.path)], stdout=subprocess.PIPE, text=True
        )
        with process:
            for _ in range(5 + 13 * round_):
                process.stdout.readline()
            os.kill(process.pid, signal.SIGKILL)
            rest = process.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else acknowledged + 5 + 13 * round_
        with GameLog.open(log.path) as again:
            turns = [event.body["turn"] for event in again.events[1:]]
        assert turns == list(range(1, len(turns) + 1))
        assert len(turns) >= acknowledged
        acknowledged = len(turns)
    assert acknowledged > 50
