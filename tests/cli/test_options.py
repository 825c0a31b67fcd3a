"""--set, --params and --theory: the same on every command that takes a scenario."""

import json

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from wargame.classroom.play.log import GameLog, fold
from wargame.cli.app import app
from wargame.cli.options import read_seed
from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import canonical, loader

COMMANDS = get_command(app).commands
LISTS = {"theories"}  # says what theories do to the scenario as its file has it
TAKING = sorted(
    name
    for name, command in COMMANDS.items()
    if name not in LISTS
    and any(
        item.param_type_name == "argument" and item.name in ("scenario", "scenarios", "files")
        for item in command.params
    )
)
CHANGED = ("--theory", "spiral", "--params", "mine.yaml", "--set", "actors.ROK.tempo=0.2")


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("actors.PRK.spiral: -0.25\nactors.ROK.tempo: 0.3\n")
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def options(name):
    return {option: item for item in COMMANDS[name].params for option in item.opts}


def changed(scenario):
    """Whether theory, file and setting were made, in this order."""
    actors = scenario.actors
    usual = loader.load("first_steps", theory="spiral").actors
    assert actors["PRK"].spiral.value == -0.25 != usual["PRK"].spiral.value
    assert actors["ROK"].spiral.value == usual["ROK"].spiral.value > 0
    return actors["ROK"].tempo.value == 0.2


def expected():
    settings = ["actors.PRK.spiral=-0.25", "actors.ROK.tempo=0.2"]
    return loader.load("first_steps", settings, "spiral")


def test_the_commands_are_found():
    assert {"run", "validate", "show", "sweep", "play", "lesson", "forecast-sheet"} <= set(TAKING)


@pytest.mark.parametrize("name", [*TAKING, "hindcast"])
@pytest.mark.parametrize("option", ["--set", "--drop", "--params", "--theory"])
def test_every_command_has_the_option_in_the_same_words(name, option):
    found, first = options(name)[option], options("run")[option]
    if (name, option) != ("compare", "--theory"):  # there a theory is a variant
        assert (found.help, found.multiple) == (first.help, first.multiple)


@pytest.mark.parametrize(
    "words",
    [
        "run -n 20",
        "sweep --over actors.PRK.tempo=0.1,0.2 -n 20",
        "sensitivity --only actors.PRK --trajectories 2 --keep 1 --base 16 -n 10",
    ],
    ids=lambda words: words.split()[0],
)
def test_what_is_written_has_the_changes(call, tmp_path, words):
    name, *rest = words.split()
    done = call(name, "first_steps", *rest, "--no-plots", *CHANGED, "-q", "-o", "made")
    assert done.exit_code == 0, done.output
    assert changed(loader.load(tmp_path / "made" / "scenario.yaml"))


def test_a_lesson_is_of_the_changed_scenario(call, tmp_path):
    done = call("lesson", "first_steps", "-n", 100, "--no-pdf", *CHANGED, "-q", "-o", "made")
    assert done.exit_code == 0, done.output
    manifest = json.loads((tmp_path / "made" / "manifest.json").read_text())
    assert manifest["digest"] == canonical.digest(expected())


def test_show_lists_the_changed_numbers(call):
    done = call("show", "first_steps", *CHANGED, "--json")
    numbers = {item["path"]: item["value"] for item in json.loads(done.stdout)["parameters"]}
    assert numbers["actors.PRK.spiral"] == -0.25
    assert numbers["actors.ROK.tempo"] == 0.2


def test_validate_judges_the_changed_scenario(call, tmp_path):
    assert call("validate", "first_steps", *CHANGED).exit_code == 0
    (tmp_path / "high.yaml").write_text("actors.PRK.tempo: 100\n")
    for words in (("--params", "high.yaml"), ("--set", "actors.PRK.tempo=100")):
        done = call("validate", "first_steps", *words)
        assert done.exit_code == 3
        assert "Use 0..20" in done.stdout


def test_a_dropped_action_is_gone_from_what_is_shown(call):
    assert "strike_back" in call("show", "first_steps").stdout
    done = call("show", "first_steps", "--drop", "ROK.strike_back", "--drop", "PRK.attack")
    assert done.exit_code == 0
    assert "strike_back" not in done.stdout
    assert call("validate", "first_steps", "--drop", "ROK.strike").exit_code == 2


def test_validate_tells_mistakes_in_what_is_changed(call):
    done = call("validate", "first_steps", "western_sea", "--theory", "spirall")
    assert isinstance(done.exception, UnknownName)
    assert "Did you mean 'spiral'?" in str(done.exception)
    done = call("validate", "first_steps", "western_sea", "--set", "actors.USA.tempos=1")
    assert done.exit_code == 2
    assert "western_sea: unknown key of actors.USA 'tempos'" in done.stdout


def test_audit_examines_the_changed_scenario(call):
    words = ("audit", "first_steps", "-n", 100, "--reach", 100, "--json", "-q")
    usual = json.loads(call(*words).stdout)
    assert usual["digest"] == canonical.digest(loader.load("first_steps"))
    assert json.loads(call(*words, *CHANGED).stdout)["digest"] == canonical.digest(expected())


def test_a_forecast_sheet_asks_about_the_changed_scenario(call):
    done = call("forecast-sheet", "first_steps", "--set", "title=Another title")
    assert done.exit_code == 0, done.output
    assert "Another title" in done.stdout


def test_a_game_is_played_with_the_changes(call, tmp_path):
    (tmp_path / "orders.txt").write_text("hold\n")
    words = ("play", "first_steps", "--as", "ROK", "--turns", 1, "--orders", "orders.txt")
    done = call(*words, *CHANGED, "--opponents", "dove", "--save", "my.game")
    assert done.exit_code == 0, done.output
    with GameLog.open(tmp_path / "my.game") as log:
        assert changed(fold(log).game.scenario)


def test_a_game_takes_one_theory(call):
    words = ("play", "first_steps", "--as", "ROK", "--theory", "spiral")
    done = call(*words, "--opponents", "deterrence")
    assert isinstance(done.exception, UsageError)
    assert "Leave one of them out" in str(done.exception)


@pytest.mark.parametrize(
    "words", [CHANGED[:2], CHANGED[2:4], CHANGED[4:], ("--turns", "3"), ("--seed", "99")]
)
def test_a_resumed_game_takes_no_changes(call, words):
    done = call("play", "--resume", "--save", "my.game", *words)
    assert isinstance(done.exception, UsageError)
    assert "--resume needs --save FILE and nothing else" in str(done.exception)


@pytest.mark.parametrize("name", [name for name in TAKING if name != "validate"])
def test_a_value_out_of_range_is_told_before_anything_is_simulated(call, tmp_path, name):
    needed = {
        "play": ("--as", "ROK"),
        "sweep": ("--over", "actors.PRK.tempo=1,2"),
        "calibrate": ("--out", "x"),
    }.get(name, ())
    (tmp_path / "high.yaml").write_text("actors.PRK.tempo: 100\n")
    done = call(name, "first_steps", *needed, "--params", "high.yaml")
    assert isinstance(done.exception, ScenarioError), done.output
    assert "Use 0..20" in str(done.exception)


@pytest.mark.parametrize("text", ["0", "1", str(2**63 - 1)])
def test_a_seed_is_a_whole_number_of_63_bits(text):
    assert read_seed(text) == int(text)


@pytest.mark.parametrize("text", [str(2**63), "-1", "\u0661\u0662", "1_0", " 1", "", "9" * 5000])
def test_what_is_no_seed_is_refused(text):
    with pytest.raises(UsageError, match="is not a seed") as caught:
        read_seed(text)
    assert caught.value.field == "seed"
    assert len(str(caught.value)) < 200


def test_standard_input_is_named_as_a_file(call):
    assert "/dev/stdin" in str(call("show", "-").exception)
