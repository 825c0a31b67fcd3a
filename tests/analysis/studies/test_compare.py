"""Paired differences: published intervals, exact zeros, and where histories part."""

import csv
import io
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

import shared
from wargame.analysis.designs.common_draws import run_all
from wargame.analysis.designs.variants import gather
from wargame.analysis.estimates.intervals import mean_rate
from wargame.analysis.estimates.paired import (
    count_difference,
    rate_difference,
    share_difference,
    tango,
    variance_saved,
)
from wargame.analysis.studies.compare import compare
from wargame.analysis.studies.parting import first_parting, summarise_parting
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.errors import UsageError
from wargame.findings import Z95, Estimate
from wargame.scenario import canonical, loader
from wargame.show.studies.comparison import present
from wargame.show.table import to_text
from wargame.store.files import as_json


@pytest.fixture(scope="module")
def compared():
    """Return a comparison of a null variant, a theory and a calmer North."""
    found = gather(
        ["western_sea"], ["baseline", "exercises_provoke"], ["calm:actors.PRK.tempo=0.03"]
    )
    return compare(found, run_all(found, 1500, 3))


# --- intervals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gained", "lost", "total", "low", "high"),
    [
        # airway hyper-responsiveness before and after transplantation (Bentur 2009), as in
        # Fagerland, Lydersen and Laake (2014), Statistics in Medicine 33(16), 2850-2875
        (1, 7, 21, -0.517, -0.026),
    ],
)
def test_tango_gives_the_published_interval(gained, lost, total, low, high):
    assert tango(gained, lost, total) == pytest.approx((low, high), abs=0.0005)


def score(gained, lost, total, delta):
    """Tango's statistic with its restricted estimate found by maximising the likelihood."""

    def unlikely(unseen):
        return -(
            (gained * math.log(max(unseen + delta, 1e-300)) if gained else 0)
            + (lost * math.log(max(unseen, 1e-300)) if lost else 0)
            + (
                (total - gained - lost) * math.log(max(1 - 2 * unseen - delta, 1e-300))
                if total > gained + lost
                else 0
            )
        )

    bounds = (max(0.0, -delta), (1 - delta) / 2)
    best = minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
    spread = total * (2 * best + delta - delta**2)
    return (gained - lost - total * delta) / math.sqrt(spread)


@given(
    st.integers(2, 400).flatmap(
        lambda n: st.tuples(st.integers(0, n // 2), st.integers(0, n // 2), st.just(n))
    )
)
def test_at_tangos_ends_the_score_is_just_significant(case):
    low, high = tango(*case)
    for end, sign in ((low, 1), (high, -1)):
        if -0.999 < end < 0.999:
            assert sign * score(*case, end) == pytest.approx(Z95, abs=0.01)


@given(st.integers(1, 10_000))
def test_no_pair_differs_and_the_interval_keeps_its_width(total):
    low, high = tango(0, 0, total)
    assert high == pytest.approx(Z95**2 / (total + Z95**2))
    assert low == pytest.approx(-high)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(100, 5000))
def test_swapping_the_two_mirrors_the_difference(gained, lost, total):
    there, back = count_difference(gained, lost, total), count_difference(lost, gained, total)
    assert there.value == -back.value
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert -1 <= there.low <= there.value <= there.high <= 1


@pytest.mark.slow
def test_tango_covers_as_it_should():
    rng = np.random.default_rng(5)
    chances = (0.05, 0.03)
    truth = chances[0] - chances[1]
    draws = rng.multinomial(500, (*chances, 1 - sum(chances)), size=4000)
    ends = [tango(int(gained), int(lost), 500) for gained, lost, _ in draws]
    covered = np.mean([low <= truth <= high for low, high in ends])
    assert 0.94 < covered < 0.96


def test_share_difference_counts_pairs():
    first = np.array([1, 1, 0, 0, 0, 1], dtype=bool)
    second = np.array([1, 0, 1, 1, 0, 1], dtype=bool)
    found = share_difference(first, second)
    assert found == count_difference(2, 1, 6)
    assert found.value == pytest.approx(second.mean() - first.mean())


def test_rate_difference_is_the_paired_normal_interval():
    rng = np.random.default_rng(1)
    base = rng.poisson(5, 4000)
    other = base + rng.binomial(1, 0.2, 4000)
    years = np.full(4000, 0.8)
    found = rate_difference((base, other), (years, years))
    each = (other - base) / 0.8
    half = Z95 * each.std(ddof=1) / math.sqrt(4000)
    assert found.value == pytest.approx(each.mean())
    assert (found.low, found.high) == pytest.approx((each.mean() - half, each.mean() + half))
    apart = rate_difference((base, rng.permutation(other)), (years, years))
    assert apart.high - apart.low > 5 * (found.high - found.low)


def test_when_few_pairs_differ_the_interval_is_put_together_from_two():
    base = np.zeros(1000)
    other = base.copy()
    other[:3] = 1
    years = np.ones(1000)
    found = rate_difference((base, other), (years, years))
    first, second = mean_rate(base, years), mean_rate(other, years)
    assert found.value == pytest.approx(0.003)
    assert found.low == pytest.approx(0.003 - math.hypot(0.003 - second.low, first.high))
    assert found.high == pytest.approx(second.high)
    assert found.high - found.value > found.value - found.low  # as counts near zero are


def test_variance_saved():
    rng = np.random.default_rng(2)
    one, two = rng.normal(size=100_000), rng.normal(size=100_000)
    assert variance_saved(one, two) == pytest.approx(1, abs=0.02)
    assert variance_saved(one, one + 0.1 * two) == pytest.approx(201, rel=0.05)
    assert variance_saved(one, one) is None


def test_verdicts():
    assert Estimate(0.1, 0.05, 0.2).verdict == "higher"
    assert Estimate(-0.1, -0.2, -0.05).verdict == "lower"
    assert Estimate(0.1, -0.05, 0.2).verdict == "no clear difference"


# --- parting -----------------------------------------------------------------------------------


def naive_parting(first, second, replication):
    """Return the first turn whose acts differ, by plain comparison of what was done."""

    def by_turn(results):
        log, said = results.acts, {}
        for row in np.flatnonzero(log["replication"] == replication):
            actor = results.actors[log["actor"][row]]
            act = (
                int(log["link"][row]),
                actor,
                results.menus[actor][log["action"][row]],
                int(log["realised"][row]),
                int(log["provoker"][row]),
                int(log["behalf"][row]),
            )
            said.setdefault(int(log["turn"][row]), set()).add(act)
        return said

    one, two = by_turn(first), by_turn(second)
    for turn in range(1, first.scenario.turns + 1):
        if one.get(turn) != two.get(turn):
            return turn
        if first.turn_peak[turn - 1, replication] != second.turn_peak[turn - 1, replication]:
            return turn
    return 0


def test_histories_part_where_their_acts_first_differ():
    first = shared.results("western_sea", 150, 2)
    second = ensemble.run(loader.load("western_sea", theory="internal_drivers"), 150, 2)
    found = first_parting(first, second)
    assert found.tolist() == [naive_parting(first, second, k) for k in range(150)]
    assert 0 < (found == 0).sum() < 150
    assert (found == first_parting(second, first)).all()


def test_nothing_parts_from_itself_or_before_a_change_takes_hold():
    base = loader.load("western_sea")
    first = ensemble.run(base, 100, 4)
    assert not first_parting(first, first).any()
    later = loader.load("western_sea", ["calendar.us_election.tempo_factor=9"])
    second = ensemble.run(later, 100, 4)
    event = next(item for item in base.calendar if item.id == "us_election")
    found = first_parting(first, second)
    assert found.any()
    assert found[found > 0].min() >= base.turn_of(event)


def test_an_action_added_to_a_menu_does_not_make_old_acts_new():
    first = shared.results("western_sea", 50, 4)
    menu = ("aardvark", *first.menus["PRK"])  # every index moves by one
    acts = dict(first.acts)
    north = first.actors.index("PRK")
    acts["action"] = np.where(acts["actor"] == north, acts["action"] + 1, acts["action"])
    second = replace(first, menus={**first.menus, "PRK": menu}, acts=acts)
    assert not first_parting(first, second).any()


def test_a_war_drawn_in_one_history_only_parts_the_two():
    first = shared.results("western_sea", 20, 4)
    peaks = first.turn_peak.copy()
    peaks[29, 7] = 8
    assert first_parting(first, replace(first, turn_peak=peaks)).tolist() == [
        30 if k == 7 else 0 for k in range(20)
    ]


def test_partings_are_summed_up():
    part = summarise_parting(np.array([0, 0, 3, 5, 5, 0, 7, 9]), 10)
    assert (part.never.count, part.never.n) == (3, 8)
    assert (part.early, part.median, part.late) == (3, 5, 9)
    assert part.by_turn[[1, 2, 4, 9]] == pytest.approx([0, 1 / 8, 3 / 8, 5 / 8])
    assert summarise_parting(np.zeros(4, dtype=np.int64), 10).median is None


# --- whole comparisons -------------------------------------------------------------------------


def test_a_null_variant_differs_by_exactly_zero(compared):
    null = compared.against[0]
    assert null.same
    shares = (*null.outcomes.values(), *null.reached.values())
    assert set(shares) == {Estimate(0.0, 0.0, 0.0, kind="points")}
    assert set(null.rates.values()) == {Estimate(0.0, 0.0, 0.0, kind="change")}
    assert null.parting.never.count == 1500
    assert set(null.saved.values()) == {None}
    assert all(reading.net == shares[0] for reading in null.readings)


def test_differences_are_those_of_the_shares(compared):
    for item in compared.against:
        for name, share in item.results.outcomes().items():
            before = compared.results.outcomes()[name]
            assert item.outcomes[name].value == pytest.approx(share.value - before.value)
        assert sum(found.value for found in item.outcomes.values()) == pytest.approx(0, abs=1e-12)
        assert not item.same or item.variant.label == "baseline"


def test_what_is_calmer_is_said_to_be(compared):
    calm = compared.against[2]
    assert calm.reached[5].verdict == "lower"
    assert calm.rates["incidents"].verdict == "lower"
    assert {reading.verdict for reading in calm.readings} == {"less risky"}
    assert [calm.survives(reading) for reading in calm.readings[1:]] == ["yes"] * 3


def test_pairing_saves_variance(compared):
    provoke = compared.against[1]
    assert provoke.saved["incidents"] > 3
    assert provoke.saved["reached 5"] > 3


def test_ensembles_on_other_draws_are_refused(compared):
    found = gather(["western_sea"], ["spiral"])
    first = ensemble.run(found[0].scenario, 20, 1)
    with pytest.raises(UsageError, match="not on common draws"):
        compare(found, [first, ensemble.run(found[1].scenario, 20, 2)])


def test_remarks_name_what_a_reader_must_know():
    found = gather(["western_sea"], [], ["long:turns=50,turn_days=8"])
    remarks = " ".join(compare(found, run_all(found, 20)).remarks)
    assert "western_sea 294 days, long 400 days" in remarks
    assert "the pairing means little" in remarks


def test_the_tables_say_what_they_are(compared):
    shown = present(compared)
    assert "1,500 histories of each variant on the same draws, seed 3" in shown.headline
    tables = {table.name: table for table in shown.tables}
    assert NOTE in tables["outcomes"].title
    headers, rows = to_text(tables["differences"])
    assert headers == ("share of histories", "baseline", "exercises_provoke", "calm")
    assert {row[1] for row in rows} == {"0 exactly"}
    assert "rung 5 or above" in {row[0] for row in rows}
    headers, rows = to_text(tables["rates"])
    assert headers[1] == "western_sea"
    assert rows[0][1].endswith(")")
    assert rows[0][2] == "0 exactly"


def test_an_outcome_that_a_variant_does_not_allow_is_called_so():
    found = gather(["western_sea"], [], ["armed:world.nuclear=true"])
    comparison = compare(found, run_all(found, 20))
    shares, gaps = present(comparison).tables[1:3]
    assert to_text(shares)[1][-1][1] == "not allowed"
    assert to_text(gaps)[1][-1][1] != "not allowed"
    row = present(comparison).document()["measures"][len(comparison.outcome_names()) - 1]
    assert (row["variant"], row["value"]) == ("western_sea", None)


def test_the_document_is_json_and_agrees_with_the_rows(compared):
    shown = present(compared)
    said = json.loads(as_json(shown.document()))
    assert said["note"] == NOTE
    assert [row["label"] for row in said["variants"]] == [
        "western_sea",
        "baseline",
        "exercises_provoke",
        "calm",
    ]
    table = list(csv.DictReader(io.StringIO(shown.texts()["comparison.csv"])))
    for line, row in zip(said["measures"], table, strict=True):
        assert (line["variant"], line["measure"]) == (row["variant"], row["measure"])
        assert float(row["value_high"]) == line["value"]["high"]
        if line["variant"] == "western_sea":
            assert (line["difference"], row["difference"]) == (None, "")
        else:
            assert float(row["difference_low"]) == line["difference"]["low"]
    calm = next(row for row in said["readings"] if row["variant"] == "calm")
    assert (calm["same_conclusion"], calm["verdict"]) == (None, "less risky")


def test_each_variant_is_a_file_that_gives_it_again(compared, tmp_path):
    shown = present(compared)
    path = tmp_path / "3_calm.yaml"
    path.write_text(shown.files["scenarios/3_calm.yaml"], encoding="utf-8")
    assert canonical.digest(loader.load(path)) == shown.manifest["variants"]["calm"]
