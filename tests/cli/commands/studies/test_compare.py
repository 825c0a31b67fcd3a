"""wargame compare and wargame theories: output, options, exit codes."""

import json

import pytest

from calls import wargame
from wargame.engine.results import NOTE


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    place = tmp_path_factory.mktemp("compare")
    done = wargame(
        *("compare", "western_sea", "--theory", "spiral", "--theory", "deterrence"),
        *("--variant", "calm:actors.PRK.tempo=0.03,world.firebreak=5"),
        *("-n", 300, "--seed", 5, "--out", "c"),
        cwd=place,
    )
    assert done.returncode == 0, done.stderr
    return done, place / "c"


def test_the_answer_and_the_folder(finished):
    done, folder = finished
    assert NOTE in done.stdout
    for word in ("spiral", "deterrence", "calm", "Goldstein", "pairs that never part"):
        assert word in done.stdout
    assert done.stderr == "folder: c\n"
    assert {path.name for path in folder.iterdir()} == {
        "comparison.csv",
        "comparison.json",
        "figures",
        "manifest.json",
        "scenarios",
    }
    command = json.loads((folder / "manifest.json").read_text())["command"]
    assert command[:3] == ["wargame", "compare", "western_sea"]


def test_json_is_the_document_whatever_the_workers(finished, tmp_path):
    _, folder = finished
    done = wargame(
        *("compare", "western_sea", "--theory", "spiral", "--theory", "deterrence"),
        *("--variant", "calm:actors.PRK.tempo=0.03,world.firebreak=5"),
        *("-n", 300, "--seed", 5, "--out", "d", "--json", "--no-plots", "-q", "-j", 2),
        cwd=tmp_path,
    )
    assert done.stdout == (folder / "comparison.json").read_text()
    assert done.stderr == ""
    assert not (tmp_path / "d" / "figures").exists()


def test_two_files_and_settings_for_both(tmp_path):
    assert wargame("new", "mine", cwd=tmp_path).returncode == 0
    done = wargame(
        *("compare", "mine.yaml", "western_sea", "-n", 20, "--turns", 12, "--no-plots"),
        *("--set", "turn_days=8", "--json", "--out", "c"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert [item["label"] for item in said["variants"]] == ["mine", "western_sea"]
    assert {item["turns"] for item in said["variants"]} == {12}
    assert any("The actors differ" in remark for remark in said["remarks"])


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["history_1993_2010"], 2, "nothing to compare"),
        (["western_sea", "--theory", "spirral"], 2, "Did you mean 'spiral'?"),
        (["western_see", "--theory", "spiral"], 2, "Did you mean 'western_sea'?"),
        (["western_sea", "--variant", "a:actors.PRK.temp=1"], 2, "Did you mean 'tempo'?"),
        (["western_sea", "--variant", "a:actors.PRK.tempo=99"], 3, "Use 0..20."),
        (["western_sea", "--theory", "spiral", "--seed", "x"], 2, "--seed"),
    ],
)
def test_what_is_off_is_said_without_a_traceback(tmp_path, words, code, message):
    done = wargame("compare", *words, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_run_under_a_theory_gives_itself_again_from_its_folder(tmp_path):
    done = wargame(
        *("run", "western_sea", "--theory", "internal_drivers", "-n", 50, "--no-plots"),
        *("--out", "a"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text())
    assert "internal_drivers" in manifest["command"]
    again = wargame("run", "a/scenario.yaml", "-n", 50, "--no-plots", "--out", "b", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "a/summary.json").read_bytes() == (tmp_path / "b/summary.json").read_bytes()
    plain = wargame("run", "western_sea", "-n", 50, "--no-plots", "--out", "c", cwd=tmp_path)
    assert plain.returncode == 0
    assert (tmp_path / "a/acts.csv").read_bytes() != (tmp_path / "c/acts.csv").read_bytes()


def test_show_under_a_theory(tmp_path):
    done = wargame("show", "western_sea", "--theory", "spiral", "--json", cwd=tmp_path)
    numbers = {item["path"]: item for item in json.loads(done.stdout)["parameters"]}
    assert numbers["actors.PRK.spiral"]["value"] == 0.5
    assert numbers["actors.PRK.spiral"]["cite"] == "literature.jervis1976"


def test_theories_names_arguments_and_moves(tmp_path):
    plain = wargame("theories", cwd=tmp_path)
    assert plain.returncode == 0
    for word in ("Jervis (1976)", "Yoo and Kim (2017)", "multiply by 0.3", "actors.*.spiral"):
        assert word in plain.stdout
    there = wargame("theories", "western_sea", "--json", cwd=tmp_path)
    said = {item["name"]: item for item in json.loads(there.stdout)}
    assert said["baseline"]["moves"] == []
    assert "calendar.freedom_edge.tempo_factor" in [
        move["path"] for move in said["exercises_provoke"]["moves"]
    ]
