"""The shipped scenarios beside western_sea: valid, alive, near the record, each in its own way."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from wargame.analysis.studies.audit.branching import branching_number
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.scenario.ladder import LOWEST_RUNG
from wargame.scenario.laws.effects import all_effects
from wargame.scenario.library import find_scenario
from wargame.scenario.loader import load
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario, TempoEffect
from wargame.scenario.validation import check

PAGES = Path(__file__).resolve().parents[2] / "docs" / "scenarios"
BORDER = ("first_steps", "armoured_spring", "hostile_constitution", "election_year")
ELSEWHERE = ("pacific_reach", "munitions_for_russia")  # lethal clashes may be rarer: files say so
NAMES = (*BORDER, *ELSEWHERE)
ENCROACHMENT = 4
UNREACHED = "Not reached in 10,000 histories"
STANDING = "share of simulated runs under these assumptions, not a forecast"


@cache
def scenario(name: str) -> Scenario:
    return load(name)


@cache
def whole(name: str) -> Results:
    return ensemble.run(scenario(name), 10_000)


def some(name: str, *settings: str) -> Results:
    return ensemble.run(load(name, settings), 2_000)


def done(results: Results, actor: str, *actions: str) -> NDArray[np.bool_]:
    """Mark the acts of the log that are one of an actor's actions."""
    menu = results.menus[actor]
    numbers = [menu.index(action) for action in actions]
    acts = results.acts
    mask: NDArray[np.bool_] = acts["actor"] == results.actors.index(actor)
    return mask & np.isin(acts["action"], numbers)


def first_turns(results: Results, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the first turn of a marked act in each replication, a late one for never."""
    first = np.full(results.replications, 10_000)
    np.minimum.at(first, results.acts["replication"][mask], results.acts["turn"][mask])
    return first


def only_after(results: Results, later: NDArray[np.bool_], earlier: NDArray[np.bool_]) -> bool:
    """Tell whether every act of `later` comes in a turn after the first of `earlier`."""
    acts = results.acts
    return bool(
        np.all(acts["turn"][later] > first_turns(results, earlier)[acts["replication"][later]])
    )


# --- every scenario of the set --------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_valid_without_warnings(name: str) -> None:
    assert check(name)[1] == ()


@pytest.mark.parametrize("name", NAMES)
def test_excitation_cannot_explode(name: str) -> None:
    actors = scenario(name).actors.values()
    excitation = np.array([actor.excitation.value for actor in actors])
    memory = np.array([actor.memory.value for actor in actors])
    assert 0.3 < branching_number(excitation, memory, scenario(name).turn_days) < 1


@pytest.mark.parametrize("name", NAMES)
def test_contested_factors_do_nothing_until_switched_on(name: str) -> None:
    """Whether exercises, elections, visits or supply move the tempo is a switch, not a fact."""
    calendar = scenario(name).calendar
    factors: list[Parameter] = [event.tempo_factor for event in calendar if event.actors]
    effects = [effect for _, effect in all_effects(scenario(name))]
    factors += [effect.factor for effect in effects if isinstance(effect, TempoEffect)]
    assert [factor.value for factor in factors] == [1.0] * len(factors)
    assert all(factor.uncertain for factor in factors)


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_taught(name: str) -> None:
    teaching = scenario(name).teaching
    assert teaching is not None
    assert set(teaching.roles) == set(scenario(name).actors)
    assert len(teaching.objectives) >= 3
    assert len(teaching.injects) >= 4
    assert len(teaching.questions) >= 5
    sheets = [role.public for role in teaching.roles.values()]
    sheets += [role.confidential for role in teaching.roles.values()]
    assert len(set(sheets)) == len(sheets)
    assert min(len(sheet.split()) for sheet in sheets) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_hostile_menus_are_cited(name: str) -> None:
    """At least half of what the first actor named can do rests on a claim, table or work."""
    actor = next(iter(scenario(name).actors.values()))
    assert 2 * sum(bool(action.cite) for action in actor.actions) >= len(actor.actions)


@pytest.mark.parametrize("name", NAMES)
def test_every_unreached_action_says_what_the_note_must_say(name: str) -> None:
    """A note that speaks of not being reached gives a reason after it."""
    for actor in scenario(name).actors.values():
        for action in actor.actions:
            if action.note and UNREACHED in action.note:
                assert re.match(rf"{UNREACHED}: \S", action.note), action.id


@pytest.mark.parametrize("name", [*NAMES, "western_sea"])
def test_each_has_a_page_of_two_paragraphs(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    heading, *paragraphs = text.strip().split("\n\n")
    assert heading.startswith("# ")
    assert len(paragraphs) == 2
    assert f"`{name}`" in paragraphs[0]
    assert STANDING in " ".join(paragraphs[1].split())


@pytest.mark.parametrize("name", NAMES)
def test_the_file_says_where_its_entries_are_explained(name: str) -> None:
    head = find_scenario(name).read_text(encoding="utf-8").split("format: 1")[0]
    assert "rung" in head
    assert "initiative" in head


# --- against the record, and alive ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_reached_or_says_why_not(name: str) -> None:
    results = whole(name)
    unreached = {
        f"{actor}.{action}"
        for actor, menu in results.menus.items()
        for action in menu
        if not done(results, actor, action).any()
    }
    noted = {
        f"{actor_id}.{action.id}"
        for actor_id, actor in scenario(name).actors.items()
        for action in actor.actions
        if action.note and UNREACHED in action.note
    }
    assert unreached == noted


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rates_lie_near_the_record(name: str) -> None:
    """Incidents, lethal clashes, war: the patterns that `seeds/record.yaml` states."""
    results = ensemble.run(scenario(name), 60_000, acts_kept=0)  # war is rare
    years = results.years()
    assert 7 <= results.table["incidents"].sum() / years <= 13
    lethal = results.table["lethal_turns"].sum() / years
    assert (0.1 if name in BORDER else 0.05) <= lethal <= 0.5
    assert 0.0005 <= (results.table["peak"] >= 8).sum() / years <= 0.006


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_answers_match_their_trigger_as_often_as_in_the_record(name: str) -> None:
    start = ENCROACHMENT - LOWEST_RUNG
    answers = whole(name).answers[start:, :-1]
    same = np.trace(answers, offset=start)
    assert 0.55 <= same / answers.sum() <= 0.84


# --- what is special in each ----------------------------------------------------------------------


def test_first_steps_is_small_and_major_strikes_are_accidents() -> None:
    assert [len(actor.actions) for actor in scenario("first_steps").actors.values()] == [6, 6]
    assert 12 <= scenario("first_steps").turns <= 20
    assert max(max(a.rung for a in b.actions) for b in scenario("first_steps").actors.values()) == 6
    slip = "slip[0].chance=1"
    certain = some(
        "first_steps", f"actors.PRK.actions.attack.{slip}", f"actors.ROK.actions.strike_back.{slip}"
    )
    high = certain.acts["realised"] >= 7
    assert high.any()
    assert certain.acts["accidental"][high].all()


def test_armoured_spring_drills_open_bolder_moves() -> None:
    start = "actors.PRK.stocks.readiness.start"
    unready = some("armoured_spring", f"{start}=0.38")
    ready = some("armoured_spring", f"{start}=0.9")
    moves = [done(results, "PRK", "tanks_to_the_line").sum() for results in (unready, ready)]
    assert 0 < 5 * moves[0] < moves[1]
    drills = done(unready, "PRK", "tank_exercise", "tank_contest", "rocket_drill", "border_alert")
    assert only_after(unready, done(unready, "PRK", "tanks_to_the_line"), drills)


def test_armoured_spring_agreement_keeps_drills_from_the_line() -> None:
    """Where agreements hold to the end unbroken, no live fire near the line follows them."""
    results = some("armoured_spring", "world.agreement.turns=26", "world.agreement.broken_by=9")
    near = done(results, "ROK", "live_fire_near_line")
    offers = done(results, "PRK", "mutual_drill_pause")
    acts = results.acts
    rok = results.actors.index("ROK")
    prk = results.actors.index("PRK")
    key = acts["replication"].astype(np.int64) * 1_000 + acts["turn"]
    answer = (acts["actor"] == rok) & (acts["provoker"] == prk) & (acts["trigger"] == -2)
    answer &= (acts["realised"] <= -1) & (acts["behalf"] < 0)
    accepted = offers & np.isin(key, key[answer])
    assert accepted.sum() > 20
    after = acts["turn"][near] > first_turns(results, accepted)[acts["replication"][near]]
    assert near.sum() > 100
    assert not after.any()


def test_pacific_reach_flights_need_engine_tests() -> None:
    stock = "actors.PRK.stocks.readiness"
    results = some("pacific_reach", f"{stock}.start=0", f"{stock}.change=0")
    flights = done(results, "PRK", "hypersonic_flight", "missile_over_japan", "bracket_the_islands")
    assert flights.any()
    assert only_after(results, flights, done(results, "PRK", "engine_test"))


def test_pacific_reach_visits_need_forces_to_send() -> None:
    stock = "actors.USA.stocks.strategic_assets"
    visits = ("bomber_visit", "carrier_or_submarine_visit")
    empty = some("pacific_reach", f"{stock}.start=0", f"{stock}.change=0")
    assert not done(empty, "USA", *visits).any()
    assert done(some("pacific_reach"), "USA", *visits).any()


def test_munitions_for_russia_nothing_comes_back_for_nothing() -> None:
    results = some("munitions_for_russia", "actors.RUS.stocks.owed.start=0")
    shipments = done(results, "PRK", "ship_munitions", "ship_missiles")
    returns = done(results, "RUS", "deliver_food_and_fuel", "technology_transfer")
    assert returns.any()
    assert only_after(results, returns, shipments)


def test_munitions_for_russia_an_army_without_shells_is_bound() -> None:
    stock = "actors.PRK.stocks.munitions"
    empty = some("munitions_for_russia", f"{stock}.start=0", f"{stock}.change=0")
    bold = ("shells_at_the_line", "fire_without_deaths", "lethal_attack", "artillery_drill")
    assert not done(empty, "PRK", *bold, "ship_munitions").any()
    assert done(empty, "PRK", "missile_test").any()


def test_munitions_for_russia_fuel_turns_into_exercises() -> None:
    paid = "actors.RUS.stocks.owed.start"
    few = some("munitions_for_russia", "actors.RUS.tempo=0")
    many = some("munitions_for_russia", f"{paid}=1", "actors.RUS.tempo=0.5")
    exercises = [done(results, "PRK", "fuelled_exercise").sum() for results in (few, many)]
    assert exercises[0] * 1.2 < exercises[1]


def test_hostile_constitution_talks_need_somebody_to_reopen_the_channel() -> None:
    results = some("hostile_constitution")
    message = done(results, "ROK", "envoy_message") | done(results, "USA", "carry_message")
    reopening = done(results, "PRK", "reopen_channel")
    talks = done(results, "ROK", "accord_offer", "step_back_offer", "working_talks")
    talks |= done(results, "PRK", "step_back_deal", "express_regret", "soften_law", "border_accord")
    accord = done(results, "PRK", "border_accord")
    assert accord.any()
    assert only_after(results, reopening, message)
    assert only_after(results, talks, reopening)
    assert only_after(results, accord, done(results, "PRK", "soften_law"))


def test_hostile_constitution_without_a_channel_few_crises_end_by_agreement() -> None:
    shut = some("hostile_constitution")
    open_ = some("hostile_constitution", "flags.channel_open=true", "flags.closed_by_law=false")
    assert 3 * shut.table["agreements"].sum() < open_.table["agreements"].sum()


def test_election_year_has_both_ballots() -> None:
    spec = scenario("election_year")
    ballots = {event.id: event for event in spec.calendar if event.id.endswith("_election")}
    assert set(ballots) == {"kr_election", "us_election"}
    for event, day in (
        (ballots["kr_election"], "2024-04-10"),
        (ballots["us_election"], "2024-11-05"),
    ):
        covered = range(spec.turn_of(event), spec.turn_of(event) + event.window)
        inside = [
            turn for turn in covered if str(spec.date_of(turn)) <= day < str(spec.date_of(turn + 1))
        ]
        assert len(inside) == 1
        assert event.tempo_factor.high is not None
        assert event.tempo_factor.high > 1


def test_election_year_campaigns_change_the_menus() -> None:
    results, spec = some("election_year"), scenario("election_year")
    turn = {event.id: spec.turn_of(event) for event in spec.calendar}
    when = results.acts["turn"]
    for actor, talk, offer, name in (
        ("ROK", "firmness_at_rally", "summit_offer", "south"),
        ("USA", "words_in_debate", "freeze_for_freeze", "us"),
    ):
        begin, end = turn[f"campaign_{name}_begins"], turn[f"campaign_{name}_ends"]
        inside = (when >= begin) & (when < end)
        assert done(results, actor, talk).any()
        assert not (done(results, actor, talk) & ~inside).any()
        assert done(results, actor, offer).any()
        assert not (done(results, actor, offer) & inside).any()
    letters = done(results, "PRK", "letter_to_winner")
    assert letters.any()
    assert when[letters].min() >= turn["campaign_us_ends"]


@pytest.mark.slow
def test_western_sea_says_which_actions_are_hardly_ever_reached() -> None:
    """Fewer than three times in 10,000 histories <=> the note says so."""
    scenario = load("western_sea")
    results = ensemble.run(scenario, 10_000)
    noted, rare = set(), set()
    for place, actor in enumerate(results.actors):
        mine = results.acts["action"][results.acts["actor"] == place]
        counts = np.bincount(mine, minlength=len(results.menus[actor]))
        rare |= {(actor, a) for a, n in zip(results.menus[actor], counts, strict=True) if n < 3}
        noted |= {
            (actor, action.id)
            for action in scenario.actors[actor].actions
            if (action.note or "").startswith("Hardly ever reached in 10,000 histories")
        }
    assert noted == rare
