"""Conditions in words."""

import pytest

from wargame.scenario.conditions.grammar import read_condition
from wargame.scenario.conditions.words import words_of

NAMES = {"PRK": "North", "ROK": "South", "PRK.shells": "“Shells” of North", "PRK.drill": "Drill"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hotline_open", "hotline open"),
        ("not hotline_open", "not hotline open"),
        ("not (a and b)", "not a or not b"),
        ("(a or b) and c", "(a or b) and c"),
        ("agreed(PRK, ROK)", "North and South are in an agreement"),
        ("not crisis(PRK, ROK)", "North and South are not in a crisis"),
        ("acted(PRK.drill)", "“Drill” was done before"),
        ("not acted(PRK.drill)", "“Drill” was not done before"),
        ("turn >= 3", "the turn is 3 or above"),
        ("not turn >= 3", "the turn is below 3"),
        ("not peak == 3", "the highest rung so far is not exactly 3"),
        ("tension(PRK) > 0.5", "the tension that North feels from anyone is above 0.5"),
        ("tension(PRK, ROK) < 0.5", "the tension that North feels from South is below 0.5"),
        ("stock(PRK.shells) <= 0.5", "the stock “Shells” of North is 0.5 or below"),
        ("deaths(ROK) >= 1", "the dead of acts aimed at South number 1 or above"),
        (
            "since(PRK, ROK, 4) <= 4 weeks",
            "North acted at rung 4 or above against South within 4 weeks",
        ),
        (
            "since(PRK, 4) > 4 weeks",
            "North last acted at rung 4 or above against anyone more than 4 weeks ago, or never",
        ),
    ],
)
def test_words(text, words):
    assert words_of(read_condition(text), NAMES) == words
