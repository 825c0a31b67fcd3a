"""The contract of every policy: whatever is added to POLICIES must keep it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from wargame.engine.policies import HOLD, NOTHING, POLICIES, Order, policy
from wargame.errors import UnknownName


@st.composite
def choices(draw):
    """(logits, offered, rungs, perceived, uniforms) of matching shapes; menus run upward."""
    actions, rows = draw(st.integers(1, 8)), draw(st.integers(0, 6))
    reals = st.floats(-1000, 1000)
    logits = draw(hnp.arrays(float, (actions, rows), elements=reals))
    offered = draw(hnp.arrays(bool, (actions, rows)))
    rungs = np.sort(draw(hnp.arrays(np.int8, actions, elements=st.integers(-2, 9))))
    perceived = draw(hnp.arrays(float, rows, elements=st.floats(-5, 12)))
    uniforms = draw(hnp.arrays(float, rows, elements=st.floats(2**-53, 1 - 2**-53)))
    return logits, offered, rungs, perceived, uniforms


@pytest.mark.parametrize("name", sorted(POLICIES))
class TestContract:
    @given(arguments=choices())
    def test_picks_one_action_a_row(self, name, arguments):
        picks = policy(name)(*arguments)
        assert picks.shape == arguments[4].shape
        assert np.issubdtype(picks.dtype, np.integer)
        assert ((picks >= NOTHING) & (picks < len(arguments[2]))).all()

    @given(arguments=choices())
    def test_never_picks_what_is_not_on_offer(self, name, arguments):
        picks = policy(name)(*arguments)
        rows = np.flatnonzero(picks != NOTHING)
        assert arguments[1][picks[rows], rows].all()

    @given(arguments=choices())
    def test_does_nothing_only_if_nothing_is_on_offer(self, name, arguments):
        picks = policy(name)(*arguments)
        if name == HOLD:
            assert (picks == NOTHING).all()
        else:
            assert np.array_equal(picks == NOTHING, ~arguments[1].any(axis=0))

    @given(arguments=choices())
    def test_same_arguments_same_picks_and_no_argument_changed(self, name, arguments):
        copies = [argument.copy() for argument in arguments]
        assert np.array_equal(policy(name)(*arguments), policy(name)(*arguments))
        assert all(map(np.array_equal, arguments, copies))

    @given(arguments=choices())
    def test_a_row_does_not_depend_on_the_others(self, name, arguments):
        logits, offered, rungs, perceived, uniforms = arguments
        together = policy(name)(*arguments)
        for row in range(len(uniforms)):
            one = slice(row, row + 1)
            alone = policy(name)(
                logits[:, one], offered[:, one], rungs, perceived[one], uniforms[one]
            )
            assert alone[0] == together[row]


def test_match_goes_to_the_nearest_rung_and_of_two_the_lower():
    rungs = np.array([1, 3, 5], np.int8)
    offered = np.ones((3, 4), bool)
    perceived = np.array([4.0, 4.6, 0.0, 9.0])
    picks = policy("match")(np.zeros((3, 4)), offered, rungs, perceived, np.full(4, 0.5))
    assert picks.tolist() == [1, 2, 0, 2]


def test_one_lower_and_one_higher_shift_the_aim():
    rungs = np.array([2, 3, 4, 5], np.int8)
    arguments = (np.zeros((4, 1)), np.ones((4, 1), bool), rungs, np.array([4.0]), np.array([0.5]))
    assert policy("one_lower")(*arguments).tolist() == [1]
    assert policy("one_higher")(*arguments).tolist() == [3]


def test_logit_frequencies_follow_the_logits():
    logits = np.repeat(np.log([[1.0], [2.0], [5.0]]), 80_000, axis=1)
    uniforms = (np.arange(80_000) + 0.5) / 80_000
    picks = policy("model")(
        logits, np.ones_like(logits, bool), np.zeros(3, np.int8), uniforms, uniforms
    )
    assert np.bincount(picks).tolist() == [10_000, 20_000, 50_000]


def test_an_order_with_an_unknown_standing_order_is_refused():
    with pytest.raises(UnknownName, match=r"unknown standing order 'mach'.*Did you mean 'match'"):
        Order(standing="mach")
