"""The numbers of histories as records: one for all or one each, and what provokes whom."""

import numpy as np
import pytest

from engine.adjudication.hand import act, actor, bystander, world
from wargame.engine.draws import DrawnNumbers, Streams
from wargame.engine.world.numbers import numbers_of
from wargame.engine.world.world import world_of
from wargame.scenario import loader

NAMES = ("AA", "BB", "CC", "DD")
ACTS = {"hit_b": ("BB",), "hit_c": ("CC",), "hit_both": ("BB", "CC")}


def weigh_for(who, values=None, **promised):
    """Return what each act of AA weighs for an actor with these promises, and for whom."""
    scenario = world(
        AA=actor(*(act(name, 3, *targets) for name, targets in ACTS.items())),
        **{
            other: bystander("AA", commitments=promised if other == who else {})
            for other in NAMES[1:]
        },
    )
    played = world_of(scenario)
    numbers = numbers_of(played, values or {}, 2)
    own, places = played.actors.index(who), [played.action("AA", name) for name in ACTS]
    behalf = numbers["behalf"][:, own, places]
    return numbers["weight"][:, own, places].T.tolist(), behalf.T.tolist()


def test_a_target_is_provoked_in_full_and_for_itself():
    weights, behalf = weigh_for("CC", BB=0.4)
    assert weights[1:] == [[1.0], [1.0]]
    assert behalf[1:] == [[-1], [-1]]


def test_an_ally_is_provoked_by_its_commitment():
    weights, behalf = weigh_for("CC", BB=0.4)
    assert weights[0] == [0.4]
    assert behalf[0] == [NAMES.index("BB")]


def test_nobody_else_is_provoked():
    weights, behalf = weigh_for("CC", AA=0.9)  # stands by the one who acts
    assert weights[0] == [0.0]
    assert behalf[0] == [-1]


def test_of_two_allies_the_dearer_one_is_answered_for_also_where_it_differs_by_history():
    drawn = {"actors.DD.commitments.BB": np.array([0.2, 0.8])}
    weights, behalf = weigh_for("DD", drawn, BB=0.3, CC=0.5)
    assert weights == [[0.2, 0.8], [0.5, 0.5], [0.5, 0.8]]
    assert behalf[2] == [NAMES.index("CC"), NAMES.index("BB")]


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


def test_fixed_numbers_are_one_record_and_drawn_ones_one_each(scenario):
    played = world_of(scenario)
    drawn = DrawnNumbers(scenario, Streams(1, 0, 6))
    many, one = numbers_of(played, drawn, 6), numbers_of(played, {}, 6)
    prk = played.actors.index("PRK")
    assert (len(many), len(one)) == (6, 1)
    assert np.array_equal(many["tempo"][:, prk], drawn["actors.PRK.tempo"])
    assert one["tempo"][0, prk] == scenario.actors["PRK"].tempo.value


def test_a_value_that_all_share_needs_no_record_each(scenario):
    played = world_of(scenario)
    given = numbers_of(played, {"actors.PRK.tempo": np.array([0.2])}, 6)
    assert len(given) == 1
    assert given["tempo"][0, played.actors.index("PRK")] == 0.2


def test_what_others_were_given_stays_theirs(scenario):
    """The records that a world's own numbers make are made once: nobody may write to them."""
    played = world_of(scenario)
    before = numbers_of(played, {}, 1).tobytes()
    numbers_of(played, {"actors.PRK.tempo": np.array([0.9])}, 1)
    assert numbers_of(played, {}, 1).tobytes() == before


def test_a_target_weighs_one_and_an_ally_its_commitment(scenario):
    played = world_of(scenario)
    numbers, usa = numbers_of(played, {}, 1), played.actors.index("USA")
    promised = {ally: p.value for ally, p in scenario.actors["USA"].commitments.items()}
    actions = {action.id: action for action in scenario.actors["PRK"].actions}
    for name in played.menus["PRK"]:
        targets, place = actions[name].targets, played.action("PRK", name)
        weight, ally = numbers["weight"][0, usa, place], numbers["behalf"][0, usa, place]
        if "USA" in targets:
            assert (weight, ally) == (1.0, -1)
        else:
            best = max((promised.get(target, 0.0) for target in targets), default=0.0)
            assert weight == best
            if best > 0:
                assert promised[played.actors[ally]] == best


def test_weights_of_openings_are_shares_of_the_likeliest_opening_whatever_else_is_on_the_menu():
    far = {f"g{number}": 5.0 for number in range(40)}  # 1,000 logits of goals
    served = act("answer", 3, "BB", initiative=None, reply=0.0, gains=far)
    one = act("one", 1, "BB", initiative=0.0)
    other = act("other", 2, "BB", initiative=-1.0)
    played = world_of(world(AA=actor(one, other, served, goals=far), BB=bystander("AA")))
    numbers = numbers_of(played, {}, 1)
    found = numbers["opening_weight"][0][[played.action("AA", name) for name in ("one", "other")]]
    np.testing.assert_allclose(found, [1.0, np.exp(-1.0)])
    assert np.all(numbers["opening_weight"][0] <= 1.0)
    assert numbers["opening_weight"][0, played.action("AA", "answer")] == 0.0
