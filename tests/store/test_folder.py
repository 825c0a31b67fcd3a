"""What is at a place, whose it is, and how a folder gets there whole or not at all."""

import errno
import json
import os
import subprocess
import sys

import pytest

from places import save
from wargame.errors import RecordError
from wargame.store import folder as folders
from wargame.store import ownership
from wargame.store.folder import claim, recover, reopen
from wargame.store.manifest import kind_in, kind_of
from wargame.store.ownership import look


def tree(place):
    """Return all that is below a place: path -> bytes, target of a link, or None for a folder."""
    return {
        str(path.relative_to(place)): os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(place.rglob("*"))
        if path.name != "wargame.lock"
    }


def test_kinds_are_told_apart(tmp_path):
    assert kind_in(save(tmp_path / "s", "sweep", a="x")) == "sweep"
    assert kind_in(save(tmp_path / "l", "lesson", a="x")) == "lesson"
    assert kind_in(tmp_path) is None
    assert kind_of({"name": "a page", "icons": [], "start_url": "/"}) is None
    assert kind_of({"name": "an extension", "format": 2, "files": ["src/a.js"]}) is None
    assert kind_of([]) is None


def test_what_is_ours_is_what_the_manifest_lists(tmp_path):
    place = save(tmp_path / "s", a="x", figures__b="y")
    assert look(place) == ownership.Found("sweep", ())
    (place / ".DS_Store").write_text("a file manager's")
    assert look(place).foreign == ()
    (place / "essays").mkdir()
    (place / "essays" / "one.md").write_text("dear")
    (place / "figures" / "mine.png").write_text("dear")
    (place / "link").symlink_to(tmp_path)
    assert look(place).foreign == ("essays/", "figures/mine.png", "link/")


@pytest.mark.parametrize(
    "change", [{"kind": "run"}, {"command": "other"}, {"files": {"a": "0", "thesis.md": "0"}}]
)
def test_a_manifest_that_was_changed_makes_nothing_ours(tmp_path, change):
    place = save(tmp_path / "s", a="x")
    (place / "thesis.md").write_text("dear")
    manifest = json.loads((place / "manifest.json").read_text())
    (place / "manifest.json").write_text(json.dumps(manifest | change))
    assert "thesis.md" in look(place).foreign
    with pytest.raises(RecordError, match="none of it is touched"):
        save(place, replace=True, a="y")


def test_force_replaces_only_the_same_kind(tmp_path):
    place = save(tmp_path / "s", "sweep", a="x")
    for force in (True, False):
        with pytest.raises(RecordError, match="holds a sweep, which is not replaced by a lesson"):
            save(place, "lesson", force, a="y")
    with pytest.raises(RecordError, match="Add «force»"):
        save(place, "sweep", a="y")
    save(place, "sweep", True, b="y")
    assert sorted(path.name for path in place.iterdir()) == ["b", "manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_an_empty_folder_is_filled_and_parents_are_made(tmp_path):
    (tmp_path / "empty").mkdir()
    assert (save(tmp_path / "empty", a="x") / "a").read_text() == "x"
    assert (save(tmp_path / "deep" / "er" / "s", a="x") / "a").read_text() == "x"


def test_what_fails_leaves_nothing(tmp_path):
    with pytest.raises(KeyError), claim(tmp_path / "deep" / "s", "sweep"):
        raise KeyError
    with pytest.raises(RecordError, match="the disk is full"), claim(tmp_path / "s", "sweep") as it:
        it.save({"a": "a", "b": fail_with(errno.ENOSPC)}, {})
    assert list(tmp_path.iterdir()) == []


def fail_with(code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full. Free some space"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.ENOENT, "moved or removed"),
        (errno.EBUSY, "busy"),
    ],
)
def test_each_cause_has_its_sentence_and_cleaning_up_does_not_raise(
    tmp_path, monkeypatch, code, said
):
    monkeypatch.setattr(folders, "fill", fail_with(code))
    monkeypatch.setattr(folders.shutil, "rmtree", fail_with(errno.EROFS))
    with pytest.raises(RecordError, match=f"(?i){said}"):
        save(tmp_path / "s", a="x")


def test_files_that_come_while_we_work_are_kept(tmp_path):
    with claim(tmp_path / "s", "sweep") as place:
        (tmp_path / "s").mkdir()
        (tmp_path / "s" / "essay.md").write_text("dear")
        with pytest.raises(RecordError, match=r"not of this program \(essay\.md\)"):
            place.save({"a": "x"}, {})
    assert tree(tmp_path) == {"s": None, "s/essay.md": b"dear"}


@pytest.mark.parametrize(
    "make",
    [
        lambda p: (p.mkdir(), (p / "essay.md").write_text("dear")),
        lambda p: (p.mkdir(), (p / "wargame.lock").touch(), (p / "essay.md").write_text("dear")),
        lambda p: (p.mkdir(), (p / "plan.json").write_text("{}")),
        lambda p: p.write_text("dear"),
        lambda p: p.symlink_to("elsewhere"),
    ],
)
def test_a_strangers_partial_is_not_touched(tmp_path, make):
    make(tmp_path / "notes.partial")
    before = tree(tmp_path)
    with pytest.raises(RecordError, match="its name is needed"):
        save(tmp_path / "notes", a="x")
    assert tree(tmp_path) == before


def test_two_do_not_write_at_once(tmp_path):
    with claim(tmp_path / "s", "sweep") as first:
        with pytest.raises(RecordError, match="another command is writing there"):
            save(tmp_path / "s", a="x")
        first.save({"a": "first"}, {})
    assert (tmp_path / "s" / "a").read_text() == "first"
    save(tmp_path / "s", replace=True, a="second")


HOLD = """
import sys, time
from pathlib import Path
from wargame.store.folder import claim
with claim(Path(sys.argv[1]), "sweep"):
    print("held", flush=True)
    time.sleep(600)
"""


def test_whoever_is_killed_lets_go(tmp_path):
    words = [sys.executable, "-c", HOLD, str(tmp_path / "s")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(RecordError, match="another command is writing there"):
            save(tmp_path / "s", a="x")
        process.kill()
    save(tmp_path / "s", a="x")
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


class Killed(BaseException):
    """The program ends here; nothing that it would still do is done."""


@pytest.fixture
def killed(tmp_path, monkeypatch):
    """Return a place where a sweep was being replaced when the program was killed."""
    place = save(tmp_path / "s", a="earlier")
    honest = os.rename

    def rename(old, new):
        if os.path.basename(old) == "working":
            raise Killed
        honest(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        patch.setattr(folders.Claim, "_release", lambda claim: claim._lock.close())
        with pytest.raises(Killed):
            save(place, replace=True, a="later")
    assert not place.exists()
    return place


def test_an_earlier_folder_is_put_back_by_who_reads(killed):
    assert "killed while it replaced this" in recover(killed)
    assert recover(killed) == ""
    assert (killed / "a").read_text() == "earlier"
    assert [path.name for path in killed.parent.iterdir()] == ["s"]


def test_an_earlier_folder_is_put_back_by_who_writes(killed):
    with pytest.raises(RecordError, match=r"(?s)killed while it replaced this.*holds a sweep"):
        save(killed, a="x")
    assert (killed / "a").read_text() == "earlier"
    save(killed, replace=True, a="later")
    assert (killed / "a").read_text() == "later"
    assert [path.name for path in killed.parent.iterdir()] == ["s"]


def test_what_took_its_place_meanwhile_is_not_touched(killed):
    killed.mkdir()
    (killed / "essay.md").write_text("dear")
    before = tree(killed.parent)
    with pytest.raises(RecordError, match="none of it is touched"):
        save(killed, replace=True, a="x")
    assert tree(killed.parent) == before


def draw(*names, text="new"):
    def made(folder):
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)

    return made


def test_figures_are_added_and_listed(tmp_path):
    place = save(tmp_path / "s", a="x")
    for text in ("one", "two"):
        with reopen(place) as there:
            assert there.add(draw("figures/f.svg", text=text)) == [place / "figures" / "f.svg"]
        assert (place / "figures" / "f.svg").read_text() == text
        assert look(place) == ownership.Found("sweep", ())
    with pytest.raises(RecordError, match="Add «force»"), reopen(place) as there:
        there.add(draw("figures/f.svg", text="three"), replace=False)
    assert (place / "figures" / "f.svg").read_text() == "two"


def test_figures_may_begin_a_folder_of_their_own(tmp_path):
    with reopen(tmp_path / "f", "figures") as there:
        there.add(draw("f.svg"))
    with reopen(tmp_path / "f", "figures") as there:
        there.add(draw("g.svg"), replace=False)
    assert look(tmp_path / "f") == ownership.Found("figures", ())
    assert sorted(p.name for p in (tmp_path / "f").iterdir()) == ["f.svg", "g.svg", "manifest.json"]


def test_nothing_is_written_through_a_link_or_over_a_file_not_ours(tmp_path):
    place = save(tmp_path / "s", a="x")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "f.svg").write_text("dear")
    (place / "figures").symlink_to(tmp_path / "mine")
    before = tree(tmp_path)
    with pytest.raises(RecordError, match="nothing is written through it"), reopen(place) as there:
        there.add(draw("figures/f.svg"))
    assert tree(tmp_path) == before
    (place / "figures").unlink()
    (place / "figures").mkdir()
    (place / "figures" / "f.svg").write_text("dear")
    with pytest.raises(RecordError, match="not of this program and in the way"), reopen(place) as t:
        t.add(draw("figures/f.svg"))
    assert (place / "figures" / "f.svg").read_text() == "dear"


def test_a_drawing_that_fails_leaves_the_folder_whole(tmp_path):
    place = save(tmp_path / "s", a="x")
    before = tree(tmp_path)
    with pytest.raises(ZeroDivisionError), reopen(place) as there:
        there.add(lambda folder: 1 / 0)
    assert tree(tmp_path) == before
