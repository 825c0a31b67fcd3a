"""The log of a game: what is acknowledged stays; what is not ours is refused."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wargame.classroom.play.game import Game
from wargame.classroom.play.log import GameLog, fold
from wargame.classroom.play.setup import describe, recall, set_up
from wargame.engine.policies import Order
from wargame.errors import RecordError, WargameError

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
    with pytest.raises(RecordError, match="a file stands where a folder is needed"):
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


def rewrite(log, place, **columns):
    """Change an event behind the program's back; return the closed log's path."""
    for column, value in columns.items():
        log._connection.execute(f"UPDATE event SET {column} = ? WHERE number = ?", (value, place))
    log.close()
    return log.path


DEEP = "[" * 200_000 + "]" * 200_000


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    "columns",
    [
        {"body": '{"turn": Infinity}'},
        {"body": '{"turn": 1e999}'},
        {"body": '{"turn": ' + "9" * 5000 + "}"},
        {"body": DEEP},
        {"body": '{"turn": ' + DEEP + "}"},
        {"body": "[]"},
        {"body": '"\\ud800"'},
        {"body": b"\x00\xff"},
        {"body": b"{}"},
        {"kind": b"order"},
        {"kind": "ordre"},
        {"kind": "\x1b[31m"},
        {"number": 7},
    ],
)
def test_an_event_that_nothing_of_ours_wrote_is_refused(log, number, columns):
    log.append(*order(1))
    path = rewrite(log, number, **columns)
    with pytest.raises(RecordError) as caught, GameLog.open(path) as again:
        fold(again)
    assert len(str(caught.value)) < 400
    assert caught.value.exit_code == 4


def test_a_missing_event_is_noticed(log):
    log.append_all([order(1), order(2)])
    log._connection.execute("DELETE FROM event WHERE number = 2")
    log.close()
    with pytest.raises(RecordError, match="event 2 is missing"):
        GameLog.open(log.path)


def test_a_second_order_for_a_turn_is_refused(log):
    log.append_all([order(1), order(1, "call_hotline")])
    with pytest.raises(RecordError, match="ROK has given its order for turn 1 already"):
        fold(log)


def test_other_tables_than_the_logs_are_refused(log):
    log._connection.execute("CREATE TRIGGER more AFTER INSERT ON event BEGIN SELECT 1; END")
    log.close()
    with pytest.raises(RecordError, match="is damaged"):
        GameLog.open(log.path)


def test_a_card_reaches_nobodys_terminal_as_a_command(log):
    log.append("card", {"turn": 1, "text": "fog\x1b[2J at\nsea\u202e"})
    assert fold(log).cards == ((1, "fog?[2J at sea?"),)


SETUPS = st.fixed_dictionaries(
    {},
    optional={
        "seed": st.integers() | st.booleans() | st.floats() | st.text(),
        "opponents": st.sampled_from(["model", "dove", "spiral", "hawk"]) | st.text() | st.none(),
        "players": st.lists(st.sampled_from(["ROK", "PRK", "rok", "XYZ", 3])) | st.text(),
        "hidden_end": st.booleans() | st.integers(),
        "name": st.text() | st.none(),
        "version": st.text() | st.integers(),
    },
)


@settings(max_examples=60, deadline=None)
@given(SETUPS)
def test_a_game_taken_up_keeps_the_rules_of_one_begun(change):
    """What `set_up` would refuse, a saved game does not bring in by another door."""
    body = {**describe(SETUP), **change}
    try:
        found = recall(body)
    except (KeyError, TypeError, ValueError, WargameError):
        return
    begun = set_up("first_steps", list(body["players"]), body["seed"], opponents=body["opponents"])
    assert (found.players, found.seed, found.opponents) == (
        begun.players,
        begun.seed,
        begun.opponents,
    )
    assert found.hidden_end is body["hidden_end"]
    assert found.name.isprintable()


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
