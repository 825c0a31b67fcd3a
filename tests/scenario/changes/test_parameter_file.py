"""Files of numbers that any scenario can take."""

import pytest

from wargame.errors import ScenarioError, UsageError
from wargame.scenario import loader
from wargame.scenario.changes.parameter_file import parameter_settings, write_parameters
from wargame.scenario.parameters import Parameter

TEMPO = Parameter(
    value=0.06, low=0.05, high=0.07, source="data", cite="record.disputes_prk_jpn", note="a: 'b'"
)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "numbers.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_is_written_is_taken_whole(file):
    entries = {"actors.PRK.tempo": TEMPO, "world.reply.low": Parameter(value=0.25)}
    settings = parameter_settings(file(write_parameters(entries, "Fitted.\nBy hand.")))
    spec = loader.load("western_sea", settings)
    assert spec.actors["PRK"].tempo == TEMPO
    assert spec.world.reply.low == Parameter(value=0.25)


def test_a_file_without_a_number_changes_nothing(file):
    assert parameter_settings(file(write_parameters({}, "Nothing was informed."))) == []


@pytest.mark.parametrize("value", ["true", "low", "[1, 2]", "null"])
def test_what_is_no_number_is_named(file, value):
    path = file(f"world.reply.low: 0.2\nactors.PRK.tempo: {value}\n")
    with pytest.raises(UsageError, match=r"actors\.PRK\.tempo: .* is not a number"):
        parameter_settings(path)


def test_what_cannot_be_read_is_placed(file):
    with pytest.raises(ScenarioError, match=r"numbers\.yaml:2:1: .*world\.reply\.low"):
        parameter_settings(file("world.reply.low: 0.2\nworld.reply.low: 0.3\n"))


def test_a_number_out_of_range_is_placed_in_the_file(file):
    path = file("# fitted\nactors.PRK.tempo: 99\n")
    with pytest.raises(ScenarioError) as caught:
        loader.load("western_sea", parameter_settings(path))
    assert str(caught.value).startswith(f"{path}:2:19: actors.PRK.tempo: ")
    assert "«settings»" not in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("actors.PRK.tempos: 0.1", "unknown key of actors.PRK 'tempos'"),
        ("actors.PKR.tempo: 0.1", "unknown key of actors 'PKR'"),
        ("actors.PRK.tempo.value.x: 0.1", "actors.PRK.tempo.value is a single value"),
        ("'two words': 0.1", "'two words=0.1' is no setting"),
    ],
)
def test_a_path_that_leads_nowhere_is_placed_in_the_file(file, entry, said):
    path = file(f"# fitted\nworld.reply.low: 0.2\n{entry}\n")
    with pytest.raises(UsageError) as caught:
        loader.load("western_sea", parameter_settings(path))
    assert str(caught.value).startswith(f"{path}:3:1: {said}")


def test_a_number_mistyped_is_placed_and_guessed(file):
    with pytest.raises(UsageError, match=r"numbers\.yaml:1:19: .*'0,04' is not a number. Did you"):
        parameter_settings(file("actors.PRK.tempo: 0,04\n"))


def test_a_tree_of_keys_is_told_apart_from_a_path(file):
    with pytest.raises(UsageError, match="Write the whole path of a number with dots"):
        parameter_settings(file("actors: {PRK: {tempo: 0.05}}\n"))
