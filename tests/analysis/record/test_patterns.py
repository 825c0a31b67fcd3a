"""Estimators of the record's patterns, on series whose answer is known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from wargame.analysis.record import patterns
from wargame.analysis.record.incidents import (
    Incidents,
    incidents_of,
    weekly_counts,
    weekly_peaks,
    weekly_record,
)
from wargame.engine import ensemble
from wargame.engine.results import ACT_COLUMNS, CRISIS_COLUMNS, CRISIS_ENDS
from wargame.errors import UsageError
from wargame.scenario import library, loader


@cache
def few():
    return ensemble.run(loader.load("history_1993_2010", ["turns=60"]), 3, 1)


def acts(*rows, kept=3):
    """Return results with only these acts: replication, turn, link, actor, action, trigger."""
    results = few()
    columns = {name: np.zeros(len(rows), dtype) for name, (dtype, _) in ACT_COLUMNS.items()}
    for place, (replication, turn, link, actor, action, trigger, provoker) in enumerate(rows):
        index = results.actors.index(actor)
        spec = next(a for a in results.scenario.actors[actor].actions if a.id == action)
        said = {
            "replication": replication,
            "turn": turn,
            "link": link,
            "actor": index,
            "action": results.menus[actor].index(action),
            "intended": spec.rung,
            "realised": spec.rung,
            "trigger": trigger,
            "provoker": results.actors.index(provoker) if provoker else -1,
            "behalf": -1,
        }
        for name, value in said.items():
            columns[name][place] = value
    return replace(results, acts=columns, acts_kept=kept)


def opened(replication, turn, actor, action):
    return (replication, turn, 0, actor, action, 0, None)


def incidents(*rows, histories=1, weeks=10):
    """Rows: history, week, link, side, rung."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return Incidents(histories, weeks, *columns)


# --- the table of incidents ----------------------------------------------------------------


def test_the_record_has_its_185_incidents():
    counts = weekly_counts(weekly_record())
    assert counts.shape == (1, 940, 2, 3)
    assert counts.sum() == 185
    assert counts[0, :, 0].sum() == 96
    assert counts.sum(axis=(0, 1, 2)).tolist() == [17, 148, 20]


def test_the_record_gives_the_shares_that_are_shipped():
    found = patterns.levels(weekly_counts(weekly_record()))
    for key in ("threat", "display", "use"):
        shipped = library.record(f"level_{key}")["value"]
        assert found[f"{key}_share"][0] == pytest.approx(shipped, abs=0.005)


def test_allies_who_act_together_in_a_link_count_once():
    results = acts(
        (0, 5, 1, "ROK", "alert", 3, "PRK"),
        (0, 5, 1, "USA", "sanctions", 3, "PRK"),
        (0, 5, 2, "ROK", "alert", 3, "PRK"),
    )
    found = incidents_of(results)
    assert found.link.tolist() == [1, 2]
    assert found.rung.tolist() == [3, 3]  # the highest of what the side did
    assert found.side.tolist() == [1, 1]
    assert found.week.tolist() == [4, 4]


def test_words_talks_and_quarrels_with_russia_do_not_count():
    results = acts(
        opened(0, 1, "PRK", "denounce"),
        opened(0, 2, "ROK", "talks"),
        opened(0, 3, "RUS", "patrol"),
        opened(1, 4, "JPN", "protest_moscow"),
        opened(2, 9, "PRK", "fire"),
    )
    results.acts["realised"][3] = 3  # the quarrel with Russia went further, and still is none here
    found = incidents_of(results)
    assert found.history.tolist() == [2]
    assert found.level.tolist() == [2]
    assert weekly_peaks(found)[2, 8] == 5
    assert weekly_counts(found).sum() == 1


def test_levels_split_where_the_record_does():
    found = incidents(*((0, week, 0, 0, rung) for week, rung in enumerate((2, 3, 4, 5, 6, 8))))
    assert found.level.tolist() == [0, 1, 1, 2, 2, 2]


def test_other_turns_than_weeks_are_refused():
    results = few()
    daily = replace(results, scenario=results.scenario.model_copy(update={"turn_days": 1}))
    with pytest.raises(UsageError, match="turn_days: 7"):
        incidents_of(daily)


# --- clustering ----------------------------------------------------------------------------


def test_clustering_by_hand():
    weekly = np.zeros((1, 26), np.int64)
    weekly[0, [0, 1, 5, 20]] = (2, 1, 1, 4)
    found = {name: values[0] for name, values in patterns.clustering(weekly).items()}
    assert found["dispersion_week"] == pytest.approx(weekly.var() / weekly.mean())
    assert found["dispersion_quarter"] == 0.0  # 4 and 4
    assert np.isnan(found["dispersion_year"])  # half a year
    assert found["weeks_active"] == pytest.approx(4 / 26)
    assert found["active_after_active"] == pytest.approx(1 / 4)
    assert found["active_within_four"] == pytest.approx(2 / 4)  # 0 by 1, 1 by 5
    # weeks 0..4 (by 1 or 5) and 16..19 (by 20), of the 22 with four weeks after them
    assert found["active_within_four_any"] == pytest.approx(9 / 22)


@pytest.mark.parametrize("weeks", [1, 2, 4, 5, 25, 26, 103, 104])
def test_each_number_of_clustering_has_its_least_weeks(weeks):
    found = patterns.clustering(np.ones((2, weeks), np.int64))
    known = {name for name, values in found.items() if np.isfinite(values).all()}
    assert found.keys() >= {name for name in patterns.LEAST if not name.startswith("crisis")}
    assert known == {name for name in found if weeks >= patterns.LEAST.get(name, 1)}


def test_independent_incidents_vary_as_much_as_their_mean():
    weekly = np.random.default_rng(5).poisson(0.2, (400, 936))
    found = patterns.clustering(weekly)
    for block in ("week", "quarter", "year"):
        values = found[f"dispersion_{block}"]
        blocks = 936 // {"week": 1, "quarter": 13, "year": 52}[block]
        expected = (blocks - 1) / blocks
        assert abs(values.mean() - expected) < 3 * values.std() / np.sqrt(400)
    gap = found["active_after_active"] - found["weeks_active"]
    assert abs(gap.mean()) < 3 * gap.std() / np.sqrt(400)


def test_a_history_without_incidents_has_no_ratio():
    found = patterns.clustering(np.zeros((1, 120), np.int64))
    assert np.isnan(found["dispersion_week"][0])
    assert np.isnan(found["active_after_active"][0])
    assert found["weeks_active"][0] == 0.0


def test_block_bootstrap_covers_the_mean_of_dependent_weeks():
    """Blocks keep what single weeks would lose: here each incident fills four weeks."""

    def mean(weekly):
        return {"mean": weekly.mean(axis=1)}

    generator = np.random.default_rng(6)
    widths, covered = {1: [], 26: []}, 0
    for seed in range(60):
        starts = generator.poisson(0.1, 520)
        weekly = np.convolve(starts, np.ones(4, np.int64))[:520].astype(np.int16)
        for block, spans in widths.items():
            low, high = patterns.block_bootstrap(weekly, mean, 400, block, seed)["mean"]
            spans.append(high - low)
        covered += low < 0.4 < high
    assert covered >= 49  # 95 of 100 in the limit; 49 or fewer of 60 would be one in a thousand
    assert np.mean(widths[26]) > 1.5 * np.mean(widths[1])


# --- answers, replies, crises ---------------------------------------------------------------


def test_first_answers_between_the_koreas_are_compared_with_their_trigger():
    results = acts(
        (0, 3, 1, "ROK", "warning_fire", 4, "PRK"),  # same
        (0, 4, 1, "ROK", "lethal_fire", 5, "PRK"),  # higher
        (0, 5, 1, "PRK", "denounce", 4, "ROK"),  # lower
        (0, 6, 1, "PRK", "fire", 5, "ROK"),  # same
        (0, 6, 2, "PRK", "lethal_attack", 5, "ROK"),  # not the first answer
        (0, 7, 1, "USA", "condemn", 4, "PRK"),  # not between the Koreas
        (0, 8, 1, "ROK", "protest", 3, "PRK"),  # too low a trigger
    )
    found = patterns.summaries(results)
    assert [found[name][0] for name in ("same_rung", "higher", "lower")] == [0.5, 0.25, 0.25]
    assert np.isnan(found["same_rung"][1])


def test_a_reply_is_an_allied_incident_after_it():
    def share(*rows):
        return patterns.reply_within_week(incidents(*rows))[0]

    act = (0, 3, 1, 0, 3)
    assert np.isnan(share())
    assert share(act) == 0.0
    assert share(act, (0, 3, 2, 1, 3)) == 1.0  # a later link
    assert share(act, (0, 3, 0, 1, 3)) == 0.0  # what it answered itself
    assert share(act, (0, 2, 0, 1, 3)) == 0.0  # the week before
    assert share(act, (0, 5, 0, 1, 3)) == 0.0  # two weeks later
    assert share(act, (0, 3, 2, 0, 3)) == 0.0  # its own side
    assert np.isnan(share((0, 3, 0, 0, 5), (0, 3, 1, 1, 3)))  # force is not a low act


def test_acts_of_one_link_or_of_the_next_week_follow_half_of_the_time():
    rows = [(history, 3, 0, 0, 3) for history in range(4000)]
    for week in (3, 4):
        allied = [(history, week, 0, 1, 3) for history in range(4000)]
        replied = patterns.reply_within_week(incidents(*rows, *allied, histories=4000))
        assert abs(replied.mean() - 0.5) < 4 * 0.5 / np.sqrt(4000)


def test_only_long_crises_count():
    least = patterns.SERIOUS_WEEKS
    log = [(0, 1, least - 1, "faded"), (0, 20, 19 + least, "faded"), (1, 3, 2 + 2 * least, "war")]
    log += [(1, 40, 39 + least, "agreement")]
    columns = {name: np.zeros(len(log), dtype) for name, (dtype, _) in CRISIS_COLUMNS.items()}
    for place, (replication, first, last, how) in enumerate(log):
        columns["replication"][place] = replication
        columns["opened"][place], columns["ended"][place] = first, last
        columns["how"][place] = CRISIS_ENDS.index(how)
    found = patterns.summaries(replace(acts(), crises=columns))
    years = found["years"]
    assert found["crises_per_year"] * years == pytest.approx([1, 2, 0])
    assert found["crisis_days"][:2].tolist() == [7 * least, 7 * 1.5 * least]
    assert found["crisis_agreement"][:2].tolist() == [0.0, 0.5]
    assert found["crisis_faded"][:2].tolist() == [1.0, 0.0]
    assert np.isnan(found["crisis_days"][2])


def test_summaries_are_the_same_for_a_history_alone():
    spec = loader.load("history_1993_2010", ["turns=120"])
    together = patterns.summaries(ensemble.run(spec, 6, 4))
    alone = patterns.summaries(ensemble.run(spec, 1, 4, first=5))
    for name in together:
        assert together[name][5] == pytest.approx(alone[name][0], nan_ok=True), name
