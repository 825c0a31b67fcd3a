"""``--params FILE`` on run and compare: numbers from a file, before --set."""

import json

import pytest
from typer.testing import CliRunner

from wargame.cli.app import app
from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import loader

FITTED = """\
# as `wargame calibrate` writes it
actors.PRK.tempo: {value: 0.06, low: 0.05, high: 0.07, source: data, cite: record.disputes_prk_jpn}
world.reply.low: 0.2
"""


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fitted.yaml").write_text(FITTED)
    return lambda *words: CliRunner().invoke(app, [*words, "--no-plots", "-q"])


def test_run_takes_the_numbers_with_their_ranges(call, tmp_path):
    done = call("run", "western_sea", "-n", "20", "--params", "fitted.yaml", "-o", "r")
    assert done.exit_code == 0, done.output
    spec = loader.load(tmp_path / "r" / "scenario.yaml")
    tempo = spec.actors["PRK"].tempo
    assert (tempo.value, tempo.low, tempo.high) == (0.06, 0.05, 0.07)
    assert tempo.cite == "record.disputes_prk_jpn"
    assert spec.world.reply.low.value == 0.2


def test_settings_of_the_call_come_after_the_file(call, tmp_path):
    words = ("run", "western_sea", "-n", "20", "--set", "actors.PRK.tempo=0.3")
    assert call(*words, "--params", "fitted.yaml", "-o", "r").exit_code == 0
    spec = loader.load(tmp_path / "r" / "scenario.yaml")
    assert spec.actors["PRK"].tempo.value == 0.3
    assert not spec.actors["PRK"].tempo.uncertain
    assert spec.world.reply.low.value == 0.2


def test_the_file_comes_after_a_theory(call, tmp_path):
    (tmp_path / "straight.yaml").write_text("actors.PRK.spiral: -0.5\n")
    words = ("run", "western_sea", "-n", "20", "--theory", "spiral", "--params", "straight.yaml")
    assert call(*words, "-o", "r").exit_code == 0
    spec = loader.load(tmp_path / "r" / "scenario.yaml")
    assert spec.actors["PRK"].spiral.value == -0.5
    assert spec.actors["ROK"].spiral.value > 0


def test_compare_makes_the_changes_in_every_variant(call, tmp_path):
    words = ("compare", "western_sea", "--variant", "calm:actors.PRK.tempo=0.01", "-n", "20")
    done = call(*words, "--params", "fitted.yaml", "-o", "c", "--json")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["variants"]) > 0
    specs = [loader.load(path) for path in sorted((tmp_path / "c" / "scenarios").iterdir())]
    assert len(specs) == 2
    assert {spec.world.reply.low.value for spec in specs} == {0.2}
    assert {spec.actors["PRK"].tempo.value for spec in specs} == {0.06, 0.01}


@pytest.mark.parametrize("command", ["run", "compare"])
def test_mistakes_are_told(call, tmp_path, command):
    rest = ("--theory", "spiral", "-n", "20", "-o", "x")
    missing = call(command, "western_sea", *rest, "--params", "fited.yaml")
    assert isinstance(missing.exception, UsageError)
    assert "there is no parameter file 'fited.yaml'" in str(missing.exception)

    (tmp_path / "typo.yaml").write_text("actors.PRK.tempos: 0.1\n")
    wrong = call(command, "western_sea", *rest, "--params", "typo.yaml")
    assert isinstance(wrong.exception, UnknownName)
    assert "Did you mean 'tempo'?" in str(wrong.exception)

    (tmp_path / "high.yaml").write_text("actors.PRK.tempo: 100\n")
    high = call(command, "western_sea", *rest, "--params", "high.yaml")
    assert isinstance(high.exception, ScenarioError)
    assert "Use 0..20" in str(high.exception)
    assert not (tmp_path / "x").exists()
