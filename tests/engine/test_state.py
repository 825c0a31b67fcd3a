"""The world as arrays: pairs, fresh states, taking replications."""

from dataclasses import fields
from itertools import combinations

import numpy as np
from wargame.engine.state import Shape, State, pair_count, pair_index

from wargame.engine.results import REPLICATION_COLUMNS

SHAPE = Shape(actors=3, actions=7, flags=2, stocks=1, slots=4, turns=5)


def test_pairs_are_numbered_without_gaps_in_either_order():
    for actors in range(2, 8):
        pairs = list(combinations(range(actors), 2))
        numbers = [pair_index(one, other, actors) for one, other in pairs]
        assert numbers == list(range(pair_count(actors)))
        assert numbers == [pair_index(other, one, actors) for one, other in pairs]


def test_a_fresh_state_is_empty_and_replication_is_the_last_axis():
    state = State.fresh(SHAPE, 11)
    for part in fields(state):
        if part.name != "tally":
            assert getattr(state, part.name).shape[-1] == 11, part.name
    assert state.tally.keys() == REPLICATION_COLUMNS.keys()
    assert state.alive.all()
    assert (state.boost == 1.0).all()
    assert not state.excitation.any()
    assert set(state.tally["crosser_5"].tolist()) == {-1}


def test_taking_replications_copies_them_in_order():
    state = State.fresh(SHAPE, 4)
    state.excitation[:] = np.arange(4)
    state.tally["deaths"][:] = np.arange(4) * 10
    taken = state.take(np.array([3, 1, 1]))
    assert taken.excitation[0].tolist() == [3.0, 1.0, 1.0]
    assert taken.tally["deaths"].tolist() == [30, 10, 10]
    taken.excitation[:] = -1.0
    assert state.excitation.min() == 0.0
