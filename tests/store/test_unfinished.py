from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from synthetic import make_results
from wargame.errors import RecordError
from wargame.store import arrays
from wargame.store.unfinished import open_partial

PLAN = {"digest": "abc", "seed": 1, "replications": 60, "chunk": 20, "paths": (1, 2)}


def test_chunks_come_back_in_order(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    for first in (1_000_000, 40, 0):
        partial.save_chunk(replace(make_results(20, seed=first), first=first))
    again = open_partial(tmp_path / "run", PLAN, resume=True)
    chunks = list(again.load_chunks(make_results(1).scenario))
    assert [(chunk.first, chunk.seed) for chunk in chunks] == [(0, 0), (40, 40), (1_000_000,) * 2]
    assert again.load_chunk(40, make_results(1).scenario).seed == 40
    again.discard()
    assert list(tmp_path.iterdir()) == []


def test_without_resume_earlier_chunks_are_removed(tmp_path: Path) -> None:
    open_partial(tmp_path / "run", PLAN).save_chunk(make_results(20))
    fresh = open_partial(tmp_path / "run", {**PLAN, "seed": 2})
    assert list(fresh.load_chunks(make_results(1).scenario)) == []


def test_chunks_of_another_run_are_refused(tmp_path: Path) -> None:
    open_partial(tmp_path / "run", PLAN)
    with pytest.raises(RecordError, match="seed was 1, is now 2"):
        open_partial(tmp_path / "run", {**PLAN, "seed": 2}, resume=True)


def test_a_chunk_cut_short_is_left_out(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    for first in (0, 20):
        partial.save_chunk(replace(make_results(20), first=first))
    path = partial.folder / "chunk-000000000000.npz"
    path.write_bytes(path.read_bytes()[:-50])
    assert [chunk.first for chunk in partial.load_chunks(make_results(1).scenario)] == [20]
    assert not path.exists()


def test_a_chunk_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(results: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    partial = open_partial(tmp_path / "run", PLAN)
    monkeypatch.setattr(arrays, "write", fail)
    with pytest.raises(RecordError, match="--resume"):
        partial.save_chunk(make_results(20))
    assert [path.name for path in partial.folder.iterdir()] == ["plan.json"]


def test_what_was_half_written_is_removed_on_resuming(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    partial.save_chunk(make_results(20))
    (partial.folder / "saving").mkdir()
    (partial.folder / "saving" / "acts.csv").write_text("half")
    (partial.folder / "chunk-000000000020.tmp").write_text("half")
    open_partial(tmp_path / "run", PLAN, resume=True)
    names = sorted(path.name for path in partial.folder.iterdir())
    assert names == ["chunk-000000000000.npz", "plan.json"]


def test_a_damaged_plan_is_told(tmp_path: Path) -> None:
    partial = open_partial(tmp_path / "run", PLAN)
    (partial.folder / "plan.json").write_text("{")
    with pytest.raises(RecordError, match="not JSON"):
        open_partial(tmp_path / "run", PLAN, resume=True)
