from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from synthetic import make_results, make_scenario
from wargame.analysis.estimates import annual_rates, answering, statistics
from wargame.engine.results import NOTE, Results
from wargame.show.run.summary import summarise
from wargame.store.files import plain


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results(400, seed=5)


def test_at_or_above_counts_histories_one_by_one(results: Results) -> None:
    reached, in_turn = statistics.at_or_above(results)
    for turn in (0, 4, 11):
        for rung in (-2, 0, 3, 5, 6):
            at = statistics.RUNG_AXIS.index(rung)
            so_far = (results.turn_peak[: turn + 1].max(axis=0) >= rung).sum()
            assert round(reached.value[turn, at] * results.replications) == so_far
            assert in_turn.value[turn, at] == (results.turn_peak[turn] >= rung).mean()
    assert (np.diff(reached.value, axis=0) >= 0).all()
    assert (np.diff(reached.value, axis=1) <= 0).all()
    assert (reached.low <= reached.value).all()
    assert (reached.value <= reached.high).all()


def test_first_acts_agree_with_what_was_reached(results: Results) -> None:
    reached, _ = statistics.at_or_above(results)
    for level, curve in statistics.first_acts(results).items():
        at = statistics.RUNG_AXIS.index(level)
        assert (curve.value == reached.value[:, at]).all()


def test_a_history_ended_by_war_stays_in_the_denominator() -> None:
    results = make_results(300, seed=2, acts_each=400)
    assert (results.table["turns"] < results.scenario.turns).any(), "no war in this sample"
    reached, _ = statistics.at_or_above(results)
    war = statistics.RUNG_AXIS.index(8)
    assert reached.value[-1, war] == (results.table["peak"] >= 8).mean()


def test_crossers_sum_to_everybody_and_name_each(results: Results) -> None:
    shares = statistics.crossers(results, 5)
    assert list(shares) == [*results.actors, "several", "nobody"]
    assert sum(share.count for share in shares.values()) == results.replications
    assert shares["nobody"].count == (results.table["first_5"] == 0).sum()
    index = results.actors.index("PRK")
    assert shares["PRK"].count == (results.table["crosser_5"] == index).sum() > 0
    several = dataclasses.replace(
        results, table={**results.table, "crosser_5": np.full(400, 5, dtype=np.int8)}
    )
    assert statistics.crossers(several, 5)["several"].value == 1.0


def test_crossings_are_shares_of_all(results: Results) -> None:
    for level, share in statistics.crossings(results).items():
        assert share.value == (results.table["peak"] >= level).mean()


def _with_answers(results: Results, cells: dict[tuple[int, int | None], int]) -> Results:
    table = np.zeros_like(results.answers)
    for (trigger, answer), count in cells.items():
        table[trigger + 2, -1 if answer is None else answer + 2] = count
    return dataclasses.replace(results, answers=table)


def test_match_counts_same_higher_lower_and_unanswered(results: Results) -> None:
    cells = {(4, 4): 6, (4, 5): 1, (5, 3): 2, (6, 6): 1, (5, None): 10, (3, 9): 100}
    shares = statistics.match(_with_answers(results, cells))
    assert (shares["answered"].count, shares["answered"].n) == (10, 20)
    assert {name: share.value for name, share in shares.items() if name != "answered"} == {
        "same rung": 0.7,
        "higher": 0.1,
        "lower": 0.2,
    }


def test_match_of_nothing_says_nothing(results: Results) -> None:
    assert statistics.match(_with_answers(results, {})) == {}
    assert list(statistics.match(_with_answers(results, {(4, None): 3}))) == ["answered"]


def test_answers_are_shares_of_what_was_met(results: Results) -> None:
    table = answering.answers(_with_answers(results, {(4, 4): 3, (4, None): 1, (6, 7): 2}))
    assert table.triggers == (4, 6)
    assert table.share[0, table.columns.index(4)] == 0.75
    assert table.share[0, -1] == 0.25
    assert table.share[1, table.columns.index(7)] == 1.0
    assert table.total.tolist() == [4, 2]


def test_rates_are_counts_over_simulated_years(results: Results) -> None:
    rates = annual_rates.rates(results)
    years = results.table["turns"].sum() * 7 / 365.25
    assert rates["incidents"].value == pytest.approx(results.table["incidents"].sum() / years)
    assert rates["lethal_turns"].value == pytest.approx(results.table["lethal_turns"].sum() / years)
    assert rates["wars"].count == (results.table["peak"] >= 8).sum()


def test_crises_length_and_endings(results: Results) -> None:
    log = {
        "replication": np.array([0, 1, 1], dtype=np.int32),
        "opened": np.array([1, 2, 9], dtype=np.int16),
        "ended": np.array([1, 6, 12], dtype=np.int16),
        "how": np.array([1, 2, 0], dtype=np.int8),
    }
    crises = annual_rates.crises(dataclasses.replace(results, crises=log))
    assert crises.median_turns == 4
    assert {how: share.count for how, share in crises.ended.items()} == {
        "open": 1,
        "agreement": 1,
        "faded": 1,
        "war": 0,
    }
    empty = {name: column[:0] for name, column in log.items()}
    assert annual_rates.crises(dataclasses.replace(results, crises=empty)).ended == {}


def test_sample_histories_are_ranked_and_end_with_the_worst(results: Results) -> None:
    chosen = statistics.sample_histories(results)
    peaks = results.table["peak"][chosen]
    assert len(set(chosen.tolist())) == 6
    assert (np.diff(peaks) >= 0).all()
    assert peaks[-1] == results.table["peak"].max()
    assert statistics.sample_histories(make_results(4)).tolist() == [0, 1, 2, 3]


def test_sample_histories_are_among_those_kept() -> None:
    results = make_results(100, acts_kept=9)
    assert statistics.sample_histories(results).max() < 9


def test_summary_is_the_documented_document(results: Results) -> None:
    summary = summarise(results, "d" * 64)
    assert set(summary) >= {
        *("scenario", "digest", "seed", "replications", "turns", "actors", "outcomes", "note"),
        *("first_use_of_force", "incidents_per_year", "lethal_per_year", "war_per_year"),
        "parameter_uncertainty",
    }
    assert summary["note"] == NOTE
    assert set(summary["outcomes"][0]) == {"outcome", "rung", "count", "share", "low", "high"}
    assert sum(row["count"] for row in summary["outcomes"]) == results.replications
    assert [row["outcome"] for row in summary["outcomes"]][-1] == "war"
    assert summary["parameter_uncertainty"] is None
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_summary_lists_nuclear_use_where_the_scenario_allows_it() -> None:
    summary = summarise(make_results(50, scenario=make_scenario(nuclear=True)), "")
    assert summary["outcomes"][-1]["outcome"] == "nuclear use"


def test_summary_says_what_was_drawn_and_what_intervals_cover() -> None:
    results = make_results(200, uncertainty=True)
    document = summarise(results, "")["parameter_uncertainty"]
    drawn = document["drawn"]["actors.PRK.tempo"]
    assert 0.03 <= drawn["p5"] < drawn["p50"] < drawn["p95"] <= 0.08
    middle = float(np.median(results.parameters["actors.PRK.tempo"]))
    assert drawn["p50"] == pytest.approx(middle)
    assert "draws of the numbers" in summarise(results, "")["intervals"]


def test_summary_of_a_single_history_without_acts() -> None:
    summary = summarise(make_results(1, acts_each=0), "")
    assert summary["accidental"] is None
    assert summary["crises"]["median_turns"] is None
    assert summary["outcomes"][0]["share"] == 1.0


def test_plain_rounds_to_ten_digits_and_drops_what_json_cannot_hold() -> None:
    assert plain({"a": 1 / 3, "b": (float("nan"), True, None)}) == {
        "a": 0.3333333333,
        "b": [None, True, None],
    }
