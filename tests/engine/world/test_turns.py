"""What each turn brings: the calendar's factors, forced acts, orders."""

import numpy as np

from engine.adjudication.hand import actor, event, forced, opener, tempo, world
from wargame.engine.ensemble.chunks import Chunk, open_model
from wargame.engine.policies import OPEN_AS_MODEL, OPEN_NOTHING, POLICIES, Order
from wargame.engine.rules.opening import hazard
from wargame.engine.world.turns import turns_of
from wargame.engine.world.world import world_of

MENU = (opener("push", 3, "BB"), opener("shout", 1, "BB"))


def case(*calendar, turns=6, **more):
    return world(*calendar, turns=turns, AA=actor(*MENU, tempo=0.5), BB=actor(*BACK), **more)


BACK = (opener("push", 3, "AA"),)


def hazards(scenario, who="AA"):
    """Return the hazard in each turn, without what acts change."""
    found = []
    with open_model(Chunk(scenario, 1, 0, 1)) as model:
        place = model.world.actors.index(who)
        for turn in range(1, scenario.turns + 1):
            model.turn = turn
            found.append(hazard(model.here(0), place))
    return found


def test_calendar_factors_multiply_inside_their_window():
    twice = case(
        event(3, window=2, actors=("AA",), tempo_factor=2.0),
        event(4, window=2, actors=("AA",), tempo_factor=2.0),
    )
    assert hazards(twice) == [0.5, 0.5, 1.0, 2.0, 1.0, 0.5]
    assert hazards(twice, "BB") == [0.0] * 6


def test_contested_effects_at_their_default_are_left_out():
    """A factor of 1 that is there to be switched on leaves no trace; another does."""
    for factor, boosts in ((1.0, [1.0, 1.0]), (2.0, [2.0, 1.0])):
        scenario = case(event(1, tempo("AA", factor, 3)))
        with open_model(Chunk(scenario, 1, 0, 1)) as model:
            model.begin()
            assert model.states["boost"][0, :2].tolist() == boosts
            assert model.states["effect_until"][0, 0] == (3 if factor != 1.0 else 0)


def test_what_comes_after_the_last_turn_is_left_out():
    """The past of a game is played with its whole calendar."""
    late = [forced(5, "AA", "push"), event(6, tempo("AA", 3.0, 2), window=2, tempo_factor=4.0)]
    whole = case(forced(2, "AA", "shout"), *late)
    cut = whole.model_copy(update={"turns": 4})
    turns = turns_of(world_of(cut), 1, {(5, "BB"): Order("hold", "hold")})
    shout = world_of(cut).action("AA", "shout")
    assert turns["forced"][:, 0].tolist() == [-1, shout, -1, -1]
    assert not turns["windows"][2:].any()
    assert not turns["standing"].any()
    assert turns["last_change"].tolist() == [0, 0, 0, 0]


def test_of_two_forced_acts_the_later_in_the_file_holds():
    played = world_of(case(forced(2, "AA", "shout"), forced(2, "AA", "push")))
    assert turns_of(played, 1)["forced"][1, 0] == played.action("AA", "push")


def test_orders_stand_in_their_turn():
    played = world_of(case())
    orders = {(2, "AA"): Order("push", "match"), (3, "BB"): Order("hold")}
    turns = turns_of(played, 1, orders)
    usual, push = OPEN_AS_MODEL, played.action("AA", "push")
    assert turns["opening"][:3, :2].tolist() == [[usual] * 2, [push, usual], [usual, OPEN_NOTHING]]
    assert turns["standing"][:3, 0].tolist() == [0, POLICIES.index("match"), 0]


def test_seeds_turns_and_names_set_keys_apart():
    played = world_of(case())
    one, other = turns_of(played, 1), turns_of(played, 2)
    keys = np.concatenate([one["open_key"][:, :2].ravel(), other["open_key"][:, :2].ravel()])
    assert len(np.unique(keys)) == len(keys)
    renamed = turns_of(played, 1, aliases={"AA": "BB", "BB": "AA"})
    assert np.array_equal(renamed["open_key"][:, :2], one["open_key"][:, 1::-1])
