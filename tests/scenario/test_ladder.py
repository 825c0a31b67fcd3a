"""The ladder: one name for each rung, one rule from peak to outcome."""

from wargame.scenario import ladder


def test_rungs_and_outcomes():
    assert list(ladder.RUNGS) == list(range(-2, 10))
    assert list(ladder.OUTCOMES.values()) == [3, 4, 5, 6, 7, 8, 9]


def test_outcome_of_a_peak():
    assert [ladder.outcome_of(peak) for peak in (-2, 3, 4, 5, 6, 7, 8, 9)] == [
        *("calm", "calm", "friction", "clash", "lethal clash", "major strikes", "war"),
        "nuclear use",
    ]


def test_a_peak_has_the_same_outcome_alone_and_among_others():
    names = list(ladder.OUTCOMES)
    classes = ladder.outcome_classes(list(ladder.RUNGS))
    assert [names[place] for place in classes] == [ladder.outcome_of(rung) for rung in ladder.RUNGS]


def test_names_of_rungs_say_what_the_ladder_says():
    named = {name: value for name, value in vars(ladder).items() if name.isupper()}
    for name, words in (
        *(("OFFER", "binding"), ("THREAT", "threat"), ("DISPLAY", "display")),
        *(("ENCROACHMENT", "encroachment"), ("FORCE", "non-lethal use of force")),
        *(("LETHAL", "lethal limited"), ("STRIKES", "major strikes"), ("WAR", "war")),
        ("NUCLEAR", "nuclear"),
    ):
        assert words in ladder.RUNGS[named[name]]


def test_nuclear_use_is_an_outcome_only_where_it_is_allowed():
    assert set(ladder.OUTCOMES) - set(ladder.outcomes_allowed(False)) == {"nuclear use"}
    assert ladder.outcomes_allowed(True) == tuple(ladder.OUTCOMES)


def test_rungs_followed_are_nested():
    assert set(ladder.CROSSING_LEVELS) < set(ladder.WATCHED) < set(ladder.SEVERE)
