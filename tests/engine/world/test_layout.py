"""The records that laws read."""

from __future__ import annotations

import numpy as np
import pytest

from wargame.engine.world.layout import ACT, LASTING, Layout, Room
from wargame.scenario import loader

SMALL = dict.fromkeys(
    [
        "actors",
        "actions",
        "links",
        "flags",
        "stocks",
        "slots",
        "steps",
        "watched",
        "changes",
        "events",
    ],
    1,
)
FORMS = Layout.of(Room.for_at_least(**SMALL))


@pytest.mark.parametrize("form", ["world", "numbers", "turn", "state", "act", "work"])
def test_no_field_has_the_name_of_an_attribute_of_records(form):
    """NumPy would give the attribute, not the field, wherever laws are not compiled."""
    assert not set(dir(np.record)) & set(getattr(FORMS, form).names)


def test_what_lasts_stands_in_the_state():
    assert set(LASTING) <= set(FORMS.state.names)
    assert FORMS.state["act"].base == ACT


def test_shipped_scenarios_share_one_compiled_form():
    from wargame.engine.world.world import world_of
    from wargame.scenario.library import scenario_names

    forms = {world_of(loader.load(name)).layout.state for name in scenario_names()}
    assert len(forms) == 1
