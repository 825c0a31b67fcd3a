"""The seeds say what their tables say: every number that has a table is worked out again here."""

from __future__ import annotations

import csv
import math
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pytest
import yaml
from scipy.optimize import brentq, minimize
from scipy.stats import beta, binomtest, gamma, poisson

from wargame.scenario import library
from wargame.scenario.ladder import RUNGS
from wargame.scenario.library.seeds import seed_tables
from wargame.scenario.schema import Action, Scenario
from wargame.scenario.waiting import can_hold

SEEDS = next(seed_tables()).parents[1]
LICENSE_KINDS = {"actor", "action", "inject", "parameter", "contested"}
YEARS_OF_ARMISTICE = 70.4
Computed = tuple[float, float | None, float | None]


@cache
def seed(name: str) -> Any:
    return yaml.safe_load((SEEDS / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> list[dict[str, str]]:
    with (SEEDS / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def western_sea() -> Scenario:
    path = library.find_scenario("western_sea")
    return Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


# --- the estimators -------------------------------------------------------------------------------


def rate(count: int, years: float) -> Computed:
    """Events per year with Jeffreys' interval; from 0 when none was seen."""
    low, high = gamma.ppf([0.025, 0.975], count + 0.5, scale=1 / years)
    return count / years, 0.0 if count == 0 else float(low), float(high)


def share(count: int, total: int) -> Computed:
    """A share with Wilson's interval."""
    interval = binomtest(count, total).proportion_ci(0.95, method="wilson")
    return count / total, 0.0 if count == 0 else float(interval.low), float(interval.high)


def weeks(*columns: str) -> np.ndarray:
    rows = table("midi4_korea_weekly_counts_1993_2010")
    return np.array([sum(int(row[column]) for column in columns) for row in rows])


def incidents(sides: tuple[str, ...], levels: tuple[str, ...]) -> int:
    return int(weeks(*(f"{side}_{level}" for side in sides for level in levels)).sum())


def variance_ratio(block: int) -> Computed:
    counts = all_weeks()
    whole = counts[: counts.size // block * block].reshape(-1, block).sum(axis=1)
    return float(whole.var() / whole.mean()), None, None


def all_weeks() -> np.ndarray:
    return weeks(*(f"{side}_{level}" for side in BOTH for level in LEVELS))


BOTH, LEVELS = ("dprk", "allies"), ("threat", "display", "use")


def level(sides: tuple[str, ...], name: str) -> Computed:
    return share(incidents(sides, (name,)), incidents(sides, LEVELS))


def active_after_active() -> Computed:
    active = all_weeks() > 0
    return share(int((active[1:] & active[:-1]).sum()), int(active[:-1].sum()))


def active_within_four(of_active: bool) -> Computed:
    active = all_weeks() > 0
    ahead = np.array([active[t + 1 : t + 5].any() for t in range(active.size - 4)])
    if of_active:
        return share(int(ahead[active[:-4]].sum()), int(active[:-4].sum()))
    return float(ahead.mean()), None, None


def clashes(since: str = "1996", until: str = "9999") -> list[dict[str, str]]:
    rows = table("korea_clashes_handcoded")
    return [row for row in rows if since <= row["start_date"] < until]


def answers(sign: int) -> Computed:
    steps = [int(row["response_rung"]) - int(row["trigger_rung"]) for row in clashes()]
    return share(sum(int(np.sign(step)) == sign for step in steps), len(steps))


def armed_answers(lowest: int, highest: int) -> Computed:
    rows = [row for row in clashes() if lowest <= int(row["trigger_rung"]) <= highest]
    return share(sum(int(row["response_rung"]) >= 4 for row in rows), len(rows))


def lethal(since: str, until: str, years: float) -> Computed:
    return rate(sum(int(row["peak_rung"]) >= 6 for row in clashes(since, until)), years)


def crisis_endings(*endings: str) -> Computed:
    ends = [row["ended"] for row in table("icb_v16_korea_crises")]
    return share(sum(end in endings for end in ends), len(ends))


def crises(since: str, years: float) -> Computed:
    return rate(sum(row["start"] >= since for row in table("icb_v16_korea_crises")), years)


def crisis_days() -> Computed:
    days = [int(row["days"]) for row in table("icb_v16_korea_crises")]
    low, middle, high = np.percentile(days, [25, 50, 75])
    return float(middle), float(low), float(high)


def crisis_serious() -> Computed:
    violence = [row["violence"] for row in table("icb_v16_korea_crises")]
    serious = sum(word not in ("no violence", "minor clashes") for word in violence)
    low, middle, high = beta.ppf([0.025, 0.5, 0.975], serious + 0.5, len(violence) - serious + 0.5)
    return float(middle), 0.0 if serious == 0 else float(low), float(high)


def cell(name: str, row: int, column: int) -> Computed:
    counts = [int(value) for value in list(table(name)[row].values())[1:]]
    return share(counts[column], sum(counts))


def disputes(dyad: str) -> Computed:
    (row,) = [row for row in table("cow_mid5_korea_dyad_base_rates") if row["dyad"] == dyad]
    return rate(int(row["n_mids"]), 61)


def launch_days(first: int, last: int) -> Computed:
    rows = table("nk_missile_launches_by_year")
    return rate(
        sum(int(row["launch_days"]) for row in rows if first <= int(row["year"]) <= last),
        last - first + 1,
    )


def provocations() -> Computed:
    rows = table("beyond_parallel_provocations_by_year_1958_2017")
    return rate(sum(int(row["total"]) for row in rows), len(rows))


def war_per_year() -> Computed:
    low, middle, high = gamma.ppf([0.025, 0.5, 0.975], 0.5, scale=1 / YEARS_OF_ARMISTICE)
    return float(middle), float(low), float(high)


def launch_branching() -> Computed:
    """Hawkes process with exponential kernel on launch days from 2014 on, profile interval."""
    origin = np.datetime64("2014-01-01")
    days = np.array([row["date"] for row in table("nk_missile_launch_days")], dtype="M8[D]")
    days = days[days >= origin]
    t = (days - origin).astype(float)
    end = float(t[-1] + 1)

    def loss(base: float, branching: float, decay: float) -> float:
        memory, total = 0.0, math.log(base)
        for gap in np.diff(t):
            memory = (memory + 1) * math.exp(-decay * gap)
            total += math.log(base + branching * decay * memory)
        offspring = branching * float((1 - np.exp(-decay * (end - t))).sum())
        return base * end + offspring - total

    def profile(branching: float) -> float:
        best = minimize(
            lambda p: loss(math.exp(p[0]), branching, math.exp(p[1])),
            [math.log(0.01), math.log(0.03)],
            method="Nelder-Mead",
        )
        return float(best.fun)

    best = minimize(lambda p: loss(*np.exp(p)), np.log([0.01, 0.6, 0.03]), method="Nelder-Mead")
    peak = float(np.exp(best.x[1]))

    def beyond(branching: float) -> float:
        return profile(branching) - float(best.fun) - 1.92

    low, high = brentq(beyond, 0.2, peak, xtol=1e-3), brentq(beyond, peak, 1.2, xtol=1e-3)
    return peak, float(low), float(high)


RECOMPUTED = {
    "incidents_1993_2010": lambda: rate(incidents(BOTH, LEVELS), 18),
    "incidents_north_korea": lambda: rate(incidents(("dprk",), LEVELS), 18),
    "incidents_allies": lambda: rate(incidents(("allies",), LEVELS), 18),
    "level_threat": lambda: level(BOTH, "threat"),
    "level_display": lambda: level(BOTH, "display"),
    "level_use": lambda: level(BOTH, "use"),
    "level_use_north_korea": lambda: level(("dprk",), "use"),
    "level_use_allies": lambda: level(("allies",), "use"),
    "use_of_force_1993_2010": lambda: rate(incidents(BOTH, ("use",)), 18),
    "variance_ratio_weekly": lambda: variance_ratio(1),
    "variance_ratio_quarterly": lambda: variance_ratio(13),
    "variance_ratio_yearly": lambda: variance_ratio(52),
    "weeks_active": lambda: share(int((all_weeks() > 0).sum()), all_weeks().size),
    "active_after_active": active_after_active,
    "active_within_four": lambda: active_within_four(True),
    "active_within_four_any": lambda: active_within_four(False),
    "launch_branching": launch_branching,
    "answer_same_rung": lambda: answers(0),
    "answer_higher": lambda: answers(1),
    "answer_lower": lambda: answers(-1),
    "answer_same_day": lambda: share(
        sum(row["response_lag_days"] == "0" for row in clashes()), len(clashes())
    ),
    "answer_armed_to_encroachment": lambda: armed_answers(4, 4),
    "answer_armed_to_force": lambda: armed_answers(5, 9),
    "violent_answer_to_violence": lambda: cell("icb_v16_trigger_response_1946_2021_counts", 3, 3),
    "violent_answer_to_display": lambda: cell("icb_v16_trigger_response_1946_2021_counts", 2, 3),
    "force_answers_force_disputes": lambda: cell("cow_mid5_reciprocity_1946_2014_counts", 3, 3),
    "force_answers_display_disputes": lambda: cell("cow_mid5_reciprocity_1946_2014_counts", 2, 3),
    "force_follows_force_world": lambda: cell("midi_4_01_response_pairs_counts", 2, 2),
    "lethal_per_year": lambda: lethal("1996", "9999", 28.8),
    "lethal_per_year_1996_2010": lambda: lethal("1996", "2011", 15),
    "lethal_per_year_2011_2024": lambda: lethal("2011", "9999", 13.8),
    "clashes_peak_seven": lambda: share(
        sum(int(row["peak_rung"]) >= 7 for row in clashes("0")), len(clashes("0"))
    ),
    "war_per_year": war_per_year,
    "crises_per_year": lambda: crises("1953", 68.4),
    "crises_per_year_since_1993": lambda: crises("1993", 29),
    "crisis_days": crisis_days,
    "crisis_ended_agreement": lambda: crisis_endings("formal agreement", "semi-formal agreement"),
    "crisis_ended_faded": lambda: crisis_endings("crisis faded"),
    "crisis_serious": crisis_serious,
    "disputes_prk_rok": lambda: disputes("PRK-ROK"),
    "disputes_prk_usa": lambda: disputes("PRK-USA"),
    "disputes_prk_jpn": lambda: disputes("PRK-JPN"),
    "disputes_rus_jpn": lambda: disputes("RUS-JPN"),
    "disputes_usa_rus": lambda: disputes("USA-RUS"),
    "disputes_rus_rok": lambda: disputes("RUS-ROK"),
    "launch_days_2014_2017": lambda: launch_days(2014, 2017),
    "launch_days_2020_2021": lambda: launch_days(2020, 2021),
    "launch_days_2022": lambda: launch_days(2022, 2022),
    "launch_days_2023": lambda: launch_days(2023, 2023),
    "launch_days_2024": lambda: launch_days(2024, 2024),
    "provocations_1958_2017": provocations,
}


# --- the record -----------------------------------------------------------------------------------


def entry(key: str) -> dict[str, Any]:
    (found,) = [item for item in seed("record")["entries"] if item["id"] == key]
    return dict(found)


def half_unit(written: float) -> float:
    """Half of the last digit written: the most that rounding can move a number."""
    exponent = Decimal(str(written)).as_tuple().exponent
    assert isinstance(exponent, int)
    return 0.5 * 10.0**exponent


@pytest.mark.parametrize("key", sorted(RECOMPUTED))
def test_the_record_agrees_with_its_table(key: str) -> None:
    written = entry(key)
    for name, number in zip(("value", "low", "high"), RECOMPUTED[key](), strict=True):
        if number is None:
            assert written[name] is None
        else:
            assert abs(written[name] - number) <= half_unit(written[name]) * (1 + 1e-9), (
                f"{key}.{name}: written {written[name]}, worked out {number}"
            )


def test_every_number_with_a_table_is_recomputed() -> None:
    with_table = {item["id"] for item in seed("record")["entries"] if item["table"]}
    assert with_table | {"war_per_year"} == set(RECOMPUTED)


def test_war_given_serious_follows_from_the_shares_its_source_gives() -> None:
    written = entry("war_given_serious")
    assert "16.6%" in written["source"]
    assert "41.9%" in written["source"]
    assert round(16.6 / 41.9, 1) == written["value"]


def test_entries_are_whole() -> None:
    entries = seed("record")["entries"]
    assert len({item["id"] for item in entries}) == len(entries)
    for item in entries:
        assert set(item) == {"id", "what", "value", "low", "high", "unit", "table", "source"}
        assert (item["low"] is None) == (item["high"] is None)
        if item["low"] is not None:
            assert item["low"] <= item["value"] <= item["high"], item["id"]
        assert item["table"] is None or (SEEDS / "tables" / f"{item['table']}.csv").is_file()


# --- facts, literature, tables --------------------------------------------------------------------


def test_facts_are_numbered_without_a_gap_and_licensed() -> None:
    facts = seed("article")["facts"]
    assert [fact["id"] for fact in facts] == [f"F{n:02}" for n in range(1, len(facts) + 1)]
    for fact in facts:
        assert set(fact) == {"id", "claim", "licenses", "contested"}
        assert fact["licenses"], fact["id"]
        assert isinstance(fact["contested"], bool)
        assert {item["kind"] for item in fact["licenses"]} <= LICENSE_KINDS


def test_what_a_fact_licenses_is_in_the_scenario_and_cites_the_fact() -> None:
    scenario = western_sea()
    for fact in seed("article")["facts"]:
        for item in fact["licenses"]:
            if item["kind"] == "actor":
                assert item["what"] in scenario.actors
            if item["kind"] == "action":
                actor, name = item["what"].split(".")
                (action,) = [a for a in scenario.actors[actor].actions if a.id == name]
                assert f"article.{fact['id']}" in action.cite, item["what"]


def test_every_fact_is_used_by_the_scenario() -> None:
    text = library.find_scenario("western_sea").read_text(encoding="utf-8")
    unused = [
        fact["id"] for fact in seed("article")["facts"] if f"article.{fact['id']}" not in text
    ]
    assert unused == []


def test_references_are_whole() -> None:
    references = seed("literature")["references"]
    assert len({item["id"] for item in references}) == len(references)
    for item in references:
        assert set(item) == {"id", "reference", "says"}
        assert item["says"].endswith(".")


def test_every_table_is_described_and_regular() -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    for path in (SEEDS / "tables").glob("*.csv"):
        assert f"`{path.stem}`" in readme, path.stem
        rows = table(path.stem)
        assert rows
        assert all(None not in row and None not in row.values() for row in rows), path.stem


def test_the_crosswalk_has_the_rungs_of_the_schema() -> None:
    assert [int(row["rung"]) for row in table("severity_crosswalk")] == sorted(RUNGS)


def test_every_clash_has_a_known_source() -> None:
    known = {row["key"] for row in table("korea_clashes_sources")}
    for row in table("korea_clashes_handcoded"):
        assert set(row["source_keys"].split(";")) <= known, row["id"]


# --- the scenario built from them -----------------------------------------------------------------


def cites_of(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = node.get("cite") or []
        inside = [cite for key, item in node.items() if key != "cite" for cite in cites_of(item)]
        return ([own] if isinstance(own, str) else list(own)) + inside
    if isinstance(node, (list, tuple)):
        return [cite for item in node for cite in cites_of(item)]
    return []


def test_cites_of_the_scenario_resolve() -> None:
    known = (
        {f"article.{fact['id']}" for fact in seed("article")["facts"]}
        | {f"record.{item['id']}" for item in seed("record")["entries"]}
        | {f"literature.{item['id']}" for item in seed("literature")["references"]}
        | {f"tables.{path.stem}" for path in (SEEDS / "tables").glob("*.csv")}
    )
    cites = cites_of(western_sea().model_dump())
    assert len(cites) > 60
    assert set(cites) <= known


def aimed(actor: str, target: str) -> list[Action]:
    return [action for action in western_sea().actors[actor].actions if target in action.targets]


PAIRS = sorted({(i, j) for i in western_sea().actors for j in western_sea().actors if aimed(i, j)})


@pytest.mark.parametrize(("actor", "target"), PAIRS)
def test_whoever_is_aimed_at_can_answer(actor: str, target: str) -> None:
    answers = [action for action in aimed(target, actor) if action.reply is not None]
    always = {a.rung for a in answers if not (a.condition or a.cooldown or a.limit)}
    assert {1, 2, 3} <= always
    assert any(action.rung < 0 for action in answers)
    # Nobody is driven upward by a hole: the answers always on offer leave out no rung up to
    # the highest that this actor may ever aim there.
    assert always >= set(range(1, max(action.rung for action in answers) + 1))


@pytest.mark.parametrize("actor", sorted(western_sea().actors))
def test_a_menu_does_not_push_upward_by_its_composition(actor: str) -> None:
    rungs = [action.rung for action in western_sea().actors[actor].actions]
    assert sum(rung < 0 for rung in rungs) > sum(rung > 4 for rung in rungs)
    assert {-1, -2} <= set(rungs)
    assert 2 * sum(rung > 3 for rung in rungs) <= len(rungs)


@pytest.mark.parametrize(
    ("actor", "least"), [("PRK", 14), ("ROK", 12), ("USA", 11), ("JPN", 8), ("RUS", 8)]
)
def test_menus_hold_a_real_choice(actor: str, least: int) -> None:
    assert len(western_sea().actors[actor].actions) >= least


def test_flags_that_are_required_can_come_about() -> None:
    scenario = western_sea()
    actions = [action for actor in scenario.actors.values() for action in actor.actions]
    settable = {(flag, value) for flag, value in scenario.flags.items()} | {
        (effect.flag, effect.value)
        for action in actions
        for effect in action.effects
        if effect.kind == "flag"
    }
    for action in actions:
        assert can_hold(action, settable), action.id


def test_contested_claims_are_switched_off_by_default() -> None:
    events = {event.id: event for event in western_sea().calendar}
    for name in ("kr_election", "us_election", "ulchi_freedom_shield", "freedom_edge"):
        factor = events[name].tempo_factor
        assert factor.value == 1.0
        assert factor.uncertain


def test_excitation_alone_dies_out() -> None:
    """An active week that touched every actor sets off fewer than one opening act on average."""
    actors = western_sea().actors.values()
    assert sum(actor.excitation.value * actor.memory.value for actor in actors) < 1


def test_every_actor_has_a_role_sheet_of_the_right_length() -> None:
    teaching = western_sea().teaching
    assert teaching is not None
    assert set(teaching.roles) == set(western_sea().actors)
    for actor, role in teaching.roles.items():
        assert 80 <= len(role.public.split()) <= 150, actor
        assert 80 <= len(role.confidential.split()) <= 150, actor
    assert (len(teaching.objectives), len(teaching.injects), len(teaching.questions)) == (4, 6, 6)


def test_every_fact_loads_with_its_licences() -> None:
    """A comma in a flow mapping splits a text in two; the library must see whole licences."""
    from wargame.scenario import library

    kinds = {"actor", "action", "inject", "parameter", "contested"}
    assert len(library.facts()) == 40
    for fact in library.facts().values():
        assert fact.licenses, fact.id
        assert all(item.kind in kinds and item.what for item in fact.licenses), fact.id


def test_how_many_elections_would_settle_it() -> None:
    """What the key of election_year says: acts in eight weeks around a vote, four times in five."""
    path = library.find_scenario("election_year")
    scenario = Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert scenario.teaching is not None
    (said,) = (
        item.look_for
        for item in scenario.teaching.questions
        if item.ask.startswith("Which data would settle")
    )
    rate = entry("incidents_north_korea")["value"]
    each = rate * 8 * 7 / 365.25
    needed = {factor: _votes_needed(each, factor) for factor in (1.6, 1.3)}
    assert f"At the record's {rate} North Korean incidents a year" in " ".join(str(said).split())
    assert f"1.6 over eight weeks takes about {needed[1.6]} elections" in str(said)
    assert f"1.3 about {needed[1.3]};" in str(said)


def _votes_needed(each: float, factor: float) -> int:
    """Return the fewest votes at which acts are significantly many, one way at 2.5%, in 80%."""
    for votes in range(1, 1000):
        critical = poisson.isf(0.025, votes * each) + 1
        if poisson.sf(critical - 1, votes * each * factor) >= 0.8:
            return votes
    raise AssertionError("more than a thousand")
