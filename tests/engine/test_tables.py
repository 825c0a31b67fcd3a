"""A scenario as arrays: order, widths, commitments, calendar."""

import numpy as np
import pytest
from wargame.engine.menus import pick_rows, stack, value_at
from wargame.engine.tables import Tables, draw_parameters

from wargame.engine.draws import Streams
from wargame.engine.rules import branching_number
from wargame.scenario import library, loader


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


@pytest.fixture(scope="module")
def tables(scenario):
    return Tables(scenario, {})


def test_actors_are_sorted_and_menus_run_upward(tables):
    assert tables.actors == tuple(sorted(tables.actors))
    for menu in tables.menus:
        keys = list(zip(menu.rungs.tolist(), menu.ids, strict=True))
        assert keys == sorted(keys)


def test_fixed_numbers_have_width_one_and_drawn_ones_a_value_each(scenario):
    streams = Streams(1, 0, 6)
    drawn = draw_parameters(scenario, streams)
    tables = Tables(scenario, drawn)
    assert tables.tempo[tables.actors.index("PRK")].shape == (6,)
    assert Tables(scenario, {}).tempo[0].shape == (1,)
    assert np.array_equal(tables.number("actors.PRK.tempo"), drawn["actors.PRK.tempo"])


def test_value_at_and_pick_rows_broadcast():
    fixed, drawn = np.array([[1.0], [2.0]]), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    rows = np.array([2, 0])
    assert value_at(fixed, rows).tolist() == [[1.0], [2.0]]
    assert value_at(drawn, rows).tolist() == [[3.0, 1.0], [6.0, 4.0]]
    actions = np.array([1, 0])
    assert pick_rows(fixed, actions, rows).tolist() == [2.0, 1.0]
    assert pick_rows(drawn, actions, rows).tolist() == [6.0, 1.0]


def test_stack_is_as_wide_as_its_widest_row():
    assert stack([np.ones(1), np.zeros(1)]).shape == (2, 1)
    assert stack([np.ones(1), np.arange(3.0)]).tolist() == [[1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]


def test_a_target_weighs_one_and_an_ally_its_commitment(scenario, tables):
    usa, prk = tables.actors.index("USA"), tables.actors.index("PRK")
    promised = {ally: p.value for ally, p in scenario.actors["USA"].commitments.items()}
    actions = {action.id: action for action in scenario.actors["PRK"].actions}
    for place, name in enumerate(tables.menus[prk].ids):
        targets = actions[name].targets
        weight, ally = tables.weights[usa][prk][place, 0], tables.behalf[usa][prk][place, 0]
        if "USA" in targets:
            assert (weight, ally) == (1.0, -1)
        else:
            best = max((promised.get(target, 0.0) for target in targets), default=0.0)
            assert weight == best
            if best > 0:
                assert promised[tables.actors[ally]] == best


def test_calendar_factors_multiply_inside_their_window(scenario):
    from wargame.scenario.parameters import Parameter

    event = scenario.calendar[0].model_copy(
        update={"turn": 3, "date": None, "window": 2, "actors": ("PRK",),
                "tempo_factor": Parameter(value=2.0)}
    )  # fmt: skip
    twice = scenario.model_copy(
        update={"calendar": (event, event.model_copy(update={"id": "again", "turn": 4}))}
    )
    tables = Tables(twice, {})
    prk = tables.actors.index("PRK")
    factors = {turn: value.tolist() for (turn, actor), value in tables.calendar.items()}
    assert {actor for _, actor in tables.calendar} == {prk}
    assert factors == {3: [2.0], 4: [4.0], 5: [2.0]}


def test_contested_effects_at_their_default_are_left_out(scenario, tables):
    kinds = [change.kind for menu in tables.menus for c in menu.changes.values() for change in c]
    assert kinds.count("tempo") == len([slot for slot in tables.slots if np.any(slot[1] != 1.0)])


@pytest.mark.parametrize("name", library.scenario_names())
def test_no_shipped_scenario_can_explode(name):
    """The mean-field branching number of excitation stays below 1."""
    tables = Tables(loader.load(name), {})
    excitation = np.array([value[0] for value in tables.excitation])
    memory = np.array([value[0] for value in tables.memory])
    assert branching_number(excitation, memory, tables.scenario.turn_days) < 1.0
