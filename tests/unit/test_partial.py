from __future__ import annotations

from pathlib import Path

import pytest

from unit.synthetic import make_results
from wargame.analysis import archive
from wargame.analysis.partial import open_partial
from wargame.errors import RecordError

PLAN = {"digest": "abc", "seed": 1, "replications": 60, "chunk": 20, "paths": (1, 2)}


def test_chunks_come_back_in_order(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    for index in (2, 0):
        partial.save_chunk(index, make_results(20, seed=index))
    again = open_partial(tmp_path / "run", PLAN, resume=True)
    chunks = list(again.load_chunks(make_results(1).scenario))
    assert [(index, chunk.seed) for index, chunk in chunks] == [(0, 0), (2, 2)]
    again.discard()
    assert list(tmp_path.iterdir()) == []


def test_without_resume_earlier_chunks_are_removed(tmp_path: Path) -> None:
    open_partial(tmp_path / "run", PLAN).save_chunk(0, make_results(20))
    fresh = open_partial(tmp_path / "run", {**PLAN, "seed": 2})
    assert list(fresh.load_chunks(make_results(1).scenario)) == []


def test_chunks_of_another_run_are_refused(tmp_path: Path) -> None:
    open_partial(tmp_path / "run", PLAN)
    with pytest.raises(RecordError, match="seed was 1, is now 2"):
        open_partial(tmp_path / "run", {**PLAN, "seed": 2}, resume=True)


def test_a_chunk_cut_short_is_left_out(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    for index in (0, 1):
        partial.save_chunk(index, make_results(20))
    path = partial.folder / "chunk-000000.npz"
    path.write_bytes(path.read_bytes()[:-50])
    assert [index for index, _ in partial.load_chunks(make_results(1).scenario)] == [1]


def test_a_chunk_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(results: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    partial = open_partial(tmp_path / "run", PLAN)
    monkeypatch.setattr(archive, "write", fail)
    with pytest.raises(RecordError, match="--resume"):
        partial.save_chunk(0, make_results(20))
    assert [path.name for path in partial.folder.iterdir()] == ["plan.json"]


def test_a_damaged_plan_is_told(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    (partial.folder / "plan.json").write_text("{")
    with pytest.raises(RecordError, match="not JSON"):
        open_partial(tmp_path / "run", PLAN, resume=True)
