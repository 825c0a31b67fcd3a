"""Scripted opponents choose only from what they saw, and only what is on offer."""

import pytest

from wargame.classroom.play.game import Game, menu_of
from wargame.classroom.play.scripts import STYLES, style
from wargame.classroom.play.setup import set_up
from wargame.classroom.play.sight import Seen
from wargame.engine.policies import HOLD, Order
from wargame.errors import UnknownName
from wargame.scenario import loader

SCENARIO = loader.load("first_steps")
MENU = menu_of(SCENARIO, "PRK")
RUNGS = {action.id: action.rung for action in MENU} | {HOLD: None}


def met(read, turn=4, actor="ROK"):
    return Seen(turn, 0, actor, ("PRK",), "ground", aimed=True, read=read)


def own(provoker, turn=4):
    return Seen(turn, 1, "PRK", ("ROK",), "ground", False, 3.0, "denounce", provoker)


def rung(name, *seen, turn=5, offered=MENU):
    order = style(name)(offered, seen, turn)
    return RUNGS[order.opening], order.standing


@pytest.mark.parametrize(
    ("name", "seen", "expected"),
    [
        ("hawk", (), 3),
        ("hawk", (met(1.2),), 3),
        ("hawk", (met(3.4),), 4),
        ("hawk", (met(7.9),), 4),  # 5 is wanted, 4 is the nearest that does not kill
        ("dove", (), None),
        ("dove", (met(1.0),), None),
        ("dove", (met(3.0),), -2),
        ("tit_for_tat", (), None),
        ("tit_for_tat", (met(3.9),), 4),
        ("tit_for_tat", (met(-1.1),), -1),
        ("tit_for_tat", (met(3.9), own("ROK")), None),
    ],
)
def test_a_style_answers_what_it_saw(name, seen, expected):
    assert rung(name, *seen)[0] == expected


@pytest.mark.parametrize(
    ("name", "standing"), [("hawk", "one_higher"), ("dove", "one_lower"), ("tit_for_tat", "match")]
)
def test_each_style_has_its_standing_order(name, standing):
    assert rung(name)[1] == rung(name, met(4.0))[1] == standing


@pytest.mark.parametrize("name", STYLES)
def test_only_the_last_turn_and_what_was_aimed_at_it_counts(name):
    elsewhere = Seen(4, 0, "ROK", ("JPN",), "ground", aimed=False, read=6.0)
    assert rung(name, met(6.0, turn=2), elsewhere) == rung(name)


@pytest.mark.parametrize("name", STYLES)
def test_nothing_on_offer_is_a_hold(name):
    assert rung(name, met(4.0), offered=())[0] is None


def test_a_hawk_does_not_open_with_killing():
    attack = [action for action in MENU if action.rung == 6]
    assert rung("hawk", met(5.0), offered=attack)[0] is None


def test_tit_for_tat_begins_with_a_gesture():
    assert rung("tit_for_tat", turn=1)[0] == -1


@pytest.mark.parametrize("name", STYLES)
def test_an_answer_is_aimed_at_who_did_it(name):
    menu = menu_of(loader.load("western_sea"), "PRK")
    order = style(name)(menu, (met(4.0, actor="JPN"),), 5)
    chosen = next(action for action in menu if action.id == order.opening)
    assert "JPN" in chosen.targets


def test_an_unknown_style_is_told():
    with pytest.raises(UnknownName, match="Did you mean 'dove'"):
        style("dov")


def test_a_hawk_escalates_more_than_a_dove():
    def peak(opponents, seed):
        game = Game(set_up("first_steps", ["ROK"], seed, opponents=opponents, turns=6), {})
        while not game.over:
            for actor, order in game.scripted_orders().items():
                game = game.ordered(actor, order)
            game = game.ordered("ROK", Order(HOLD, "match"))
        return int(game.past.turn_peak.max())

    hawks, doves = ([peak(name, seed) for seed in range(6)] for name in ("hawk", "dove"))
    assert min(hawks) >= 3
    assert max(doves) <= 0
