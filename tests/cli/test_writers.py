"""Every command that writes, before everything that can stand in its way."""

import os
import shutil
from pathlib import Path

import pytest

from calls import interpreter, wargame
from places import save
from wargame.cli.app import app
from wargame.store.folder import claim

FEW = ("-n", 20, "-q")
FOLDERS = {
    "run": ("run", ("run", "first_steps", *FEW, "--no-plots")),
    "compare": ("comparison", ("compare", "first_steps", "western_sea", *FEW, "--no-plots")),
    "sweep": ("sweep", ("sweep", "first_steps", "--over", "turn_days=6,7", *FEW, "--no-plots")),
    "sensitivity": ("sensitivity", ("sensitivity", "first_steps", *FEW, "--no-plots")),
    "audit": ("audit", ("audit", "first_steps", "-q")),
    "hindcast": ("hindcast", ("hindcast", *FEW)),
    "calibrate": ("calibration", ("calibrate", "--draws", 200, "-q")),
    "lesson": ("lesson", ("lesson", "first_steps", "-n", 100, "-q", "--no-pdf")),
    "score": ("forecasts", ("score", "class.csv", "--results", "r", "-q", "--no-plots")),
}
FIGURES = {
    "plot": ("plot", "r", "-q"),
    "ledger": ("ledger", "r", "--run", 0, "-q"),
    "odds": ("odds", "r", "--run", 0, "--curve", "-n", 10, "--every", 8, "-q"),
}
FILES = {
    "replay": ("replay", "r", "--run", 0, "-o", "new.md"),
    "forecast-sheet": ("forecast-sheet", "first_steps", "-o", "new.csv"),
    "new": ("new", "new.yaml"),
    "expand": ("expand", "first_steps", "--out", "whole.yaml"),
    "play": ("play", "first_steps", "--as", "ROK", "--skip-setup", "--save", "new.game"),
}
READ_ONLY = {"validate", "show", "list", "schema", "theories", "theory", "verify", "doctor",
             "whatif", "facts"}  # fmt: skip
IN_PLACE = {"report"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    place = tmp_path_factory.mktemp("made")
    done = wargame("run", "first_steps", "-n", 60, "--no-plots", "-q", "--out", "r", cwd=place)
    assert done.returncode == 0, done.stderr
    names = "student,calm,friction,clash,lethal clash,major strikes,war\n"
    (place / "class.csv").write_text(names + "A,50,30,10,5,4,1\n")
    return place


@pytest.fixture
def place(run, tmp_path):
    shutil.copytree(run, tmp_path / "p")
    return tmp_path / "p"


def tree(place):
    return {
        str(path.relative_to(place)): os.readlink(path)
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(place.rglob("*"))
    }


def test_every_command_is_one_that_writes_or_one_that_does_not():
    known = {command.name for command in app.registered_commands}
    assert known - READ_ONLY - IN_PLACE == {*FOLDERS, *FIGURES, *FILES}


def refuse(place, words, said):
    """Hold that a command refuses, says why, and leaves everything as it is."""
    before = tree(place)
    done = wargame(*words, cwd=place)
    assert done.returncode == 4, done.stderr
    assert said in " ".join(done.stderr.split()), done.stderr
    assert "«" not in done.stderr
    assert done.stdout == ""
    assert tree(place) == before


def strangers_manifest(place, kind):
    extension = place / "x"
    (extension / "src").mkdir(parents=True)
    (extension / "src" / "a.js").write_text("a browser's")
    text = '{"name": "a browser extension", "format": 2, "files": ["src/a.js"]}'
    (extension / "manifest.json").write_text(text)


def essays_in_ours(place, kind):
    save(place / "x", kind, a="a")
    (place / "x" / "essays").mkdir()
    (place / "x" / "essays" / "one.md").write_text("dear")


def strangers_partial(place, kind):
    (place / "x.partial").mkdir()
    (place / "x.partial" / "essay.md").write_text("dear")


def a_link(place, kind):
    (place / "elsewhere").mkdir()
    (place / "x").symlink_to("elsewhere")


def another_kind(place, kind):
    save(place / "x", "atlas", a="a")


OBSTACLES = [
    (strangers_manifest, "x: holds what is not of this program (manifest.json, src/)"),
    (essays_in_ours, "x: holds what is not of this program (essays/)"),
    (strangers_partial, "x.partial: holds what is not of this program (essay.md)"),
    (a_link, "x: is a link; nothing is written through it"),
    (another_kind, "x: holds a atlas, which is not replaced by"),
    (lambda place, kind: (place / "x").write_text("dear"), "x: is a file, not a folder"),
]


@pytest.mark.parametrize(("obstacle", "said"), OBSTACLES)
@pytest.mark.parametrize("command", FOLDERS)
def test_what_is_not_ours_is_named_and_kept(place, command, obstacle, said):
    kind, words = FOLDERS[command]
    obstacle(place, kind)
    refuse(place, (*words, "--out", "x", "--force"), said)


@pytest.mark.parametrize("command", FOLDERS)
def test_a_folder_of_the_same_kind_asks_for_force(place, command):
    kind, words = FOLDERS[command]
    save(place / "x", kind, a="a")
    refuse(place, (*words, "--out", "x"), "already. Add --force to replace it")


@pytest.mark.parametrize("command", FOLDERS)
def test_one_at_a_time(place, command):
    kind, words = FOLDERS[command]
    with claim(place / "x", kind):
        refuse(place, (*words, "--out", "x"), "x: another command is writing there")


@pytest.mark.parametrize("command", FOLDERS)
@pytest.mark.parametrize(
    ("out", "said"),
    [
        (".", "has no name of its own"),
        ("..", "has no name of its own"),
        ("y" * 250, "the name is too long"),
        ("z/" * 3000, "the name is too long"),
        ("class.csv/x", "a file stands where a folder is needed"),
    ],
)
def test_places_that_are_none_are_said(place, command, out, said):
    refuse(place, (*FOLDERS[command][1], "--out", out), said)


@pytest.mark.parametrize("command", FIGURES)
def test_figures_ask_for_force_and_leave_what_is_not_ours(place, command):
    words = FIGURES[command]
    (place / "mine").mkdir()
    (place / "mine" / "one.png").write_text("dear")
    loud = wargame(*words, "--out", "mine", cwd=place)
    assert loud.returncode == 4
    assert "mine: is not a folder of this program" in loud.stderr
    assert (place / "mine" / "one.png").read_text() == "dear"
    assert len(list((place / "mine").iterdir())) == 1
    assert wargame(*words, "--out", "x", cwd=place).returncode == 0
    again = wargame(*words, "--out", "x", cwd=place)
    assert again.returncode == 4
    assert "is there already. Add --force" in again.stderr
    assert wargame(*words, "--out", "x", "--force", cwd=place).returncode == 0
    assert wargame("verify", "x", cwd=place).returncode == 0


@pytest.mark.parametrize("words", [*FIGURES.values(), ("report", "r")])
def test_figures_are_not_written_through_a_link(place, words):
    (place / "mine").mkdir()
    (place / "r" / "figures").symlink_to(place / "mine")
    before = tree(place)
    done = wargame(*words, cwd=place)
    assert done.returncode == 4
    assert "r/figures: is a link or a file; nothing is written through it" in done.stderr
    assert tree(place) == before


@pytest.mark.parametrize("command", FILES)
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("dear"), "is there already"),
        (lambda path: path.symlink_to("class.csv"), "is there already"),
        (lambda path: path.symlink_to("nowhere"), "is there already"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_a_file_that_is_there_is_kept(place, command, make, said):
    words = FILES[command]
    make(place / words[-1])
    refuse(place, words, said)


@pytest.mark.parametrize("command", FILES)
def test_a_file_with_a_name_too_long_is_said(place, command):
    *words, name = FILES[command]
    refuse(place, (*words, f"{'y' * 255}{Path(name).suffix}"), "the name is too long")


def test_a_game_does_not_take_another_files_journal(place):
    (place / "new.game-journal").write_text("dear")
    refuse(place, FILES["play"], "new.game-journal: is there already")


def test_a_scenario_with_a_long_name_is_run(place):
    assert wargame("new", "a" * 240, cwd=place).returncode == 0
    words = ("run", f"{'a' * 240}.yaml", *FEW, "--no-plots")
    done = wargame(*words, cwd=place)
    assert done.returncode == 0, done.stderr
    (folder,) = (place / "results").iterdir()
    assert folder.name.startswith(f"{'a' * 60}-2")


@pytest.mark.skipif(os.name != "posix", reason="only there a folder in use can be removed")
@pytest.mark.parametrize(
    "words", [("run", "first_steps", *FEW, "--out", "x"), FILES["new"], FILES["play"]]
)
def test_a_folder_that_is_gone_is_said(tmp_path, words):
    leave = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    done = interpreter(*words, cwd=tmp_path, before=("sh", "-c", leave, "sh"))
    assert done.returncode == 4, done.stderr
    assert "no such file or folder; perhaps it was moved" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "first_steps", "-n", 10**12), 4, "GB are free there. Give fewer --runs"),
        (("run", "first_steps", "-n", 200_001, "--chunk", 1), 4, "or a larger --chunk"),
        (("compare", "first_steps", "western_sea", "-n", 10**12), 2, "100,000,000 is the most"),
        (
            ("sweep", "first_steps", "--over", "turn_days=6,7", "-n", 10**12),
            2,
            "100,000,000 is the most",
        ),
        (("sensitivity", "first_steps", "-n", 10**12), 2, "100,000,000 is the most"),
        (("audit", "first_steps", "-n", 10**12), 2, "100,000,000 is the most"),
        (("audit", "first_steps", "--reach", 10**12), 2, "100000000"),
        (("hindcast", "-n", 10**12), 2, "100,000,000 is the most"),
        (("calibrate", "--draws", 10**12, "--out", "x"), 2, "100,000,000 is the most"),
        (("lesson", "first_steps", "-n", 10**12), 2, "100000000"),
        (("odds", "r", "--run", 0, "--turn", 2, "-n", 10**12), 2, "1,000,000"),
    ],
)
def test_what_nothing_can_hold_is_refused_before_it_begins(place, words, code, said):
    done = wargame(*words, cwd=place)
    assert done.returncode == code
    assert said in done.stderr
    assert sorted(path.name for path in place.iterdir()) == ["class.csv", "r"]


def test_of_bad_rows_some_are_named_and_the_rest_counted(place):
    with (place / "class.csv").open("a") as stream:
        stream.writelines(f"S{number},x,,,,,\n" for number in range(150_000))
    done = wargame("score", "class.csv", "--results", "r", cwd=place)
    assert done.returncode == 4
    assert len(done.stderr) < 20_000
    assert "class.csv: and 149,900 more" in done.stderr
