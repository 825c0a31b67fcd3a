"""Disputed claims held both ways, and the questions of a debrief with their answers."""

import pytest

import shared
from taught import FIRST, TAUGHT
from wargame.classroom.lesson import sheets
from wargame.classroom.lesson.claims import run_claims
from wargame.classroom.lesson.plan import plan_lesson
from wargame.classroom.lesson.plan_values import values_of_plan
from wargame.classroom.lesson.run_values import values_of_run
from wargame.classroom.whatif.counterfactuals import points, run_counterfactuals
from wargame.engine import ensemble
from wargame.scenario import loader
from wargame.scenario.schema import Teaching
from wargame.show.sheets.blocks import Table
from wargame.show.sheets.sheet import words_of


@pytest.fixture(scope="module")
def baseline():
    return shared.results("first_steps", 400, 3)


def test_claims_are_held_on_the_same_draws(baseline):
    held = run_claims(FIRST, baseline)
    assert [item.claim for item in held] == list(FIRST.teaching.claims)
    assert held
    for item in held:
        settings = [f"{path}={value}" for path, value in FIRST.variants[item.claim.variant].items()]
        other = ensemble.run(loader.load("first_steps", settings), 400, 3)
        peaks = (baseline.table["peak"] >= item.level, other.table["peak"] >= item.level)
        assert item.before.count == peaks[0].sum()
        assert item.after.count == peaks[1].sum()
        assert item.difference.value == pytest.approx(peaks[1].mean() - peaks[0].mean())
        per_year = [
            results.table["incidents"].sum() / results.years() for results in (baseline, other)
        ]
        assert item.incidents.value == pytest.approx(per_year[1] - per_year[0])


def values_of(scenario, baseline, level="basic", rules=(), held=()):
    plan = plan_lesson(FIRST, 50, 24)
    found = values_of_run(plan, baseline, rules, rules[:4], held)
    return values_of_plan(scenario, plan, level) | found


def words_on(name, values):
    return list(words_of(sheets.write(name, values).blocks))


def test_claims_stand_in_debrief_and_key_and_their_numbers_not_on_slides(baseline):
    held = run_claims(FIRST, baseline)
    rules = run_counterfactuals(FIRST, baseline)
    values = values_of(FIRST, baseline, "basic", rules, held)
    key = " ".join(words_on("answer_key", values))
    told = sheets.write("debrief", values).blocks
    (table,) = (b for b in told if isinstance(b, Table) and b.headers[0] == "if it were so")
    for row, item in zip(table.rows, held, strict=True):
        assert item.claim.says in row[0]
        assert f"({points(item.difference.low)} to {points(item.difference.high)})" in row[2]
        assert item.claim.evidence in key
        assert f"its variant {item.claim.variant}" not in key
    deep = " ".join(words_on("answer_key", values_of(FIRST, baseline, "advanced", rules, held)))
    assert all(f"its variant {item.claim.variant}" in deep for item in held)
    shown = " ".join(words_on("slides", values))
    assert all(item.claim.says in shown for item in held)
    assert not any(row[2] in shown for row in table.rows)


def test_a_scenario_without_claims_has_no_table_of_them(baseline):
    teaching = FIRST.teaching.model_copy(update={"claims": ()})
    plain = FIRST.model_copy(update={"teaching": teaching})
    assert run_claims(plain, baseline) == ()
    rules = run_counterfactuals(FIRST, baseline)
    assert "if it were so" not in words_on("debrief", values_of(plain, baseline, rules=rules))


@pytest.mark.parametrize("name", TAUGHT)
def test_every_question_has_its_answer_in_the_key(name):
    scenario = TAUGHT[name]
    asked = scenario.teaching.questions
    assert asked
    assert all(item.look_for for item in asked)


def test_a_question_may_be_plain_text_and_general_ones_stand_in(baseline):
    own = Teaching.model_validate({"questions": ["Why?"]})
    assert own.questions[0].ask == "Why?"
    teaching = FIRST.teaching.model_copy(update={"questions": own.questions})
    asking = FIRST.model_copy(update={"teaching": teaching})
    key = words_on("answer_key", values_of(asking, baseline))
    missing = "No answer is written down for it: ask for reasons."
    assert key[key.index("Why?") + 1] == missing
    silent = FIRST.model_copy(update={"teaching": teaching.model_copy(update={"questions": ()})})
    key = words_on("answer_key", values_of(silent, baseline))
    assert any(text.startswith("Which single decision") for text in key)
    assert missing not in key
