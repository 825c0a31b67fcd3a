"""The commands hindcast and calibrate."""

import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from wargame.cli.commands.studies import calibrate, hindcast
from wargame.errors import RecordError, UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.changes.parameter_file import parameter_settings
from wargame.store.folder import claim

SHORT = ("--set", "turns=120", "--jobs", "1")


@pytest.fixture
def call(tmp_path, monkeypatch):
    app = typer.Typer()
    hindcast.register(app)
    calibrate.register(app)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, words)


def test_hindcast_prints_a_table(call):
    result = call("hindcast", "--runs", "20", *SHORT)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "The model against the record: 20 histories a period, seed 1"
    for title in ("1993-2010, fitted", "2011-2024, the hold-out", "To read with it"):
        assert title in lines
    first = next(line for line in lines if "incidents a year" in line)
    assert "8.9 to 11.8" in first
    assert "not a forecast" in result.stdout
    assert "null as good" in result.stdout


def test_hindcast_json_is_one_document(call):
    result = call("hindcast", "--runs", "20", "--json", *SHORT)
    found = json.loads(result.stdout)
    assert found["runs"] == 20
    assert set(found) >= {"patterns", "holdout", "regime", "scores", "note"}
    assert all(isinstance(row["inside"], bool) for row in found["patterns"])


def test_hindcast_writes_tables_and_figures(call, tmp_path):
    result = call("hindcast", "--runs", "20", "--out", "held", "--json", *SHORT)
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "held" / "hindcast.json").read_text())
    assert found == json.loads(result.stdout)
    manifest = json.loads((tmp_path / "held" / "manifest.json").read_text())
    assert manifest["kind"] == "hindcast"
    assert {"hindcast.json", "patterns.csv", "figures/hindcast_holdout.svg"} <= set(
        manifest["files"]
    )
    with (tmp_path / "held" / "patterns.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == sum(len(found[part]) for part in ("patterns", "holdout", "regime"))
    assert rows[0]["period"] == "patterns"
    assert float(rows[0]["record"]) == 10.3
    figures = {path.name for path in (tmp_path / "held" / "figures").iterdir()}
    assert figures == {
        f"hindcast_{name}.{kind}" for name in ("patterns", "holdout") for kind in ("png", "svg")
    }


def test_hindcast_of_short_histories_leaves_blank_what_they_cannot_give(call, tmp_path):
    result = call("hindcast", "--runs", "20", "--set", "turns=60", "--jobs", "1", "--out", "held")
    assert result.exit_code == 0, result.output
    row = next(line for line in result.stdout.splitlines() if "variance over mean, years" in line)
    assert row.split()[-3:] == ["-", "-", "-"]
    assert "it takes histories of 104 weeks, and these have 60" in result.stdout.replace("\n", " ")
    with (tmp_path / "held" / "patterns.csv").open() as stream:
        rows = {row["what"]: row for row in csv.DictReader(stream)}
    blank = rows["variance over mean, years"]
    assert blank["simulated"] == blank["simulated_low"] == blank["inside"] == ""
    assert len(list((tmp_path / "held" / "figures").iterdir())) == 4


def test_hindcast_takes_a_parameter_file(call, tmp_path):
    (tmp_path / "quiet.yaml").write_text("actors.PRK.tempo: 0\nactors.PRK.excitation: 0\n")
    words = ("hindcast", "--runs", "20", "--json", *SHORT)
    loud = json.loads(call(*words).stdout)["patterns"][0]
    quiet = json.loads(call(*words, "--params", "quiet.yaml").stdout)["patterns"][0]
    assert quiet["simulated"]["value"] < loud["simulated"]["value"]


def test_a_folder_that_cannot_be_written_is_said(call, tmp_path):
    (tmp_path / "held").write_text("a file")
    result = call("hindcast", "--runs", "20", "--out", "held", *SHORT)
    assert isinstance(result.exception, RecordError)
    assert "held: is a file, not a folder" in str(result.exception)


def test_a_finished_folder_of_another_kind_is_left_alone(call, tmp_path):
    with claim(tmp_path / "held", "sweep") as place:
        place.save({"sweep.csv": "a\n"}, {})
    for words in (("hindcast", "--runs", "20"), ("calibrate", "--draws", "200")):
        result = call(*words, "--out", "held", "--force", *SHORT)
        assert isinstance(result.exception, RecordError)
        assert "holds a sweep, which is not replaced by" in str(result.exception)


def test_calibrate_writes_a_posterior_and_a_file_that_scenarios_take(call, tmp_path):
    words = ("calibrate", "--draws", "600", "--patterns", "P1,P2", "--out", "fit", *SHORT)
    result = call(*words, "--no-plots")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("100 of 600 draws kept for P1, P2")
    folder = tmp_path / "fit"
    with (folder / "posterior.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert "actors.PRK.tempo" in {row["path"] for row in rows}
    said = json.loads((folder / "calibration.json").read_text())
    informed = [row["path"] for row in said["parameters"] if row["informed"]]
    settings = parameter_settings(folder / "parameters.yaml") if informed else []
    assert [setting.partition("=")[0] for setting in settings] == informed
    loader.load("history_1993_2010", settings)
    assert not (folder / "figures").exists()

    again = call(*words, "--no-plots")
    assert isinstance(again.exception, RecordError)
    renewed = call(*words, "--force", "--json")
    assert json.loads(renewed.stdout) == said
    figures = list((folder / "figures").glob("parameter_*.png"))
    assert len(figures) == len(rows)
    assert not (tmp_path / "fit.partial").exists()


def test_what_is_taken_up_must_be_named(call):
    result = call("calibrate", "--resume", "--draws", "200")
    assert isinstance(result.exception, UsageError)
    assert "no folder to take up" in str(result.exception)


def test_calibrate_refuses_a_wrong_pattern_before_it_simulates(call, tmp_path):
    result = call("calibrate", "--patterns", "P1,P9", "--out", "fit")
    assert isinstance(result.exception, UnknownName)
    assert not (tmp_path / "fit").exists()


def test_calibrate_refuses_too_short_histories_before_it_simulates(call, tmp_path):
    result = call("calibrate", "--patterns", "P1,P6", "--set", "turns=60", "--out", "fit")
    assert isinstance(result.exception, UsageError)
    assert "P6 takes histories of 104 weeks, and those of the scenario have 60" in str(
        result.exception
    )
    assert not (tmp_path / "fit").exists()


def test_a_slip_in_a_path_is_told_before_any_worker_starts(call):
    result = call("hindcast", "--runs", "20", "--jobs", "2", "--set", "actors.PRK.tmpo=1")
    assert isinstance(result.exception, UnknownName)
    assert "Did you mean 'tempo'?" in str(result.exception)
