"""What a what if says of the decision it changes."""

import pytest

from wargame.classroom.history import relive
from wargame.classroom.odds import follow
from wargame.classroom.odds_tables import curve_section, what_if_sections
from wargame.classroom.whatif import what_if
from wargame.engine import ensemble
from wargame.engine.policies import HOLD
from wargame.scenario import loader


@pytest.fixture(scope="module")
def results():
    return ensemble.run(loader.load("first_steps"), 60, 1)


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
    for run, turn, actor in answers:
        found = what_if(results, run, turn, actor, standing="one_lower", futures=5)
        if found.was.opening == HOLD:
            break
    else:
        pytest.fail("no actor answered without having opened")
    title, _ = what_if_sections(found)
    assert "had opened with nothing. What if it had answered one rung below" in title
    assert "held back" not in title


def test_a_curve_without_a_decisive_turn_says_that_none_moved_the_odds_much(results):
    for number in range(results.replications):
        course = follow(results, number, 50)
        if not course.decisive:
            break
    history = relive(results, number)
    title, _ = curve_section(course, history.scenario, history.results)
    assert title.endswith("no single turn moved them much")
