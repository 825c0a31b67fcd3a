"""The commands on scenario files: validate, show, list, new, schema."""

import json
import os

import pytest
import typer
from typer.testing import CliRunner

from wargame.cli.commands.authors.scenarios import register
from wargame.cli.terminal import layout
from wargame.errors import RecordError, ScenarioError, UsageError
from wargame.scenario.canonical import digest, to_data
from wargame.scenario.library import scenario_names, starting_text
from wargame.scenario.loader import load, loads
from wargame.scenario.validation import check

START = starting_text()
BROKEN = START.replace("rung: 4", "rung: 40", 1)
DOUBTFUL = START.replace("{to: 6, chance: 0.02}", "{to: 4, chance: 0.02}")


@pytest.fixture
def call(tmp_path, monkeypatch):
    app = typer.Typer()
    register(app)
    monkeypatch.chdir(tmp_path)
    for name, text in (("good", START), ("broken", BROKEN), ("doubtful", DOUBTFUL)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return lambda *words: CliRunner().invoke(app, words)


def test_validate_a_good_file(call):
    result = call("validate", "good.yaml")
    assert (result.exit_code, result.stdout) == (0, "good.yaml: ok\n")


def test_validate_names_every_problem_of_every_file(call):
    result = call("validate", "broken.yaml", "good.yaml", "doubtful.yaml")
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert lines[0] == str(check("broken.yaml")[1][0])
    assert lines[1:3] == ["broken.yaml: not valid, 1 error", "good.yaml: ok"]
    assert ": warning: actors.NORTH.actions[4].slip[0].to: " in lines[3]
    assert lines[4] == "doubtful.yaml: ok, 1 warning"


def test_warnings_fail_only_when_asked(call):
    assert call("validate", "doubtful.yaml").exit_code == 0
    result = call("validate", "doubtful.yaml", "--strict")
    assert result.exit_code == 3
    assert result.stdout.endswith("doubtful.yaml: not valid, 1 warning\n")


def test_validate_json(call):
    result = call("validate", "broken.yaml", "doubtful.yaml", "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert [item["severity"] for item in found] == ["error", "warning"]
    assert set(found[0]) == {"file", "line", "column", "path", "severity", "message"}
    assert found[0]["path"] == "actors.NORTH.actions[4].rung"
    assert json.loads(call("validate", "good.yaml", "--json").stdout) == []


def test_a_missing_file_does_not_hide_the_others(call):
    result = call("validate", "nowhere.yaml", "good.yaml")
    assert result.exit_code == 2
    assert "there is no file 'nowhere.yaml'." in result.stdout
    assert "good.yaml: ok" in result.stdout


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_validate(call, name):
    assert call("validate", "--strict", name).stdout == f"{name}: ok\n"


def test_show_in_a_pipe(call):
    result = call("show", "good.yaml")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    menu = result.stdout[result.stdout.index("What Northland can do") :].split("\n\n")[0]
    rungs = [int(line.split()[1]) for line in menu.splitlines()[2:]]
    assert rungs == [-2, -1, 1, 3, 4]
    assert "tempo of NORTH x 1 [0.8, 1.5] for 2 turns" in result.stdout
    assert "record.war_given_serious" in result.stdout


def test_show_after_a_change(call):
    result = call("show", "good.yaml", "--set", "actors.NORTH.tempo=0.123")
    assert "0.123" in result.stdout
    assert "0.123" not in call("show", "good.yaml").stdout


def test_show_json(call):
    shown = json.loads(call("show", "good.yaml", "--json").stdout)
    scenario = loads(START)
    assert shown["digest"] == digest(scenario)
    assert shown["scenario"] == to_data(scenario)
    numbers = {item["path"]: item for item in shown["parameters"]}
    assert numbers["actors.NORTH.tempo"] == {
        "path": "actors.NORTH.tempo",
        "value": 0.04,
        "low": 0.02,
        "high": 0.08,
        "source": "judgement",
        "cite": None,
    }
    assert set(shown["cites"]) == {"record.war_given_serious"}


def test_show_says_in_words_what_an_action_waits_for(call, monkeypatch, capsys):
    from wargame.scenario.summary import describe

    loaded = load("western_sea")
    (menu,) = [table for table in describe(loaded)[1] if "What North Korea" in table.title]
    waits = {row["id"]: row["only while"] for row in menu.rows}
    assert (
        waits["munitions_shipment"]
        == "the stock “Munitions to spare” of North Korea is 0.35 or above"
    )
    assert waits["denounce_south"] is None
    assert set(waits) == {action.id for action in loaded.actors["PRK"].actions}


def test_show_on_a_terminal_takes_markup_as_text(call, monkeypatch, capsys):
    markup = "Boats [/red] [bold]near[/bold] the line"
    text = START.replace("label: Warning shots\n", f"label: '{markup}'\n").replace(
        "title: A starting scenario", "title: '[/x] title'"
    )
    scenario = loads(text)
    from wargame.scenario.summary import describe

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    layout.emit_tables(*describe(scenario))
    shown = capsys.readouterr().out
    assert markup in shown
    assert "[/x] title" in shown
    assert "┃" in shown or "|" in shown


@pytest.mark.parametrize("command", [("show",), ("show", "--json")])
def test_show_raises_for_the_boundary(call, command):
    assert isinstance(call(*command, "broken.yaml").exception, ScenarioError)
    assert isinstance(call(*command, "nowhere").exception, UsageError)


def test_list(call):
    shown = json.loads(call("list", "--json").stdout)
    assert [item["name"] for item in shown] == list(scenario_names())
    for item in shown:
        scenario = load(item["name"])
        assert item["title"] == scenario.title
        assert item["actors"] == list(scenario.actors)
        assert item["turns"] == scenario.turns
        assert item["title"] in call("list").stdout


def test_new_writes_a_valid_file_once(call):
    result = call("new", "mine")
    assert result.exit_code == 0
    assert "mine.yaml written" in result.stdout
    assert call("validate", "--strict", "mine.yaml").exit_code == 0
    with open("mine.yaml", "a", encoding="utf-8") as stream:
        stream.write("# my work\n")
    refused = call("new", "mine.yaml")
    assert isinstance(refused.exception, RecordError)
    assert "«force»" in str(refused.exception)
    with open("mine.yaml", encoding="utf-8") as stream:
        assert stream.read().endswith("# my work\n")
    assert call("new", "mine.yaml", "--force").exit_code == 0
    with open("mine.yaml", encoding="utf-8") as stream:
        assert stream.read() == START


def test_new_into_a_folder_that_is_not_there(call):
    refused = call("new", os.path.join("nowhere", "mine.yaml"))
    assert isinstance(refused.exception, RecordError)
    assert "cannot be written" in str(refused.exception)


def test_schema_is_one_json_document(call):
    shown = json.loads(call("schema").stdout)
    assert shown["$schema"].startswith("https://json-schema.org/")
    assert "actors" in shown["required"]
