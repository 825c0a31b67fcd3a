"""wargame lesson: output, options, exit codes."""

import json

import pytest

from calls import wargame
from wargame.engine.results import NOTE


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    place = tmp_path_factory.mktemp("lesson")
    done = wargame(
        *("lesson", "first_steps", "--minutes", 75, "--students", 22, "-n", 100, "-o", "x"),
        cwd=place,
    )
    assert done.returncode == 0, done.stderr
    return done, place / "x"


def test_the_answer_and_the_folder(finished):
    done, folder = finished
    assert NOTE in done.stdout.lower()
    assert "role_PRK.pdf" in done.stdout
    assert "Timetable (75 minutes" in done.stdout
    assert done.stderr == "open x/index.html\n"
    assert (folder / "index.html").is_file()
    assert len(list(folder.glob("*.pdf"))) == len(list(folder.glob("*.html"))) - 1
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["command"][:3] == ["wargame", "lesson", "first_steps"]
    assert manifest["lesson"] == {"minutes": 75, "students": 22, "paper": "a4"}


def test_json_says_the_same(finished, tmp_path):
    done = wargame(
        *("lesson", "first_steps", "--minutes", 75, "--students", 22, "-n", 100, "--json"),
        *("--no-pdf", "-q", "--paper", "letter", "--level", "advanced"),
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["folder"] == "lesson-first_steps"
    assert sum(slot["minutes"] for slot in document["timetable"]) == document["minutes"] == 75
    folder = tmp_path / "lesson-first_steps"
    assert {f"{sheet['name']}.html" for sheet in document["sheets"]} | {"index.html"} == {
        path.name for path in folder.glob("*.html")
    }
    assert not list(folder.glob("*.pdf"))
    assert "size: letter" in (folder / "role_PRK.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["first_steps", "--minutes", 60], 2, "unknown lesson length in minutes '60'; one of: 50"),
        (["first_steps", "--students", 1], 2, "--students: 1 is not a class. Use 2 to 400"),
        (["first_steps", "--level", "basics"], 2, "Did you mean 'basic'?"),
        (["first_steps", "--paper", "foolscap"], 2, "unknown paper 'foolscap'; one of: a4, letter"),
        (["history_1993_2010"], 2, "a lesson needs a role sheet for every actor"),
        (["first_step"], 2, "Did you mean 'first_steps'?"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(arguments, code, said, tmp_path):
    done = wargame("lesson", *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_overwritten(finished):
    _, folder = finished
    before = (folder / "index.html").read_bytes()
    done = wargame("lesson", "first_steps", "-o", "x", cwd=folder.parent)
    assert done.returncode == 4
    assert "--force" in done.stderr
    assert (folder / "index.html").read_bytes() == before
