"""What errors say, and in which order."""

import inspect
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

import wargame
from wargame.cli import app
from wargame.cli.terminal import flags
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
    name_fields,
    one_of,
)

PACKAGE = Path(wargame.__file__).parent


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


def test_a_name_among_known_ones_is_given_back_and_another_is_refused():
    assert one_of("paper", "a4", ("a4", "letter")) == "a4"
    with pytest.raises(UnknownName, match="unknown paper 'a5'; one of: a4, letter"):
        one_of("paper", "a5", ("a4", "letter"))


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
    assert "pip install '.[ema]'" in str(MissingExtra("x", "ema_workbench", "ema"))


def every_error():
    """Return all error classes, whoever defines them."""
    found, left = [], [WargameError]
    while left:
        found.append(kind := left.pop())
        left += kind.__subclasses__()
    return found


TEXT = st.text(max_size=20)
ARGUMENTS = {
    "problems": st.lists(st.builds(Problem, TEXT, TEXT), max_size=3),
    "known": st.lists(TEXT, max_size=3),
}


@pytest.mark.parametrize("kind", every_error())
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_error_survives_a_pickle(kind, data):
    """A worker's error reaches the process that asked, whatever its class takes."""
    names = list(inspect.signature(kind).parameters)
    error = kind(*(data.draw(ARGUMENTS.get(name, TEXT)) for name in names))
    error.add_note("from a worker")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))


def test_a_field_stands_before_its_message_and_is_spelled_by_the_reader():
    error = UsageError("0 is too few. Give «futures» 2000, «no» 1.", field="futures")
    assert str(error) == "«futures»: 0 is too few. Give «futures» 2000, «no» 1."
    assert error.field == "futures"
    assert UnknownName("actor", "x", ["y"], field="players").field == "players"
    assert name_fields(str(error), str.upper) == "FUTURES: 0 is too few. Give FUTURES 2000, NO 1."
    assert name_fields("«» «A b» «out»«out»", lambda field: "-o") == "«» «A b» -o-o"


def below_the_command_line():
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.md.j2")]
    return [file for file in files if "cli" not in file.relative_to(PACKAGE).parts]


def test_nothing_below_the_command_line_names_a_flag():
    flag = re.compile(r"(?<![\w-])--[a-z]")
    assert not [
        f"{file.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for file in below_the_command_line()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if flag.search(line)
    ]


def test_every_field_that_a_message_names_has_a_flag():
    flags.learn_flags(get_command(app.app).commands.values())
    named = {
        field
        for file in below_the_command_line()
        for field in re.findall(r"«(\w+)»|\bfield=\"(\w+)\"", file.read_text("utf-8"))
    }
    fields = {first or second for first, second in named}
    assert len(fields) > 20
    assert not {field for field in fields if flags.with_flags(f"«{field}»")[:2] != "--"}
