"""Results for other tools: frames, datasets, Parquet."""

import datetime
import sys

import numpy as np
import pytest

import shared
from wargame.engine.results import AGREEMENT_ENDS, CRISIS_ENDS, REPLICATION_COLUMNS
from wargame.engine.results.frames import to_frame, to_xarray
from wargame.errors import MissingExtra, UnknownName
from wargame.store import parquet


@pytest.fixture(scope="module")
def results():
    return shared.results("western_sea", 300, seed=5, first=20, uncertainty=True)


def test_a_row_a_replication(results):
    frame = to_frame(results)
    assert list(frame.columns) == ["replication", "outcome", *REPLICATION_COLUMNS]
    assert frame["replication"].tolist() == list(range(20, 320))
    counts = {name: share.count for name, share in results.outcomes().items()}
    assert {k: v for k, v in frame["outcome"].value_counts().items() if v} == {
        k: v for k, v in counts.items() if v
    }
    never = results.table["first_5"] == 0
    assert 0 < never.sum() < 300
    assert frame["first_5"].isna().tolist() == never.tolist()
    assert frame["crosser_5"].isna().tolist() == never.tolist()
    several = results.table["crosser_4"] == len(results.actors)
    assert (frame["crosser_4"] == "several").tolist() == several.tolist()
    assert frame["deaths"].sum() == results.table["deaths"].sum()


def test_a_row_an_act(results):
    frame, log = to_frame(results, "acts"), results.acts
    assert len(frame) == len(log["turn"])
    for row in range(0, len(frame), 97):
        act, actor = frame.iloc[row], results.actors[log["actor"][row]]
        assert act["actor"] == actor
        assert act["action"] == results.menus[actor][log["action"][row]]
        day = results.scenario.date_of(int(log["turn"][row]))
        assert act["date"].date() == day
        opens = log["provoker"][row] < 0
        assert (act["provoker"] != act["provoker"]) == opens  # a missing value
        assert np.isnan(act["trigger"]) == np.isnan(act["perceived"]) == opens
        if not opens:
            assert act["provoker"] == results.actors[log["provoker"][row]]
            assert act["trigger"] == log["trigger"][row]


def test_a_row_a_turn_and_rung(results):
    frame = to_frame(results, "turns")
    assert len(frame) == results.scenario.turns * 12
    last = frame[(frame["turn"] == results.scenario.turns) & (frame["rung"] == 5)].iloc[0]
    assert last["reached"] == pytest.approx((results.table["peak"] >= 5).mean())
    assert last["reached_low"] < last["reached"] < last["reached_high"]
    assert frame["acts_PRK"].sum() * 300 == pytest.approx(results.activity[:, 1].sum())
    assert frame["date"].iloc[0].date() == results.scenario.start


def test_crises_and_parameters(results):
    crises = to_frame(results, "crises")
    assert crises["how"].tolist() == [CRISIS_ENDS[code] for code in results.crises["how"]]
    drawn = to_frame(results, "parameters")
    assert np.array_equal(drawn["actors.PRK.tempo"], results.parameters["actors.PRK.tempo"])


def test_a_row_an_agreement(results):
    frame, log = to_frame(results, "agreements"), results.agreements
    assert list(frame.columns) == list(log)
    assert len(frame) == results.table["agreements"].sum() > 5
    assert frame["how"].tolist() == [AGREEMENT_ENDS[code] for code in log["how"]]
    for name in ("one", "other"):
        assert frame[name].tolist() == [results.actors[code] for code in log[name]]
    broken = frame["how"] == "broken"
    assert frame["breaker"].notna().tolist() == broken.tolist()
    for name in ("replication", "made", "ended"):
        assert frame[name].tolist() == log[name].tolist()


def test_another_table_is_refused(results):
    with pytest.raises(UnknownName, match="Did you mean 'turns'"):
        to_frame(results, "turn")


def test_a_dataset(results):
    pytest.importorskip("xarray")
    data = to_xarray(results)
    assert dict(data.sizes)["replication"] == 300
    assert np.array_equal(data["turn_peak"].sel(turn=7), results.turn_peak[6])
    assert int(data["activity"].sel(actor="PRK", rung=3).sum()) == results.activity[:, 1, 5].sum()
    assert data["joined"].dims == ("actor", "ally")
    assert np.array_equal(data["joined_count"], results.table["joined"])
    assert int(data["answers"].sel(trigger=4, answer="none")) == results.answers[6, -1]
    assert data["date"].values[1] == np.datetime64(
        results.scenario.start + datetime.timedelta(days=results.scenario.turn_days)
    )
    assert np.array_equal(data["actors.PRK.tempo"], results.parameters["actors.PRK.tempo"])
    assert data.attrs["seed"] == 5


def write(results, folder):
    """Write every Parquet file of results; return their paths."""
    for name, (fill, _) in parquet.writers_of(results).items():
        fill(folder / name)
    return [folder / name for name in parquet.writers_of(results)]


def test_parquet_gives_back_what_was_written(results, tmp_path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    paths = write(results, tmp_path)
    assert [path.name for path in paths] == [
        f"{name}.parquet" for name in ("replications", "acts", "crises", "agreements", "parameters")
    ]
    for path in paths:
        back, made = pd.read_parquet(path), to_frame(results, path.stem)
        assert list(back.columns) == list(made.columns)
        for name in made.columns:
            assert back[name].isna().tolist() == made[name].isna().tolist(), name
            assert back[name].dropna().tolist() == made[name].dropna().tolist(), name
    again = tmp_path / "again"
    again.mkdir()
    for path, other in zip(paths, write(results, again), strict=True):
        assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("package", "extra", "call"),
    [("xarray", "xarray", to_xarray), ("pyarrow", "parquet", parquet.writers_of)],
)
def test_a_missing_extra_is_named(results, monkeypatch, package, extra, call):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"'{package}'.*pip install '\.\[{extra}\]'"):
        call(results)
