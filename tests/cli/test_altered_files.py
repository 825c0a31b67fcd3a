"""Files that are not scenarios, altered: refused by place and cause, never a fault of ours."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls import wargame
from wargame.classroom.play.log import GameLog
from wargame.errors import RecordError
from wargame.store.reader import MOST_DEPTH, parse_json, read_bytes, read_json

BAD = {
    "deep": "[" * 200_000 + "]" * 200_000,
    "deeper than is read": "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1),
    "infinite": '{"a": Infinity}',
    "beyond a float": "1e999",
    "not a number": "NaN",
    "5,000 digits": "9" * 5000,
    "beyond 64 bits": str(2**64),
    "half a character": '"\\ud800"',
    "no JSON": "{",
    "nothing": "",
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_program_of_ours_wrote_is_refused_in_a_sentence(tmp_path, name):
    (tmp_path / "x.json").write_text(BAD[name], "utf-8")
    with pytest.raises(RecordError) as caught:
        read_json(tmp_path / "x.json")
    assert str(caught.value).startswith(f"{tmp_path / 'x.json'}:")
    assert len(str(caught.value)) < len(str(tmp_path)) + 150


def test_what_the_program_writes_is_read():
    document = {"a": [1, -(2**63), 2**64 - 1, 0.5, None, True, "한\U0001f600"]}
    assert parse_json(json.dumps(document), "x") == document


@pytest.mark.parametrize("name", ["n" * 5000, "a\0b", "loop", "folder", "none"])
def test_names_that_lead_nowhere_are_told(tmp_path, name):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RecordError, match="cannot be read"):
        read_bytes(tmp_path / name)


def test_a_file_is_not_read_beyond_its_bound(tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 11)
    assert len(read_bytes(tmp_path / "x", 11)) == 11
    with pytest.raises(RecordError, match="larger than 10 bytes"):
        read_bytes(tmp_path / "x", 10)


PIECES = (b"\x00", b"9" * 400, b"-1", b"1e999", b"Infinity", b"null", b"[]", b"{}", b'"', b"\xff")
PIECES += (b"[" * 3000, b"n" * 5000, b"../../x", b"\x1b[31m", "\u202e".encode(), b",", b"\n")


@st.composite
def cuts(draw):
    """Return a function that alters bytes at a few places."""
    steps = draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.sampled_from(PIECES))))

    def alter(raw):
        for share, length, piece in steps or [(0.5, 3, b"")]:
            at = int(share * len(raw))
            raw = raw[:at] + piece + raw[at + length :]
        return raw

    return alter


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """A run folder, a saved game, a class's forecasts and a file of parameters, all sound."""
    folder = tmp_path_factory.mktemp("originals")
    done = wargame("run", "first_steps", "-n", "20", "--no-plots", "--out", "run", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "orders.txt").write_text("hold match\n", "utf-8")
    play = ("play", "first_steps", "--as", "ROK", "--turns", "2", "--seed", "1")
    wargame(*play, "--save", "a.game", "--orders", "orders.txt", cwd=folder)
    head = "student,calm,friction,clash,lethal clash,major strikes,war"
    (folder / "class.csv").write_text(f"{head}\nKim,100,0,0,0,0,0\n", "utf-8")
    (folder / "fitted.yaml").write_text("actors.ROK.tempo: 0.2\n", "utf-8")
    return folder


CALLS = {
    "run/manifest.json": ("verify", "run"),
    "run/summary.json": ("report", "run"),
    "run/arrays.npz": ("ledger", "run", "-q"),
    "a.game": ("play", "--resume", "--save", "a.game"),
    "class.csv": ("score", "class.csv", "--results", "run"),
    "fitted.yaml": ("show", "first_steps", "--params", "fitted.yaml"),
}


@pytest.mark.parametrize("file", CALLS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(alter=cuts())
def test_an_altered_file_is_no_fault_of_the_program(originals, tmp_path, file, alter):
    place = tmp_path / "place"
    shutil.copytree(originals, place)
    raw = (place / file).read_bytes()
    (place / file).write_bytes(alter(raw))
    done = wargame(*CALLS[file], cwd=place)
    shutil.rmtree(place)
    assert "internal error" not in done.stderr
    assert done.returncode in (0, 2, 3, 4), done.stderr
    assert "\x1b" not in done.stderr


def test_no_byte_of_a_saved_game_that_is_no_text_is_a_fault_of_the_program(originals, tmp_path):
    """SQLite gives names and its own words in the bytes that it finds."""
    raw, path = (originals / "a.game").read_bytes(), tmp_path / "b.game"
    last = raw.index(b"CREATE TABLE") + 400
    told = 0
    for at in range(last - 600, last):
        path.write_bytes(raw[:at] + b"\xff" + raw[at:])
        try:
            GameLog.open(path).close()
        except RecordError:
            told += 1
        for rest in tmp_path.glob("b.game-*"):
            rest.unlink()
    assert told > 100
