"""The schema: complete descriptions, dates and turns, JSON Schema."""

import datetime

import pytest
from pydantic import BaseModel

from wargame.scenario import schema
from wargame.scenario.library import starting_text
from wargame.scenario.loader import loads
from wargame.scenario.schema import Event, Scenario

MODELS = [
    item for item in vars(schema).values() if isinstance(item, type) and issubclass(item, BaseModel)
]


@pytest.fixture
def scenario():
    return loads(starting_text())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_everything_is_described_strict_and_frozen(model):
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"] is True
    assert model.__doc__
    for name, info in model.model_fields.items():
        assert info.description or name == "kind", f"{model.__name__}.{name}"


def test_dates_and_turns_agree(scenario):
    assert scenario.date_of(1) == datetime.date(2024, 1, 1)
    assert scenario.date_of(2) == datetime.date(2024, 1, 8)
    for turn in (1, 2, scenario.turns):
        first = scenario.date_of(turn)
        last = first + datetime.timedelta(days=6)
        for day in (first, last):
            assert scenario.turn_of(Event(id="a", date=day)) == turn
    assert scenario.turn_of(Event(id="a", date="2023-12-31")) == 0
    assert scenario.turn_of(Event(id="a", turn=5)) == 5


def test_a_word_stands_for_a_list_of_one_in_cites_and_audiences(scenario):
    assert Event(id="a", turn=1, cite="article.F01").cite == ("article.F01",)


def test_json_schema_names_ranges_and_units():
    whole = Scenario.model_json_schema()
    actor = whole["$defs"]["Actor"]["properties"]
    assert actor["tempo"]["range"] == [0, 20]
    assert actor["tempo"]["unit"] == "unprovoked acts per week when calm"
    assert whole["additionalProperties"] is False
    assert set(whole["required"]) == {"format", "title", "summary", "start", "turns", "actors"}
