"""Chunks on disk: kept, taken up, told apart, put together in memory or on the disk."""

import shutil
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wargame.analysis.estimates.precision import describe_rule, simulate_to_precision
from wargame.engine import ensemble
from wargame.engine.ensemble import chunks
from wargame.errors import RecordError
from wargame.scenario import loader
from wargame.store import arrays, unfinished
from wargame.store.folder import claim
from wargame.store.unfinished import Campaign, open_unfinished


@pytest.fixture(scope="module")
def scenario():
    return loader.load("first_steps")


PLAN = {"digest": "abc", "seed": 1, "replications": 60, "chunk": 20, "paths": (1, 2)}


@contextmanager
def opened(folder, plan=PLAN, resume=False):
    with claim(folder, "run") as place:
        yield open_unfinished(place, plan, resume=resume)


def keep(unfinished, number, value=0):
    unfinished.save(number, {"told": value}, {"column": np.full(3, value)})


def whole(scenario, uncertainty=False, kept=150):
    sharing = 20 if uncertainty else 1
    return chunks.Chunk(scenario, 3, 0, 400, uncertainty, kept, sharing=sharing)


def expected(scenario, uncertainty=False, kept=150):
    sharing = 20 if uncertainty else 1
    return ensemble.run(
        scenario, 400, 3, uncertainty=uncertainty, acts_kept=kept, sharing=sharing, chunk=90
    )


def assert_equal(one, other):
    for field in fields(one):
        mine, yours = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, yours)
            assert mine.dtype == yours.dtype
        elif isinstance(mine, Mapping) and field.name != "menus":
            assert list(mine) == list(yours)
            for name in mine:
                np.testing.assert_array_equal(mine[name], yours[name])
                assert mine[name].dtype == yours[name].dtype, name
        else:
            assert mine == yours, field.name


@pytest.mark.parametrize("uncertainty", [False, True])
@pytest.mark.parametrize("kept", [0, 150, 400])
@pytest.mark.parametrize("in_memory", [0, arrays.LARGE])
def test_a_campaign_gives_what_a_run_gives(
    scenario, tmp_path: Path, uncertainty, kept, in_memory
) -> None:
    with opened(tmp_path / "run") as unfinished:
        campaign = Campaign(whole(scenario, uncertainty, kept), 90, unfinished, in_memory=in_memory)
        counts = campaign.simulate(0, 400)
        results = campaign.gather()
        assert counts == results.outcome_counts()
        assert_equal(results, expected(scenario, uncertainty, kept))
        assert (unfinished.folder / "spool").exists() == (in_memory == 0)
    assert not (unfinished.folder / "spool").exists()


def test_results_on_the_disk_are_written_with_the_same_bytes(scenario, tmp_path: Path) -> None:
    with opened(tmp_path / "x") as unfinished:
        campaign = Campaign(whole(scenario, True), 90, unfinished, in_memory=0)
        campaign.simulate(0, 400)
        arrays.write(campaign.gather(), tmp_path / "disk.npz")
    arrays.write(expected(scenario, True), tmp_path / "memory.npz")
    assert (tmp_path / "disk.npz").read_bytes() == (tmp_path / "memory.npz").read_bytes()


@pytest.mark.parametrize("uncertainty", [False, True])
def test_an_archive_may_be_left_on_the_disk(scenario, tmp_path: Path, uncertainty) -> None:
    results = expected(scenario, uncertainty)
    arrays.write(results, tmp_path / "a.npz")
    mapped = arrays.read(tmp_path / "a.npz", scenario, mapped=True)
    assert_equal(mapped, results)
    assert not mapped.table["deaths"].flags.owndata
    (tmp_path / "a.npz").write_bytes((tmp_path / "a.npz").read_bytes()[:-200])
    with pytest.raises(RecordError, match="cut short"):
        arrays.read(tmp_path / "a.npz", scenario, mapped=True)


@pytest.mark.parametrize("in_memory", [0, arrays.LARGE])
def test_only_what_is_missing_is_simulated(scenario, tmp_path: Path, in_memory) -> None:
    with opened(tmp_path / "x") as unfinished:
        Campaign(whole(scenario), 90, unfinished).simulate(0, 400)
    (unfinished.folder / "chunk-000000000090.npz").unlink()
    (unfinished.folder / "chunk-000000000270.npz").write_bytes(b"PK half")
    told = []
    with opened(tmp_path / "x", resume=True) as unfinished:
        again = Campaign(
            whole(scenario),
            90,
            unfinished,
            on_progress=lambda done, total: told.append(done),
            in_memory=in_memory,
        )
        assert again.take_up() == 400 - 2 * 90
        again.simulate(0, 400)
        assert told[0] == (400 - 2 * 90) * scenario.turns
        assert_equal(again.gather(), expected(scenario))


def test_a_chunk_that_vanishes_is_told(scenario, tmp_path: Path) -> None:
    with opened(tmp_path / "x") as unfinished:
        campaign = Campaign(whole(scenario), 90, unfinished, in_memory=0)
        campaign.simulate(0, 400)
        (unfinished.folder / "chunk-000000000090.npz").unlink()
        with pytest.raises(RecordError, match="no such file"):
            campaign.gather()


def test_chunks_come_back_in_order(tmp_path: Path) -> None:
    with opened(tmp_path / "run") as unfinished:
        for number in (1_000_000, 40, 0):
            keep(unfinished, number, number)
    with opened(tmp_path / "run", resume=True) as unfinished:
        assert [(n, about["told"]) for n, about, _ in unfinished.load_sound()] == [
            (0, 0), (40, 40), (1_000_000,) * 2
        ]  # fmt: skip
        assert unfinished.load(40)[1]["column"].tolist() == [40] * 3


def test_chunks_go_once_the_folder_is_there(tmp_path: Path) -> None:
    with claim(tmp_path / "run", "run") as place:
        keep(open_unfinished(place, PLAN), 0)
        place.save({"a": "a"}, {})
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_without_resume_earlier_chunks_are_removed(tmp_path: Path) -> None:
    with opened(tmp_path / "run") as unfinished:
        keep(unfinished, 0)
    with opened(tmp_path / "run", {**PLAN, "seed": 2}) as unfinished:
        assert unfinished.numbers() == []


def test_chunks_of_another_run_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "run") as unfinished:
        keep(unfinished, 0)
    with (
        pytest.raises(RecordError, match="seed was 1, is now 2"),
        opened(tmp_path / "run", {**PLAN, "seed": 2}, resume=True),
    ):
        pass
    assert unfinished.numbers() == [0]


def test_a_chunk_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arrays, "pack", fail)
    with opened(tmp_path / "run") as unfinished:
        with pytest.raises(RecordError, match="the disk is full"):
            keep(unfinished, 0)
        names = sorted(path.name for path in unfinished.folder.iterdir())
        assert names == ["plan.json", "wargame.lock"]


def test_what_was_half_written_is_removed_by_the_next(tmp_path: Path) -> None:
    with opened(tmp_path / "run") as unfinished:
        keep(unfinished, 0)
    for name in ("working", "spool"):
        (unfinished.folder / name).mkdir()
        (unfinished.folder / name / "acts.csv").write_text("half")
    (unfinished.folder / "chunk-000000000020.tmp").write_text("half")
    with opened(tmp_path / "run", resume=True):
        names = sorted(path.name for path in unfinished.folder.iterdir())
    assert names == ["chunk-000000000000.npz", "plan.json", "wargame.lock"]


def test_a_damaged_plan_is_told(tmp_path: Path) -> None:
    with opened(tmp_path / "run") as unfinished:
        keep(unfinished, 0)
    (unfinished.folder / "plan.json").write_text("{")
    with (
        pytest.raises(RecordError, match=r"plan\.json:1:2: is not JSON"),
        opened(tmp_path / "run", resume=True),
    ):
        pass


def test_the_size_of_results_is_foreseen(scenario) -> None:
    for uncertainty in (False, True):  # drawn numbers are not held
        results = expected(scenario, uncertainty, kept=0)
        held = [results.turn_peak, *results.table.values()]
        held += [*results.crises.values(), *results.agreements.values()]
        real = sum(column.nbytes for column in held) / results.replications
        assert real <= unfinished.bytes_each(scenario) < real + 40


def test_batches_go_on_until_every_share_is_known() -> None:
    asked = []

    def simulate(first, count):
        asked.append((first, count))
        return {"calm": count // 2, "war": count - count // 2}

    assert simulate_to_precision(simulate, 0.05, 100) == (400, True)
    assert asked == [(0, 100), (100, 100), (200, 100), (300, 100)]


def test_it_stops_somewhere_and_says_so() -> None:
    def simulate(first, count):
        return {"calm": count // 2, "war": count - count // 2}

    assert simulate_to_precision(simulate, 0.001, 100, most=350) == (300, False)
    assert simulate_to_precision(simulate, 0.001, 100, most=50) == (100, False)
    assert "at most 3,000,000" in describe_rule(0.001, 3_000_000)


@pytest.mark.parametrize("from_here", [False, True])
@given(data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_chunk_that_changed_places_is_always_told(tmp_path, from_here, data):
    """Of the same run or of another that differs in one thing: no piece is taken for another."""
    place = tmp_path / data.draw(st.uuids()).hex
    other = data.draw(st.sampled_from([{"seed": 2}, {"digest": "b"}, {"chunk": 30}, {"more": 1}]))
    for name, plan in (("a", PLAN), ("b", PLAN | other)):
        with opened(place / name, plan) as unfinished:
            for number in (0, 20, 40):
                keep(unfinished, number, number)
    source, target = data.draw(st.permutations((0, 20, 40)).map(lambda order: order[:2]))
    if not from_here:
        target = source
    name = "chunk-{:012d}.npz".format
    taken = place / ("a.partial" if from_here else "b.partial") / name(source)
    shutil.copy(taken, place / "a.partial" / name(target))
    with opened(place / "a", resume=True) as unfinished:
        with pytest.raises(RecordError, match="is a chunk of another run, or of another part"):
            list(unfinished.load_sound())
        with pytest.raises(RecordError, match="is a chunk of another run, or of another part"):
            unfinished.load(target)


def test_without_a_chunk_nothing_is_left(tmp_path: Path) -> None:
    with opened(tmp_path / "run"):
        pass
    assert list(tmp_path.iterdir()) == []
