"""A scenario as a record: order, room, what is built once."""

import numpy as np
import pytest

from wargame.engine.ensemble.chunks import Chunk, open_model
from wargame.engine.results import REPLICATION_COLUMNS
from wargame.engine.world.layout import LASTING, Room
from wargame.engine.world.world import build_world, world_of
from wargame.scenario import library, loader
from wargame.scenario.ladder import CROSSING_LEVELS


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


def test_actors_are_sorted_and_menus_run_upward(scenario):
    played = world_of(scenario)
    assert played.actors == tuple(sorted(scenario.actors))
    for actor, menu in played.menus.items():
        rungs = [played.record["rung"][0, played.action(actor, name)] for name in menu]
        keys = list(zip(rungs, menu, strict=True))
        assert keys == sorted(keys)
        assert {played.record["owner"][0, played.action(actor, name)] for name in menu} == {
            played.actors.index(actor)
        }


def test_a_world_is_built_once_for_one_scenario(scenario):
    assert world_of(scenario) is world_of(scenario)
    assert world_of(loader.load("western_sea")) is not world_of(scenario)


def test_shipped_scenarios_share_a_few_compiled_forms():
    """Laws are compiled once for every form of the records."""
    forms = {
        build_world(loader.load(name)).layout.state.descr.__repr__()
        for name in library.scenario_names()
    }
    assert len(forms) == 1


@pytest.mark.parametrize(("needed", "room"), [(0, 6), (6, 6), (7, 8), (8, 8), (9, 16)])
def test_room_grows_in_powers_of_two(needed, room):
    sizes = dict.fromkeys(Room.__dataclass_fields__, 1)
    assert Room.for_at_least(**{**sizes, "actors": needed}).actors == room


def test_no_field_has_a_name_that_records_have_themselves(scenario):
    """Such a field works in compiled laws and fails in plain ones."""
    forms = world_of(scenario).layout
    names = {name for form in vars(forms).values() for name in form.names}
    assert {name for name in names if hasattr(np.record, name)} == set()


def test_a_fresh_history_is_empty(scenario):
    with open_model(Chunk(scenario, 1, 5, 3)) as model:
        states = model.states
        assert states["number"].tolist() == [5, 6, 7]
        assert not states["over"].any()
        assert (states["boost"] == 1.0).all()
        assert not states["excitation"].any()
        assert not states["tension"].any()
        assert (states["crosser"] == -1).all()
        flags = [scenario.flags[flag] for flag in model.world.flags]
        assert states["flag"][0, : len(flags)].tolist() == flags


def test_every_column_of_the_results_is_counted_in_the_state(scenario):
    levels = {f"{name}_{level}" for name in ("first", "crosser") for level in CROSSING_LEVELS}
    assert REPLICATION_COLUMNS.keys() - levels <= set(world_of(scenario).layout.state.names)
    assert levels <= REPLICATION_COLUMNS.keys()


def test_a_snapshot_is_a_copy(scenario):
    with open_model(Chunk(scenario, 1, 0, 4)) as model:
        while model.turn < 10:
            model.step()
        moment = model.snapshot(2)
        assert moment.turn == 10
        for name in LASTING:
            assert np.array_equal(moment.state[name][0], model.states[name][2]), name
        kept = moment.state.tobytes(), moment.turn_peak.tobytes()
        model.step()
        assert (moment.state.tobytes(), moment.turn_peak.tobytes()) == kept
        assert not moment.leads_to_the_same(model.snapshot(2))
