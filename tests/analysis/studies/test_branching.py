"""The branching number of excitation, by hand and of what is shipped."""

import numpy as np
import pytest

from wargame.analysis.studies.audit.branching import branching_number
from wargame.scenario import library, loader


def test_branching_number_of_one_actor_by_hand():
    # One active week adds 0.1 x (1 + e^-1/5 + e^-2/5 + ...) = 0.1 / (1 - e^-0.2) acts.
    number = branching_number(np.array([0.1]), np.array([5.0]), 7)
    assert number == pytest.approx(0.1 / (1 - np.exp(-0.2)))


def test_branching_number_hardly_depends_on_the_length_of_a_turn():
    weekly = branching_number(np.array([0.045]), np.array([10.0]), 7)
    daily = branching_number(np.array([0.045]), np.array([10.0]), 1)
    assert weekly == pytest.approx(daily, rel=0.06)


@pytest.mark.parametrize("name", library.scenario_names())
def test_no_shipped_scenario_can_explode(name):
    """The mean-field branching number of excitation stays below 1."""
    scenario = loader.load(name)
    actors = scenario.actors.values()
    excitation = np.array([actor.excitation.value for actor in actors])
    memory = np.array([actor.memory.value for actor in actors])
    assert branching_number(excitation, memory, scenario.turn_days) < 1.0
