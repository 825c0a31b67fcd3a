"""Whatever ails a drawing, what was computed is told and kept."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from calls import wargame
from wargame.show.figure import files
from wargame.show.sheets import pdf

FULL = OSError(errno.ENOSPC, "No space left on device")
FAULTS = {"full disk": FULL, "font": RuntimeError("odd")}
COMMANDS = {
    "run": "run first_steps -n 20 -o out",
    "compare": "compare first_steps --variant read_as_meant -n 20 -o out",
    "sweep": "sweep first_steps --over actors.PRK.tempo=0.1,0.2 -n 10 -o out",
    "ledger": "ledger kept --run 1",
    "odds": "odds kept --run 1 --curve -n 10 --every 8",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawing")
    result = wargame("run", "first_steps", "-n", 20, "--no-plots", "-o", "kept", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_failed_drawing_is_a_note_and_all_else_is_whole(
    name: str, fault: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FAULTS[fault]

    (tmp_path / "kept").symlink_to(kept / "kept")
    place = kept if "kept" in COMMANDS[name] else tmp_path
    with monkeypatch.context() as broken:
        broken.setattr(files, "_draw", fail)
        result = wargame(*COMMANDS[name].split(), cwd=place)
    assert result.returncode == 0, result.stderr
    assert len(result.stdout) > 100
    assert result.stderr.count("could be drawn") == 1
    folder = place / ("kept" if place == kept else "out")
    told = wargame("verify", folder, cwd=place)
    assert told.returncode == 0, told.stdout + told.stderr
    if name == "run":
        assert "wargame report out" in result.stderr
        assert wargame("report", "out", cwd=tmp_path).returncode == 0
        assert (tmp_path / "out" / "figures" / "outcomes.png").is_file()


def test_without_pdf_the_pages_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("cannot be set")

    monkeypatch.setattr(pdf, "write_pdf", fail)
    result = wargame("lesson", "first_steps", "-n", 100, "-o", "lesson", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "not all could be drawn (cannot be set)" in result.stderr
    assert (tmp_path / "lesson" / "index.html").is_file()
    assert (tmp_path / "lesson" / "figures" / "outcomes.svg").is_file()
    assert not list(tmp_path.rglob("*.pdf"))
    assert wargame("verify", "lesson", cwd=tmp_path).returncode == 0


def test_boxes_are_told_once_with_their_place(tmp_path: Path) -> None:
    words = ("run", "first_steps", "-n", 20, "-o", "out", "--set", "title=To the 🌕")
    result = wargame(*words, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("🌕") == 1
    assert "title (🌕)" in result.stderr
