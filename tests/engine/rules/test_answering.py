"""Answers: whether there is one, and what weighs for each, on numbers worked out by hand."""

import pytest

from engine.adjudication.hand import act, actor, world
from wargame.engine.ensemble.chunks import Chunk, open_model
from wargame.engine.rules.answering import answer_logit, perceive, reply_chance


def test_a_rung_is_read_with_an_error_in_rungs():
    assert [perceive(4, 0.5, z) for z in (-1.0, 0.0, 2.0)] == [3.5, 4.0, 5.0]


def test_reply_chance_goes_by_the_rounded_perceived_rung():
    perceived = [-1.0, -0.4, 0.0, 3.4, 3.6, 4.4, 4.6, 8.0]
    expected = [0.6, 0.42, 0.42, 0.42, 0.75, 0.75, 0.9, 0.9]
    assert [reply_chance(read, 0.6, 0.42, 0.75, 0.9) for read in perceived] == expected


def test_answer_logits_are_the_sum_of_their_terms():
    menu = [
        act("say", 1, "AA", reply=0.5, public=0.25),
        act("warn", 4, "AA", reply=0.0, public=0.25),
        act("strike", 7, "AA", reply=-1.0, public=0.25),
    ]
    traits = {"reciprocity": 2.0, "restraint": 3.0, "audience_cost": 0.8, "spiral": 0.5}
    parties = {"AA": actor(act("talk", -1, "BB")), "BB": actor(*menu, **traits)}
    case = world(rules={"firebreak": 6}, **parties)
    with open_model(Chunk(case, 1, 0, 1)) as model:
        here, actions = model.here(0), model.world.actions_of(1)
        found = [answer_logit(here, 1, action, 4.5, 0.3) for action in actions]
    by_hand = [
        0.5 - 2.0 * 3.5 - 0.2 * 3.5 - 0.05,
        0.0 - 2.0 * 0.5 - 0.2 * 0.5 + 0.025,
        -1.0 - 2.0 * 2.5 - 3.0 + 0.1,
    ]
    assert found == pytest.approx(by_hand)
