"""The log of agreements: how each ended and by whom, by hand and against the counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shared
from engine.adjudication.hand import ALWAYS, act, actor, bystander, forced, world
from strategies import orders, scenarios, tries
from wargame.engine.ensemble import run
from wargame.engine.ensemble.chunks import Chunk, open_model
from wargame.engine.policies import Order
from wargame.engine.results import AGREEMENT_ENDS
from wargame.engine.rules.agreement import is_bound

TERM = 3


def case(*calendar, turns=8, term=TERM, **more):
    """AA and BB answer every offer with talks, and nothing else; CC looks on."""
    rules = {
        "reply": {**ALWAYS, "low": 0.0, "encroachment": 0.0, "force": 0.0},
        "chain": {"damping": 0.0, "longest": 1},
        "agreement": {"turns": term, "broken_by": 3, "tempo_factor": 1.0},
        "war_from_strikes": 0.0,
        **more,
    }

    def party(other):
        deeds = {"offer": -2, "warn": 2, "push": 3, "hit": 6, "invade": 8}
        menu = [act(name, rung, other, reply=None) for name, rung in deeds.items()]
        return actor(*menu, act("talk", -1, other))

    return world(
        *calendar, turns=turns, rules=rules, AA=party("BB"), BB=party("AA"),
        CC=bystander("AA", commitments={"AA": 1.0}),
    )  # fmt: skip


def log_of(results):
    """Return (made, one, other, ended, how, breaker) of each agreement."""
    log = results.agreements
    names = [*results.actors, None]
    return [
        (int(made), names[one], names[other], int(ended), AGREEMENT_ENDS[how], names[breaker])
        for made, one, other, ended, how, breaker in zip(
            *(log[name] for name in ("made", "one", "other", "ended", "how", "breaker")),
            strict=True,
        )
    ]


def agreements(*calendar, **more):
    results = run(case(*calendar, **more), 1)
    require_counts(results)
    return log_of(results)


def require_counts(results):
    """Require what the table counts, history by history."""
    log = results.agreements
    for column, rows in (("agreements", ...), ("broken", log["how"] == BROKEN)):
        counted = np.bincount(log["replication"][rows] - results.first, None, results.replications)
        assert np.array_equal(counted, results.table[column]), column


IN_FORCE, EXPIRED, BROKEN, RENEWED = map(
    AGREEMENT_ENDS.index, ("in force", "expired", "broken", "renewed")
)
OFFER = forced(1, "AA", "offer")


def test_one_still_in_force_ends_with_the_history():
    assert agreements(OFFER, turns=3) == [(1, "AA", "BB", 3, "in force", None)]


def test_one_made_in_the_last_turn_is_in_force():
    assert agreements(OFFER, turns=1) == [(1, "AA", "BB", 1, "in force", None)]


def test_one_that_ran_out_expired_with_its_last_turn():
    assert agreements(OFFER, turns=8) == [(1, "AA", "BB", 1 + TERM, "expired", None)]
    assert agreements(OFFER, turns=1 + TERM) == [(1, "AA", "BB", 1 + TERM, "in force", None)]
    assert agreements(OFFER, turns=2 + TERM) == [(1, "AA", "BB", 1 + TERM, "expired", None)]


def test_parties_stand_in_the_order_of_their_ids():
    assert agreements(forced(1, "BB", "offer")) == [(1, "AA", "BB", 1 + TERM, "expired", None)]


@pytest.mark.parametrize("who", ["AA", "BB"])
@pytest.mark.parametrize("what", ["push", "hit"])
def test_one_is_broken_by_who_acts_gravely(who, what):
    broken = (1, "AA", "BB", 2, "broken", who)
    assert agreements(OFFER, forced(2, who, what)) == [broken]


def test_one_is_broken_once_by_the_first_to_act():
    """Both act in the same turn: the act that comes first by link and id breaks it."""
    both = agreements(OFFER, forced(2, "BB", "push"), forced(2, "AA", "push"))
    assert both == [(1, "AA", "BB", 2, "broken", "AA")]


def test_what_is_not_grave_enough_breaks_nothing():
    assert agreements(OFFER, forced(2, "AA", "warn")) == agreements(OFFER)


def test_what_comes_too_late_breaks_nothing():
    late = forced(2 + TERM, "AA", "hit")
    assert agreements(OFFER, late) == [(1, "AA", "BB", 1 + TERM, "expired", None)]
    last = forced(1 + TERM, "AA", "hit")
    assert agreements(OFFER, last) == [(1, "AA", "BB", 1 + TERM, "broken", "AA")]


def test_one_made_this_turn_is_not_broken_this_turn():
    assert agreements(OFFER, forced(1, "BB", "push")) == [(1, "AA", "BB", 4, "expired", None)]


def test_one_made_again_is_renewed_and_the_term_starts_anew():
    assert agreements(OFFER, forced(3, "BB", "offer")) == [
        (1, "AA", "BB", 3, "renewed", None),
        (3, "AA", "BB", 3 + TERM, "expired", None),
    ]


def test_one_made_after_the_last_ran_out_is_another():
    assert agreements(OFFER, forced(6, "AA", "offer")) == [
        (1, "AA", "BB", 1 + TERM, "expired", None),
        (6, "AA", "BB", 8, "in force", None),
    ]


def test_one_broken_and_made_anew_in_one_turn_counts_as_both():
    assert agreements(OFFER, forced(2, "AA", "offer"), forced(2, "BB", "push")) == [
        (1, "AA", "BB", 2, "broken", "BB"),
        (2, "AA", "BB", 2 + TERM, "expired", None),
    ]


def test_two_offers_accepted_in_one_turn_are_two():
    assert agreements(OFFER, forced(1, "BB", "offer")) == [
        (1, "AA", "BB", 1, "renewed", None),
        (1, "AA", "BB", 1 + TERM, "expired", None),
    ]


def test_war_breaks_one_and_ends_the_history():
    war = agreements(OFFER, forced(3, "AA", "invade"), forced(4, "AA", "offer"))
    assert war == [(1, "AA", "BB", 3, "broken", "AA")]


def test_war_between_others_leaves_one_in_force_at_the_end():
    scenario = case(OFFER, forced(2, "CC", "invade"), term=6)
    invade = act("invade", 8, "AA", reply=None)
    document = scenario.model_dump(mode="json")
    document["actors"]["CC"]["actions"].append({**invade, "targets": ["AA"]})
    results = run(type(scenario).model_validate(document), 1)
    assert results.table["peak"].tolist() == [8]
    assert log_of(results) == [(1, "AA", "BB", 2, "in force", None)]


def test_an_order_to_hold_answers_no_offer():
    results = run(case(OFFER), 1, orders={(1, "BB"): Order(None, "hold")})
    assert log_of(results) == []


def test_who_is_bound_may_be_asked_either_way():
    with open_model(Chunk(case(), 1, 0, 1)) as model:
        model.states["agreement_until"][0, 0, 2] = 5
        asked = ((0, 2, 5), (2, 0, 5), (2, 0, 6), (0, 1, 1))
        bound = [bool(is_bound(model.here(0), *who_and_when)) for who_and_when in asked]
    assert bound == [True, True, False, False]


def require_a_sound_log(results):
    """Require what holds for every log of agreements."""
    require_counts(results)
    log, term = results.agreements, results.scenario.world.agreement.turns
    last = results.table["turns"][log["replication"] - results.first]
    assert (log["one"] < log["other"]).all()
    assert (log["made"] >= 1).all()
    assert (log["made"] <= log["ended"]).all()
    assert (log["ended"] <= np.minimum(last, log["made"] + term)).all()
    expired, standing = log["how"] == EXPIRED, log["how"] == IN_FORCE
    assert (log["ended"][expired] == log["made"][expired] + term).all()
    assert (log["ended"][standing] == last[standing]).all()
    broken = log["how"] == BROKEN
    assert ((log["breaker"] >= 0) == broken).all()
    party = (log["breaker"] == log["one"]) | (log["breaker"] == log["other"])
    assert party[broken].all()
    order = np.lexsort((log["made"], log["replication"]))
    assert np.array_equal(order, np.arange(len(order)))
    latest = {}
    for row in range(len(order)):  # of one pair none begins before the last has ended
        pair = tuple(int(log[name][row]) for name in ("replication", "one", "other"))
        before = latest.get(pair)
        if before is not None:
            assert log["ended"][before] <= log["made"][row]
            again = log["ended"][before] == log["made"][row]
            assert again or log["how"][before] != RENEWED
        latest[pair] = row


@settings(max_examples=tries(100), deadline=None)
@given(data=st.data())
def test_the_log_is_sound_in_any_scenario(data):
    scenario = data.draw(scenarios())
    told = {place: Order(*order) for place, order in data.draw(orders(scenario)).items()}
    uncertainty = data.draw(st.booleans())
    require_a_sound_log(run(scenario, 30, 3, uncertainty=uncertainty, orders=told, first=4))


def test_the_log_is_sound_in_a_shipped_scenario():
    results = shared.results("western_sea", 2000)
    require_a_sound_log(results)
    assert set(np.unique(results.agreements["how"])) >= {IN_FORCE, EXPIRED, BROKEN}
