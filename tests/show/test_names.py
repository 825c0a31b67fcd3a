"""How actors are called in a sentence."""

import pytest

from taught import FIRST, TAUGHT
from wargame.show.names import named
from wargame.show.words import capital


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("United States", "the United States"),
        ("South Korea", "South Korea"),
        ("somebody of two states", "somebody of two states"),
        ("Netherlands", "the Netherlands"),
    ],
)
def test_an_article_where_english_gives_one(name, said):
    party = FIRST.actors["PRK"].model_copy(update={"name": name})
    scenario = FIRST.model_copy(update={"actors": FIRST.actors | {"PRK": party}})
    assert named(scenario, "PRK") == said


def test_the_five_parties():
    scenario = TAUGHT["western_sea"]
    assert [named(scenario, actor) for actor in scenario.actors] == [
        "North Korea",
        "South Korea",
        "the United States",
        "Japan",
        "Russia",
    ]


def test_a_sentence_begins_with_a_capital():
    assert capital("the United States waits") == "The United States waits"
    assert capital("") == ""
