from __future__ import annotations

import csv
import dataclasses
import datetime
import errno
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synthetic import make_results, make_scenario
from wargame.engine.results import Results
from wargame.errors import RecordError
from wargame.scenario import canonical
from wargame.show.run import run_folder, tables
from wargame.store import arrays, files
from wargame.store import folder as store_folder
from wargame.store.folder import claim, reopen
from wargame.store.manifest import seal

STARTED = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)


def save(results: Results, folder: Path, force: bool = False, **options: Any) -> Path:
    with claim(folder, "run", replace=force) as place:
        run_folder.save(results, place, command="wargame run x", started=STARTED, **options)
    return folder


def reseal(folder: Path, **changes: Any) -> None:
    """Change a manifest as somebody would who knows how it is sealed."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= changes
    whole = seal(manifest.pop("kind"), manifest, manifest.pop("files"))
    (folder / "manifest.json").write_text(json.dumps(whole))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def assert_same(one: Results, other: Results) -> None:
    for field in dataclasses.fields(Results):
        mine, yours = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, yours)
        elif field.name in ("table", "acts", "crises", "agreements", "parameters"):
            assert list(mine) == list(yours)
            for name in mine:
                np.testing.assert_array_equal(mine[name], yours[name])
                assert mine[name].dtype == yours[name].dtype
        else:
            assert mine == yours, field.name


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results(60, seed=4)


@pytest.fixture
def folder(results: Results, tmp_path: Path) -> Path:
    return save(results, tmp_path / "run")


@pytest.mark.parametrize("options", [{}, {"uncertainty": True}, {"acts_kept": 7}, {"acts_each": 0}])
def test_what_is_saved_is_what_is_loaded(options: dict[str, Any], tmp_path: Path) -> None:
    results = make_results(50, seed=9, **options)
    saved = run_folder.load(save(results, tmp_path / "deep" / "run"))
    assert_same(saved.results, results)
    assert saved.summary["digest"] == saved.manifest["digest"] == canonical.digest(results.scenario)
    assert (saved.folder / "parameters.csv").exists() == bool(results.parameters)


def test_the_same_results_give_the_same_bytes(results: Results, tmp_path: Path) -> None:
    one, other = save(results, tmp_path / "a"), save(make_results(60, seed=4), tmp_path / "b")
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        if name != "manifest.json":
            assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_lines_end_with_a_bare_newline(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        raw = path.read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")


def test_replications_table_is_readable(results: Results, folder: Path) -> None:
    rows = rows_of(folder / "replications.csv")
    assert len(rows) == results.replications
    for k, row in enumerate(rows):
        assert row["replication"] == str(k)
        assert row["peak"] == str(results.table["peak"][k])
        first = int(results.table["first_4"][k])
        assert row["first_4"] == (str(first) if first else "")
        assert (row["crosser_4"] == "nobody") == (first == 0)
    assert {row["crosser_4"] for row in rows} <= {*results.actors, "several", "nobody"}
    calm = {row["outcome"] for row in rows if int(row["peak"]) <= 3}
    assert calm == {"calm"}


def test_acts_table_has_ids_in_place_of_indices(results: Results, folder: Path) -> None:
    rows = rows_of(folder / "acts.csv")
    header = "replication turn link actor action target intended realised provoker perceived"
    assert " ".join(rows[0]).startswith(f"{header} accidental")
    assert len(rows) == len(results.acts["turn"])
    log = results.acts
    for index in range(0, len(rows), 7):
        row, actor = rows[index], results.actors[log["actor"][index]]
        assert row["actor"] == actor
        assert row["action"] == results.menus[actor][log["action"][index]]
        assert row["target"] == "+".join(
            sorted(results.scenario.actors[actor].actions[log["action"][index]].targets)
        )
        assert row["date"] == results.scenario.date_of(int(log["turn"][index])).isoformat()
        if log["provoker"][index] < 0:
            assert (row["provoker"], row["perceived"], row["trigger"]) == ("", "", "")
        else:
            assert row["provoker"] == results.actors[log["provoker"][index]]
            assert float(row["perceived"]) == pytest.approx(log["perceived"][index], abs=1e-4)
            assert int(row["trigger"]) == log["trigger"][index]


def test_turns_table_gives_shares_and_activity(results: Results, folder: Path) -> None:
    rows = rows_of(folder / "turns.csv")
    assert len(rows) == results.scenario.turns * 12
    last = next(row for row in rows if (row["turn"], row["rung"]) == ("12", "4"))
    assert float(last["reached"]) == pytest.approx((results.table["peak"] >= 4).mean())
    assert float(last["reached_low"]) < float(last["reached"]) < float(last["reached_high"])
    total = sum(float(row[f"acts_{actor}"]) for row in rows for actor in results.actors)
    assert total * results.replications == pytest.approx(results.table["acts"].sum())


def test_answers_table_gives_every_share_its_interval(results: Results, folder: Path) -> None:
    rows = rows_of(folder / "answers.csv")
    for row in rows:
        assert float(row["low"]) <= float(row["share"]) <= float(row["high"])
        trigger = int(row["trigger"]) + 2
        answer = -1 if row["answer"] == "none" else int(row["answer"]) + 2
        assert int(row["count"]) == results.answers[trigger, answer]
        assert int(row["met"]) == results.answers[trigger].sum()
    assert sum(int(row["count"]) for row in rows) == results.answers.sum()


def test_slices_join_to_the_same_table(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {name: "".join(write(results)) for name, write in tables.tables_of(results).items()}
    monkeypatch.setattr(tables, "SLICE", 7)
    for name, write in tables.tables_of(results).items():
        assert "".join(write(results)) == whole[name]


def test_text_that_reads_as_a_formula_is_guarded() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1"):
        assert tables.guard(text) == f"'{text}"
    assert tables.guard("PRK") == "PRK"
    assert tables.guard("") == ""


def test_negative_numbers_stay_numbers(folder: Path) -> None:
    assert {"-1", "-2"} & {row["intended"] for row in rows_of(folder / "acts.csv")}


def test_manifest_says_where_it_comes_from(results: Results, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["seed"] == results.seed
    assert manifest["replications"] == 60
    assert manifest["started"] == "2025-01-01T12:00:00+00:00"
    assert set(manifest["versions"]) >= {"python", "wargame", "numpy", "mesa", "platform"}
    assert set(manifest["files"]) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert manifest["rows"]["replications.csv"] == 60


def test_a_run_is_not_overwritten_unless_forced(results: Results, folder: Path) -> None:
    with pytest.raises(RecordError, match="«force»"):
        save(results, folder)
    save(make_results(20, seed=8), folder, force=True)
    assert run_folder.load(folder).results.replications == 20
    assert [path.name for path in folder.parent.iterdir()] == ["run"]


def test_force_never_replaces_what_is_not_a_run(results: Results, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("dear")
    with pytest.raises(RecordError, match=r"not of this program \(chapter\.txt\)"):
        save(results, tmp_path / "thesis", force=True)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "dear"
    with pytest.raises(RecordError, match="not a folder"):
        save(results, tmp_path / "thesis" / "chapter.txt", force=True)


def test_an_empty_folder_may_be_filled(results: Results, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run_folder.load(save(results, tmp_path / "empty")).results.seed == results.seed


@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "permission denied")]
)
def test_a_failed_write_leaves_nothing(
    code: int, said: str, results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(arrays, "write", fail)
    with pytest.raises(RecordError, match=said):
        save(results, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_leaves_nothing_and_an_earlier_run_stands(
    results: Results, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(arrays, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(make_results(20), folder, force=True)
    assert [path.name for path in folder.parent.iterdir()] == ["run"]
    assert run_folder.load(folder).results.replications == results.replications


def test_a_failed_rename_puts_the_earlier_run_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = os.rename

    def fail(old: Path, new: Path) -> None:
        if Path(old).name == "working":
            raise OSError(errno.EIO, "input/output error")
        honest(old, new)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(RecordError, match="the disk does not answer"):
        save(make_results(20), folder, force=True)
    assert run_folder.load(folder).results.replications == 60
    assert [path.name for path in folder.parent.iterdir()] == ["run"]


def test_what_is_read_back_is_compared(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = files.hash_of
    monkeypatch.setattr(
        store_folder, "hash_of", lambda path: "0" if path.name == "acts.csv" else honest(path)
    )
    with pytest.raises(RecordError, match=r"acts\.csv: what was read back"):
        save(results, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_extra_files_are_in_the_manifest(results: Results, tmp_path: Path) -> None:
    def draw(folder: Path) -> None:
        (folder / "figures").mkdir()
        (folder / "figures" / "a.svg").write_text("drawn")

    folder = save(results, tmp_path / "run")
    with reopen(folder) as place:
        assert place.add(draw) == [folder / "figures" / "a.svg"]
    assert "figures/a.svg" in run_folder.load(folder).manifest["files"]
    (folder / "figures" / "a.svg").write_text("drawn again")
    assert run_folder.load(folder).results.seed == results.seed


@pytest.mark.parametrize("name", ["acts.csv", "arrays.npz", "scenario.yaml", "summary.json"])
def test_a_missing_or_altered_file_is_named(name: str, folder: Path) -> None:
    path = folder / name
    raw = path.read_bytes()
    path.write_bytes(raw[:-10])
    with pytest.raises(RecordError, match=rf"{name}: was altered or cut short"):
        run_folder.load(folder)
    path.unlink()
    with pytest.raises(RecordError, match=rf"{name}: is missing"):
        run_folder.load(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "names no files"),
        ('{"files": {}}', "says nothing of"),
        ('{"format": 99, "digest": "", "files": {}, "replications": 1, "seed": 1}', "format 99"),
        ('{"format": 1, "digest": "", "files": {}, "replications": 1, "seed": 1}', "altered"),
    ],
)
def test_a_damaged_manifest_is_told(text: str, said: str, folder: Path) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(RecordError, match=said):
        run_folder.load(folder)


@pytest.mark.parametrize("key", ["digest", "seed"])
def test_a_manifest_of_another_run_is_told(key: str, folder: Path) -> None:
    reseal(folder, **{key: 77})
    with pytest.raises(RecordError, match=r"scenario\.yaml|another seed"):
        run_folder.load(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such run folder"):
        run_folder.load(tmp_path / "nowhere")


def test_arrays_of_another_scenario_are_refused(results: Results, tmp_path: Path) -> None:
    arrays.write(results, tmp_path / "a.npz")
    with pytest.raises(RecordError, match="do not fit"):
        arrays.read(tmp_path / "a.npz", make_scenario(turns=13))
    (tmp_path / "b.npz").write_bytes(b"not arrays")
    with pytest.raises(RecordError, match="cannot be read"):
        arrays.read(tmp_path / "b.npz", results.scenario)
    with pytest.raises(RecordError, match="no such file"):
        arrays.read(tmp_path / "c.npz", results.scenario)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answers": -1}, "below zero"),
        ({"joined": -1}, "below zero"),
        ({"turn_peak": 99}, "none of the scenario's"),
    ],
)
def test_counts_and_rungs_out_of_bounds_are_refused_when_read(results, change, said):
    ((name, value),) = change.items()
    column = getattr(results, name).copy()
    column.flat[0] = value
    parts = arrays.parts_of(dataclasses.replace(results, **{name: column}))
    with pytest.raises(ValueError, match=said):  # which the reader of a folder places
        arrays.results_of(*parts, results.scenario)
