"""What a what if says of the decision it changes."""

import pytest

import shared
from engine.adjudication.hand import act, actor, forced, world
from wargame.analysis.estimates.paired import NO_CHANGE, Pair
from wargame.classroom.futures.curve import follow
from wargame.classroom.futures.curve_document import curve_document
from wargame.classroom.futures.curve_tables import curve_note, curve_tables
from wargame.classroom.history.history import relive
from wargame.classroom.whatif.whatif import what_if
from wargame.classroom.whatif.whatif_document import what_if_document
from wargame.classroom.whatif.whatif_tables import _row, what_if_tables
from wargame.engine import ensemble
from wargame.engine.policies import HOLD
from wargame.findings import Estimate, share_of
from wargame.show.table import to_text


@pytest.fixture(scope="module")
def results():
    return shared.results("first_steps", 60, 1)


def test_an_actor_that_only_answered_is_not_said_to_have_held_back(results):
    """It opened with nothing; its answer is what the question is about."""
    acts = results.acts
    answers = [
        (int(run), int(turn), results.actors[int(actor)])
        for run, turn, actor, link in zip(
            acts["replication"], acts["turn"], acts["actor"], acts["link"], strict=True
        )
        if link > 0
    ]
    for run, turn, who in answers:
        found = what_if(results, run, turn, who, standing="one_lower", futures=5)
        if found.was.opening == HOLD:
            break
    else:
        pytest.fail("no actor answered without having opened")
    title, _ = what_if_tables(found)
    assert "had opened with nothing. What if it had answered one rung below" in title
    assert "held back" not in title


def test_a_curve_without_a_decisive_turn_says_that_none_moved_the_odds_much(results):
    for number in range(results.replications):
        course = follow(results, number, 50)
        if not course.decisive:
            break
    history = relive(results, number)
    title, _ = curve_tables(course, history.scenario, history.results)
    assert title.endswith("no single turn moved them much")


@pytest.fixture(scope="module")
def hit():
    """Return a run whose every history comes to rung 4 in turn 1, and mostly to no more."""
    case = world(
        forced(1, "AA", "hit"),
        turns=4,
        AA=actor(act("hit", 4, "BB"), act("talk", -1, "BB")),
        BB=actor(act("talk", -1, "AA"), act("shoot", 6, "AA")),
    )
    return ensemble.run(case, 10, 1)


def test_a_curve_says_reached_instead_of_a_share_once_it_is(hit):
    curve = follow(hit, 3, 100)
    history = relive(hit, 3)
    _, (odds, happened) = curve_tables(curve, history.scenario, history.results)
    assert [row[1] for row in to_text(odds)[1]] == ["100% (from 96%)", *["reached"] * 4]
    assert to_text(odds)[1][0][4] == "none seen"
    assert to_text(odds)[1][-1][4] == "not reached"
    assert (curve.low[1:, 0] == 1.0).all()
    assert curve.low[0, 0] < 1.0
    first, second = curve_document(curve, history.scenario, history.results)["moments"][:2]
    assert first["reached"][0]["settled"] is None
    assert first["reached"][0]["low"] < 1.0
    assert second["reached"][0]["settled"] == "already reached"
    assert second["reached"][0]["low"] is None
    label = history.scenario.actors["AA"].actions[0].label
    assert to_text(happened)[1][0][2].endswith(f": {label} (4)")
    assert curve_note(curve).startswith("Moved by: the share of futures")


def test_odds_in_a_curve_have_their_interval(results):
    curve = follow(results, 0, 400)
    history = relive(results, 0)
    _, tables = curve_tables(curve, history.scenario, history.results)
    share = curve.share(0, 4)
    assert to_text(tables[0])[1][0][1] == (
        f"{100 * share.value:.0f}% ±{50 * (share.high - share.low):.0f}"
    )


@pytest.mark.parametrize("same_luck", [False, True])
def test_a_what_if_knows_what_is_settled_in_either_arm(hit, same_luck):
    found = what_if(hit, 3, 2, "AA", "talk", futures=200, same_luck=same_luck)
    assert found.changes[0].difference == NO_CHANGE
    _, (reached, outcomes) = what_if_tables(found)
    assert to_text(reached)[1][0][1:] == ("already reached", "already reached", "0", "", "the same")
    assert to_text(outcomes)[1][0] == ("calm", "no longer possible", "no longer possible")
    data = what_if_document(found)
    four, calm = data["reached"][0], data["outcomes"][0]
    assert (four["difference"], four["low"], four["high"]) == (0.0, None, None)
    assert (four["before"]["low"], four["after"]["settled"]) == (None, "already reached")
    assert (calm["before"]["high"], calm["before"]["settled"]) == (None, "no longer possible")
    eight = data["reached"][-1]
    assert eight["before"]["settled"] is None
    assert eight["low"] < 0 < eight["high"]


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        (548, 553, ("5.48% (5.1 to 5.9%)", "5.53% (5.1 to 6.0%)", "+0.05")),
        (544, 556, ("5.44% (5.0 to 5.9%)", "5.56% (5.1 to 6.0%)", "+0.12")),
        (3400, 2900, ("34.0% (33 to 35%)", "29.0% (28 to 30%)", "-5.0")),
        (0, 30, ("none seen (0 to 0.038%)", "0.3% (0.21 to 0.43%)", "+0.3")),
    ],
)
def test_shares_and_their_difference_agree_as_they_are_printed(before, after, cells):
    gap = (after - before) / 10_000
    change = Pair(
        6,
        share_of(before, 10_000),
        share_of(after, 10_000),
        Estimate(gap, gap - 0.001, gap + 0.001),
        None,
    )
    assert _row(change, (3, 3))[1:4] == cells


def test_a_what_if_of_one_future_says_so(results):
    title, (reached, _) = what_if_tables(what_if(results, 0, 1, "PRK", "hold", futures=1))
    assert "1 future each" in title
    assert to_text(reached)[1][0][1].endswith(" of 1")
