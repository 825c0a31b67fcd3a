"""How far an act provokes an actor it is not aimed at, and for whom it answers."""

import numpy as np
from wargame.engine.commitments import weigh

AIMS = [np.array([[False, True, False], [False, True, True], [False, False, True]])]


def weigh_for(promised):
    """Return what the first actor's three acts weigh for an actor with these promises, as third."""
    weights, behalf = weigh([{}, {}, promised], AIMS)
    return weights[2][0], behalf[2][0]


def test_a_target_is_provoked_in_full_and_for_itself():
    weights, behalf = weigh_for({1: np.array([0.4])})
    assert weights[1:].ravel().tolist() == [1.0, 1.0]
    assert behalf[1:].ravel().tolist() == [-1, -1]


def test_an_ally_is_provoked_by_its_commitment():
    weights, behalf = weigh_for({1: np.array([0.4])})
    assert weights[0].tolist() == [0.4]
    assert behalf[0].tolist() == [1]


def test_nobody_else_is_provoked():
    weights, behalf = weigh_for({0: np.array([0.9])})  # stands by the one who acts
    assert weights[0].tolist() == [0.0]
    assert behalf[0].tolist() == [-1]


def test_of_two_allies_the_dearer_one_is_answered_for_also_where_it_differs_by_history():
    aims = [np.array([[False, True, True, False]])]
    drawn = {1: np.array([0.2, 0.8]), 2: np.array([0.5, 0.5])}
    weights, behalf = weigh([{}, {}, {}, drawn], aims)
    assert weights[3][0].tolist() == [[0.5, 0.8]]
    assert behalf[3][0].tolist() == [[2, 1]]
