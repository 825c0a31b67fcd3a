"""Where compiled laws are kept, when they are made anew, and what is said of it."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from wargame.engine import compiled
from wargame.engine.ensemble import snapshots
from wargame.engine.ensemble.chunks import Chunk, run_chunk
from wargame.scenario.loader import load

PACKAGE = Path(find_spec("wargame").origin).parent

ASK = """
import json
import numpy as np
from wargame.engine.compiled import COMPILED, keeping_place
from wargame.engine.rules.choosing import choose_each
from wargame.engine.rules.tension import strengthened
laws = (choose_each, strengthened)
print(json.dumps({
    "picks": choose_each(np.zeros((3, 1)), np.ones(3, bool), 0.9).tolist(),
    "tension": strengthened(0.5, 0.5, 0.9, 5),
    "compiled": COMPILED,
    "place": str(keeping_place()),
    "taken": sum(sum(law.stats.cache_hits.values()) for law in laws) if COMPILED else None,
    "made": sum(sum(law.stats.cache_misses.values()) for law in laws) if COMPILED else None,
}))
"""
RIGHT = {"picks": [2], "tension": 0.75}

needs_numba = pytest.mark.skipif(not compiled.COMPILED, reason="nothing compiles the laws here")


@pytest.fixture
def engine(tmp_path):
    """A copy of the package, fresh from the wheel: nothing compiled yet; its engine's folder."""
    shutil.copytree(PACKAGE, tmp_path / "wargame", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "wargame" / "engine"


def ask(engine, before="", **environment):
    """Call two laws of a copy of the package in an interpreter of its own."""
    known = {name: text for name, text in os.environ.items() if not name.startswith("NUMBA")}
    place = engine.parents[1]
    known |= {"XDG_CACHE_HOME": str(place / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{before}\n{ASK}"],
        cwd=place, env={**known, "PYTHONPATH": str(place), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return told, (told.pop("taken"), told.pop("made")), {name: told[name] for name in RIGHT}


@pytest.mark.slow
@needs_numba
def test_laws_are_kept_and_made_anew_when_any_of_them_changes(engine):
    told, counts, found = ask(engine)
    assert (counts, found) == ((0, 2), RIGHT)
    assert told["place"] == str(engine / "__pycache__")
    assert ask(engine)[1:] == ((2, 0), RIGHT)
    # a law in another file, that neither calls
    other = engine / "rules" / "acting.py"
    other.write_text(other.read_text() + "\n# changed\n")
    assert ask(engine)[1:] == ((0, 2), RIGHT)
    # a law that one of them calls, in a file of the same length and time
    called, stamp = engine / "rules" / "choosing.py", os.stat(engine / "rules" / "choosing.py")
    text = called.read_text()
    assert text.count("> u * total") == 1
    called.write_text(text.replace("> u * total", "> 0 * total"))
    os.utime(called, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert ask(engine)[1:] == ((0, 2), RIGHT | {"picks": [0]})
    assert ask(engine)[1:] == ((2, 0), RIGHT | {"picks": [0]})


@pytest.mark.slow
@needs_numba
def test_where_the_package_cannot_be_written_the_users_folder_is_used(engine):
    (engine / "__pycache__").write_text("")  # a file: no folder can be made or written here
    cache = engine.parents[1] / "cache"
    told, counts, found = ask(engine)
    assert (counts, found) == ((0, 2), RIGHT)
    assert Path(told["place"]).parent == cache / "wargame"
    assert any(cache.rglob("*.nbc"))
    assert ask(engine)[1:] == ((2, 0), RIGHT)


@pytest.mark.slow
@needs_numba
def test_where_nothing_can_be_written_laws_are_compiled_each_time(engine):
    (engine / "__pycache__").write_text("")
    (engine.parents[1] / "cache").write_text("")
    for _ in range(2):
        told, counts, found = ask(engine)
        assert found == RIGHT
        assert (told["place"], counts[0], told["compiled"]) == ("None", 0, True)


@needs_numba
def test_a_folder_that_is_asked_for_is_used(engine, tmp_path):
    told, _, found = ask(engine, NUMBA_CACHE_DIR=str(tmp_path / "mine"))
    assert (told["place"], found) == (str(tmp_path / "mine"), RIGHT)
    assert any((tmp_path / "mine").glob("*.nbc"))


@pytest.mark.parametrize("before", ["import sys; sys.modules['numba'] = None", ""])
def test_without_numba_laws_are_plain_functions(engine, before):
    more = {} if before else {"NUMBA_DISABLE_JIT": "1"}
    told, counts, found = ask(engine, before, **more)
    assert (told["compiled"], counts, found) == (False, (None, None), RIGHT)
    assert not list(engine.rglob("*.nb?"))


def test_every_file_of_the_engine_is_in_the_digest(engine, monkeypatch):
    monkeypatch.setattr(compiled, "_FOLDER", engine)
    digest = compiled.digest_of_laws.__wrapped__
    seen = {digest()}
    assert seen == {digest()}
    for path in sorted(engine.rglob("*.py")):
        path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        before = len(seen)
        seen.add(digest())
        assert len(seen) == before + 1, path


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """Nothing is told, noted or kept yet."""
    monkeypatch.setattr(compiled, "_told", set())
    monkeypatch.setattr(compiled, "_noted", set())
    monkeypatch.setattr(compiled, "keeping_place", lambda: tmp_path)


@needs_numba
def test_compiling_is_told_once_for_a_form_until_it_is_kept(fresh, monkeypatch, caplog):
    caplog.set_level("INFO", "wargame")
    for form in ("10", "10", "20"):
        compiled.tell_of_compiling(form)
    assert [record.getMessage() for record in caplog.records] == [
        "compiling the rules for this machine, once: it can take a minute"
    ] * 2
    compiled.note_compiled("10")
    caplog.clear()
    monkeypatch.setattr(compiled, "_told", set())
    for form in ("10", "20"):
        compiled.tell_of_compiling(form)
    assert len(caplog.records) == 1
    monkeypatch.setattr(compiled, "_told", set())
    monkeypatch.setattr(compiled, "digest_of_laws", lambda: "another" * 5)
    compiled.tell_of_compiling("10")
    assert len(caplog.records) == 2


def test_only_who_has_played_whole_histories_says_that_laws_are_compiled(monkeypatch):
    noted = []
    monkeypatch.setattr(compiled, "note_compiled", noted.append)
    chunk = Chunk(load("first_steps"), 1, 0, 1)
    snapshots.offers(chunk)
    snapshots.take_snapshot(chunk, 2)
    assert not noted
    run_chunk(chunk)
    run_chunk(chunk, observer=lambda model: None)
    one, asked = noted
    assert asked == f"{one}-asked"


def test_a_user_without_a_home_keeps_nothing_where_he_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(compiled, "_FOLDER", tmp_path / "gone" / "file")
    (tmp_path / "gone").write_text("no folder")
    for name in ("XDG_CACHE_HOME", "NUMBA_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(compiled.os.path, "expanduser", lambda path: path)
    assert compiled.keeping_place.__wrapped__() is None
    assert [path.name for path in tmp_path.iterdir()] == ["gone"]


def test_that_nothing_compiles_is_told_once(fresh, monkeypatch, caplog):
    monkeypatch.setattr(compiled, "COMPILED", False)
    for form in ("10", "10"):
        compiled.tell_of_compiling(form)
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert "uncompiled" in record.getMessage()


def test_records_hold_nothing_at_first_and_may_be_written():
    made = compiled.records(compiled.np.dtype([("one", "i8"), ("many", "f8", (3,))]), 2)
    assert made.tobytes() == bytes(made.nbytes)
    made[1]["many"][2] = 1.5
    assert made["many"].tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 1.5]]
