"""What if one party had played by another rule: paired runs, and the cards made of them."""

import numpy as np
import pytest

import shared
from taught import FIRST
from wargame.classroom.lesson import sheets
from wargame.classroom.lesson.plan import plan_lesson
from wargame.classroom.lesson.plan_values import values_of_plan
from wargame.classroom.lesson.run_values import asked_outcome, misread, values_of_run
from wargame.classroom.whatif.counterfactuals import (
    RULES,
    Counterfactual,
    choose,
    headline,
    points,
    run_counterfactuals,
)
from wargame.engine import ensemble
from wargame.findings import Estimate, share_of
from wargame.show.sheets.sheet import words_of


@pytest.fixture(scope="module")
def baseline():
    return shared.results("first_steps", 400, 3)


@pytest.fixture(scope="module")
def found(baseline):
    return run_counterfactuals(FIRST, baseline)


def test_every_party_under_every_rule_on_the_same_draws(baseline, found):
    assert [(item.actor, item.rule) for item in found] == [
        (actor, rule) for actor in FIRST.actors for rule in RULES
    ]
    for item in found:
        orders = {(turn, item.actor): RULES[item.rule][0] for turn in range(1, FIRST.turns + 1)}
        other = ensemble.run(FIRST, 400, 3, orders=orders)
        before, after = (run.table["peak"] >= item.level for run in (baseline, other))
        assert item.before == share_of(int(before.sum()), 400)
        assert item.after == share_of(int(after.sum()), 400)
        assert item.difference.value == pytest.approx(item.after.value - item.before.value)
        assert item.difference.low <= item.difference.value <= item.difference.high
        if item.rule == "never_opens":
            opened = other.acts["actor"][other.acts["link"] == 0]
            assert sorted(FIRST.actors).index(item.actor) not in opened


def test_the_level_is_the_highest_that_is_not_rare(baseline):
    peaks = baseline.table["peak"]
    level = headline(baseline)
    assert (peaks >= level).mean() >= 0.05 or level == 4
    assert level == 6 or (peaks >= level + 1).mean() < 0.05


def made(actor, rule, value, half):
    share, change = share_of(10, 100), Estimate(value, value - half, value + half)
    return Counterfactual(5, share, share, change, None, actor, rule, change)


def test_cards_take_large_changes_with_different_rules_and_one_unclear():
    large, second = made("PRK", "one_higher", 0.3, 0.1), made("ROK", "one_higher", 0.2, 0.1)
    other, none = made("ROK", "lets_pass", -0.15, 0.1), made("USA", "one_lower", 0.01, 0.1)
    vague = made("USA", "lets_pass", 0.05, 0.1)
    items = (none, second, vague, other, large)
    assert choose(items, 3) == (large, other, none)
    assert choose(items, 4) == (large, other, second, none)
    assert choose((large, second), 4) == (large, second)
    assert choose((none, vague), 4) == (none,)


def test_points_never_read_minus_zero():
    assert [points(value) for value in (0.189, -0.0004, 0.0004, -0.012)] == [
        "+18.9",
        "0.0",
        "0.0",
        "-1.2",
    ]


def values_with(baseline, plan, chosen=()):
    return values_of_plan(FIRST, plan, "basic") | values_of_run(plan, baseline, chosen, chosen)


def test_answers_are_on_a_sheet_of_their_own(baseline):
    items = (made("PRK", "one_higher", 0.3, 0.1), made("ROK", "one_higher", 0.2, 0.1))
    values = values_with(baseline, plan_lesson(FIRST, 50, 24), items)
    asked = " ".join(words_of(sheets.write("what_if_cards", values).blocks))
    answered = " ".join(words_of(sheets.write("what_if_answers", values).blocks))
    assert asked.count("What if, card") == answered.count("Answer to card") == 2
    assert points(items[0].difference.value) in answered
    assert points(items[0].difference.value) not in asked


def test_misreadings_are_counted_among_answers(baseline):
    acts = baseline.acts
    answers = [k for k in range(len(acts["turn"])) if acts["link"][k] > 0]
    off = sum(round(float(acts["perceived"][k])) != acts["trigger"][k] for k in answers)
    counted = misread(baseline)
    share = counted["Answers to an act read on another rung"]
    assert (share.count, share.n) == (off, len(answers))
    assert 0 < off < len(answers)
    slipped = counted["Acts that went further than meant"]
    assert slipped.count == int(np.sum(acts["accidental"]))
    assert slipped.n == len(acts["turn"])


def test_the_ticket_asks_about_an_outcome_that_was_seen(baseline):
    name, share = asked_outcome(baseline)
    assert share == baseline.outcomes()[name]
    assert share.value >= 0.02


def test_a_short_lesson_has_a_short_ticket_and_its_key_no_more(baseline):
    for minutes, numbers in ((50, ["1.", "3."]), (75, ["1.", "2.", "3.", "4."])):
        values = values_with(baseline, plan_lesson(FIRST, minutes, 24))
        ticket = sheets.write("exit_ticket", values)
        asked = [text for text in words_of(ticket.blocks) if text in "1.2.3.4."]
        assert [text for text in asked[: len(asked) // 2] if text] == numbers
        key = list(words_of(sheets.write("answer_key", values).blocks))
        after = key[key.index("Exit ticket") + 1 :]
        leads = [text for text in after if text[:2] in ("1.", "2.", "3.", "4.")]
        assert [text[:2] for text in leads] == numbers
