"""One file, whole or not at all."""

import errno
import os

import pytest

from wargame.errors import RecordError
from wargame.store import files
from wargame.store.files import write_file


def fail_with(code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_written_and_replaced_only_when_asked(tmp_path):
    write_file(tmp_path / "a", "one\n")
    with pytest.raises(RecordError, match="Add «force»"):
        write_file(tmp_path / "a", "two\n")
    assert (tmp_path / "a").read_bytes() == b"one\n"
    write_file(tmp_path / "a", b"two\n", replace=True)
    assert (tmp_path / "a").read_bytes() == b"two\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nothing_is_written_through_a_link(tmp_path):
    (tmp_path / "thesis").write_text("dear")
    (tmp_path / "link").symlink_to("thesis")
    (tmp_path / "dangling").symlink_to("nowhere")
    for name in ("link", "dangling"):
        with pytest.raises(RecordError, match="is there already"):
            write_file(tmp_path / name, "x")
        write_file(tmp_path / name, "x", replace=True)
        assert not (tmp_path / name).is_symlink()
    assert (tmp_path / "thesis").read_text() == "dear"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "is a folder"),
        ("/", "is a folder"),
        (os.devnull, "no ordinary file"),
        ("no/such/a", "there is no folder"),
        ("x" * 255 + "y", "the name is too long"),
    ],
)
def test_what_is_no_place_for_a_file_is_said(tmp_path, place, said):
    for replace in (False, True):
        with pytest.raises(RecordError, match=said):
            write_file(tmp_path / place, "x", replace=replace)
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_full_length_is_written(tmp_path):
    assert write_file(tmp_path / ("x" * 255), "x").read_text() == "x"


def test_a_disk_without_hard_links_will_do(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    write_file(tmp_path / "a", "one")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_who_comes_between_is_not_overwritten(tmp_path, monkeypatch):
    honest = files.fill

    def slow(path, content):
        (tmp_path / "a").write_text("dear")
        return honest(path, content)

    monkeypatch.setattr(files, "fill", slow)
    with pytest.raises(RecordError, match="is there already"):
        write_file(tmp_path / "a", "x")
    assert (tmp_path / "a").read_text() == "dear"


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EIO])
def test_cleaning_up_does_not_hide_what_went_wrong(tmp_path, monkeypatch, code):
    monkeypatch.setattr(files, "fill", fail_with(code))
    monkeypatch.setattr(files.Path, "unlink", fail_with(errno.EROFS))
    with pytest.raises(RecordError, match=files._CAUSES[code].partition(".")[0]):
        write_file(tmp_path / "a", "x")
