"""What a folder holds is told apart by its manifest, and one kind never replaces another."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from synthetic import make_results
from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.show import run_folder
from wargame.show.verify import verify
from wargame.store.folder import save_folder
from wargame.store.manifest import kind_in, kind_of

STARTED = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)
LESSON = {"digest": "x", "replications": 2, "seed": 1, "lesson": {"minutes": 50}}


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results(20, seed=4)


def save_run(results: Results, folder: Path, ended: str = "", force: bool = False) -> Path:
    run_folder.save(results, folder, command="wargame run x", started=STARTED, force=force)
    if ended:
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps({**manifest, "ended": ended}))
    return folder


def test_kinds_are_told_apart(results: Results, tmp_path: Path) -> None:
    assert kind_in(save_run(results, tmp_path / "r")) == "run"
    assert kind_in(save_folder(tmp_path / "l", {"index.html": "x"}, LESSON)) == "lesson"
    assert kind_in(save_folder(tmp_path / "s", {"a.csv": "x"}, {"kind": "sweep"})) == "sweep"
    assert kind_in(tmp_path) is None
    assert kind_of({"name": "a page", "icons": [], "start_url": "/"}) is None
    assert kind_of([]) is None


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (LESSON, "holds a lesson, and a run folder is wanted. Make one with wargame run"),
        ({"kind": "forecasts"}, "holds scored forecasts, and"),
    ],
)
def test_another_kind_is_no_run(manifest: dict[str, object], said: str, tmp_path: Path) -> None:
    folder = save_folder(tmp_path / "x", {"index.html": "x"}, manifest)
    with pytest.raises(RecordError, match=said):
        run_folder.load(folder)


def test_run_folders_inside_are_named_the_newest_first(results: Results, tmp_path: Path) -> None:
    for number in (3, 1, 6, 2, 5, 4):  # made in another order than they ended in
        save_run(results, tmp_path / f"x{number}", ended=f"2025-01-0{number}T00:00:00+00:00")
    save_folder(tmp_path / "lesson", {"index.html": "x"}, LESSON)
    for read in (run_folder.load, verify):
        with pytest.raises(RecordError, match="is not a run folder, but holds 6") as told:
            read(tmp_path)
        lines = str(told.value).splitlines()
        assert lines[1:] == [*(f"  {tmp_path / f'x{n}'}" for n in (6, 5, 4, 3, 2)), "  and 1 older"]


def test_a_run_folder_of_nearly_that_name_is_meant(results: Results, tmp_path: Path) -> None:
    folder = save_run(results, tmp_path / "week_three")
    with pytest.raises(RecordError, match="Did you mean 'week_three'"):
        run_folder.load(tmp_path / "week_tree")
    with pytest.raises(RecordError, match=r"is a file\. Give the run folder it belongs to"):
        run_folder.load(folder / "acts.csv")


def test_force_replaces_only_the_same_kind(results: Results, tmp_path: Path) -> None:
    run = save_run(results, tmp_path / "r")
    lesson = save_folder(tmp_path / "l", {"index.html": "x"}, LESSON)
    for force in (True, False):
        with pytest.raises(RecordError, match=r"holds a run, which is not replaced by a lesson"):
            save_folder(run, {"index.html": "x"}, LESSON, force=force)
        with pytest.raises(RecordError, match=r"holds a lesson, which is not replaced by a run"):
            save_run(results, lesson, force=force)
    assert run_folder.load(run).results.replications == 20
    assert (lesson / "index.html").read_text() == "x"
    save_folder(lesson, {"index.html": "y"}, LESSON, force=True)
    assert (lesson / "index.html").read_text() == "y"


def test_force_never_replaces_what_another_program_describes(
    results: Results, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (page / "manifest.json").write_text('{"name": "a page", "start_url": "/"}')
    with pytest.raises(RecordError, match="never replaced"):
        save_run(results, page, force=True)
    assert [path.name for path in page.iterdir()] == ["manifest.json"]
