"""Verifying folders: what was altered is found, in files and in histories."""

import datetime
import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

from wargame.engine import ensemble
from wargame.errors import RecordError
from wargame.scenario import loader
from wargame.show.run import run_folder
from wargame.show.run.verify import compare_replication, verify
from wargame.store.folder import claim
from wargame.store.manifest import seal

STARTED = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def save_run(results, folder, **options):
    with claim(folder, "run") as place:
        run_folder.save(results, place, command="test", started=STARTED, **options)
    return folder


def change(folder, **changes):
    """Change a manifest as somebody would who knows how it is sealed."""
    manifest = json.loads((folder / "manifest.json").read_text()) | changes
    whole = seal(manifest.pop("kind"), manifest, manifest.pop("files"))
    (folder / "manifest.json").write_text(json.dumps(whole))


@pytest.fixture(scope="module")
def results():
    return ensemble.run(
        loader.load("western_sea", ["turns=42"]), 120, seed=7, uncertainty=True, acts_kept=60
    )


@pytest.fixture
def folder(results, tmp_path):
    return save_run(results, tmp_path / "run")


def test_a_sound_folder_is_sound(folder):
    found = verify(folder, sample=15)
    assert found.sound
    assert found.kind == "run"
    assert len(found.sample) == len(set(found.sample)) == 15
    assert found.files == len(json.loads((folder / "manifest.json").read_text())["files"])
    assert found.versions == {}


def test_the_sample_is_spread_and_can_be_the_whole(folder):
    assert verify(folder, sample=0).sample == ()
    assert len(verify(folder, sample=1000).sample) == 120
    chosen = verify(folder, sample=10).sample
    assert max(chosen) > 60
    assert verify(folder, sample=10, seed=2).sample != chosen


@pytest.mark.parametrize("name", ["acts.csv", "arrays.npz", "scenario.yaml", "summary.json"])
def test_an_altered_file_is_found(folder, name):
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    found = verify(folder)
    assert [(item.where, "altered" in item.what) for item in found.mismatches] == [(name, True)]
    assert found.sample == ()


def test_every_fault_is_named(folder):
    (folder / "acts.csv").unlink()
    (folder / "turns.csv").write_text("nothing")
    assert {item.where for item in verify(folder).mismatches} == {"acts.csv", "turns.csv"}


def test_a_manifest_cannot_point_outside(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    change(folder, files={**manifest["files"], "../elsewhere": "0" * 64})
    (found,) = verify(folder).mismatches
    assert (found.where, found.what) == ("../elsewhere", "lies outside the folder")


def test_histories_that_were_made_up_are_found(results, tmp_path):
    """The hashes of a forged folder are right; only simulating again shows it."""
    peak = results.table["peak"].copy()
    peak[:] = 8
    forged = replace(results, table={**results.table, "peak": peak})
    folder = save_run(forged, tmp_path / "forged")
    found = verify(folder, sample=4)
    assert not found.sound
    assert {item.where for item in found.mismatches} == {f"history {n}" for n in found.sample}
    assert "peak is 8, simulated again" in found.mismatches[0].what


def renew_hash(folder, name):
    """Give a file of a folder the hash it has now."""
    manifest = json.loads((folder / "manifest.json").read_text())
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    change(folder, files={**manifest["files"], name: digest})


@pytest.mark.parametrize(
    "name",
    ["outcomes.csv", "replications.csv", "turns.csv", "acts.csv", "answers.csv", "crises.csv",
     "parameters.csv", "summary.json"],
)  # fmt: skip
def test_a_changed_table_is_found_though_its_hash_was_renewed(folder, name):
    path = folder / name
    text = path.read_text()
    place = max(text.rindex(digit) for digit in "0123456789" if digit in text)
    path.write_text(f"{text[:place]}{9 - int(text[place])}{text[place + 1 :]}")
    renew_hash(folder, name)
    run_folder.load(folder)  # by hashes alone it seems whole
    assert [(m.where, m.what) for m in verify(folder, sample=2).mismatches] == [
        (name, "is not what arrays.npz gives")
    ]


def test_changed_parquet_is_found_though_its_hash_was_renewed(results, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    folder = save_run(results, tmp_path / "run", table_format="parquet")
    assert verify(folder, sample=2).sound
    for name, column in (
        ("replications.parquet", "deaths"),
        ("acts.parquet", "realised"),
        ("crises.parquet", "ended"),
        ("agreements.parquet", "ended"),
        ("parameters.parquet", "actors.PRK.tempo"),
    ):
        before = (folder / name).read_bytes()
        frame = pd.read_parquet(folder / name)
        frame.to_parquet(folder / name, index=False)  # other bytes, the same values
        renew_hash(folder, name)
        assert verify(folder, sample=0).sound
        frame.loc[len(frame) // 2, column] += 1
        frame.to_parquet(folder / name, index=False)
        renew_hash(folder, name)
        assert [m.where for m in verify(folder, sample=0).mismatches] == [name]
        (folder / name).write_bytes(b"PAR1")
        renew_hash(folder, name)
        assert [m.where for m in verify(folder, sample=0).mismatches] == [name]
        (folder / name).write_bytes(before)
        renew_hash(folder, name)


def altered(mapping, name, change):
    column = mapping[name].copy()
    change(column)
    return {**mapping, name: column}


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("turn", lambda r: replace(r, turn_peak=np.where(r.turn_peak > 2, 2, r.turn_peak))),
        ("acts", lambda r: replace(r, acts=altered(r.acts, "action", lambda c: c.fill(0)))),
        ("acts", lambda r: replace(r, acts={k: v[:-1] for k, v in r.acts.items()})),
        ("crises", lambda r: replace(r, crises=altered(r.crises, "how", lambda c: c.fill(3)))),
        ("agreements", lambda r: replace(
            r, agreements=altered(r.agreements, "ended", lambda c: c.fill(1))
        )),
    ],
)  # fmt: skip
def test_every_part_of_a_history_is_compared(results, what, make):
    forged = make(results)
    assert all(not compare_replication(results, number) for number in range(0, 60, 6))
    wrong = [text for number in range(60) for text in compare_replication(forged, number)]
    assert any(what in text for text in wrong)


def test_a_part_of_an_ensemble_is_compared_by_its_numbers(results):
    part = ensemble.run(results.scenario, 10, seed=7, uncertainty=True, first=100)
    assert compare_replication(part, 104) == []


def test_another_kind_of_folder_is_held_to_its_hashes(tmp_path):
    folder = tmp_path / "s"
    with claim(folder, "sweep") as place:
        place.save({"sweep.csv": "a\n"}, {})
    found = verify(folder)
    assert (found.kind, found.sound, found.sample, found.files) == ("sweep", True, (), 1)
    (folder / "sweep.csv").write_text("b\n")
    assert not verify(folder).sound


def test_another_version_is_told(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    change(folder, versions={**manifest["versions"], "numpy": "1.0"})
    assert verify(folder, sample=1).versions["numpy"] == ("1.0", np.__version__)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "is missing"),
        ("{", "is not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "names no"),
    ],
)
def test_no_manifest(tmp_path, text, message):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(RecordError, match=message):
        verify(tmp_path)
    with pytest.raises(RecordError, match="no such folder"):
        verify(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "changes", [{"kind": "lesson"}, {"command": "another"}, {"plan": {"seed": 9}}, {"ended": ""}]
)
def test_a_changed_manifest_is_found(folder, changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    found = verify(folder, sample=1)
    assert ("manifest.json", "was altered (its own sha256 is another)") in {
        (item.where, item.what) for item in found.mismatches
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "lesson"}, "calls a run 'lesson'"),
        ({"acts_kept": 7}, "says acts_kept 7, the run has 60"),
        ({"plan": {"seed": 9}}, "says plan.seed 9, the run has 7"),
    ],
)
def test_a_manifest_sealed_anew_is_held_to_the_arrays(folder, changes, said):
    change(folder, **changes)
    assert said in {item.what for item in verify(folder, sample=1).mismatches}


@pytest.mark.parametrize("name", ["joined", "activity", "answers"])
def test_changed_counts_are_found_though_all_was_made_to_fit(results, tmp_path, name):
    counts = getattr(results, name).copy()
    counts.flat[0] += 1
    counts.flat[np.flatnonzero(counts)[-1]] -= 1  # so that even the sum is right
    folder = save_run(replace(results, **{name: counts}), tmp_path / "forged")
    found = verify(folder, sample=1)
    assert found.counted
    assert f"{name} is not what all histories simulated again give" in {
        item.what for item in found.mismatches if item.where == "arrays.npz"
    }


def test_counts_of_a_large_run_are_held_to_their_sums(results, tmp_path, monkeypatch):
    monkeypatch.setattr("wargame.show.run.verify.WHOLE", 100)
    assert verify(save_run(results, tmp_path / "sound"), sample=1).sound
    joined = results.joined.copy()
    joined.flat[0] += 1
    found = verify(save_run(replace(results, joined=joined), tmp_path / "forged"), sample=1)
    assert not found.counted
    assert "joined does not add up to what its histories have" in {m.what for m in found.mismatches}
