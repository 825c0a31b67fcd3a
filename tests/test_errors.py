"""What errors say, and in which order."""

import pickle

import pytest

from wargame.errors import (
    MissingExtra,
    Problem,
    RecordError,
    RunError,
    ScenarioError,
    UnknownName,
    UsageError,
    WargameError,
    did_you_mean,
)


def test_a_problem_is_place_path_message():
    problem = Problem("actors.PRK.tempo", "is off.", "x.yaml", 14, 9)
    assert str(problem) == "x.yaml:14:9: actors.PRK.tempo: is off."
    assert str(Problem("", "is off.", "x.yaml", 1, 2)) == "x.yaml:1:2: is off."
    assert str(Problem("a", "odd.", "x", 1, 2, "warning")) == "x:1:2: warning: a: odd."
    assert str(Problem("a", "odd.", "--set a=1", 0, 0)) == "--set a=1: a: odd."


def test_problems_are_sorted_by_place_not_by_text():
    problems = [
        Problem("b", "m", "f", 10, 1),
        Problem("a", "m", "f", 9, 5),
        Problem("a", "m", "f", 9, 4),
        Problem("z", "m", "e", 99, 1),
    ]
    error = ScenarioError(problems)
    assert [(p.file, p.line, p.column) for p in error.problems] == [
        ("e", 99, 1),
        ("f", 9, 4),
        ("f", 9, 5),
        ("f", 10, 1),
    ]
    assert str(error) == "\n".join(map(str, error.problems))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), 2),
        (UnknownName("scenario", "x", []), 2),
        (MissingExtra("x", "y", "z"), 2),
        (ScenarioError([]), 3),
        (RecordError("x"), 4),
        (RunError("x"), 4),
        (WargameError("x"), 1),
    ],
)
def test_exit_codes(error, code):
    assert isinstance(error, WargameError)
    assert error.exit_code == code


def test_unknown_name_lists_what_there_is():
    assert str(UnknownName("theory", "spiral_", ["spiral", "baseline"])) == (
        "unknown theory 'spiral_'; one of: baseline, spiral. Did you mean 'spiral'?"
    )
    assert "there are none" in str(UnknownName("theory", "x", []))


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("tigger", ["trigger", "target"], "trigger"),
        ("rok", ["ROK", "PRK"], "ROK"),
        ("zzz", ["trigger"], None),
        ("x", [], None),
    ],
)
def test_did_you_mean(word, known, meant):
    assert did_you_mean(word, known) == (f" Did you mean '{meant}'?" if meant else "")


def test_a_missing_extra_names_the_command():
    assert "pip install 'wargame[ema]'" in str(MissingExtra("x", "ema_workbench", "ema"))
