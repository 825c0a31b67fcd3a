"""wargame sweep, sensitivity, audit, verify: output, streams, exit codes."""

import csv
import json

import pytest

from calls import wargame
from wargame.engine.results import NOTE

SWEEP = ("sweep", "first_steps", "--over", "actors.PRK.tempo=0.05:0.25:3", "-n", 80, "--seed", 4)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    place = tmp_path_factory.mktemp("sweep")
    done = wargame(*SWEEP, "--out", "s", cwd=place)
    assert done.returncode == 0, done.stderr
    return done, place / "s"


def test_a_sweep_prints_its_points_and_writes_its_folder(swept):
    done, folder = swept
    assert NOTE in done.stdout
    assert "3 points of 80 histories" in done.stdout
    assert done.stderr == "folder: s\n"
    assert {path.name for path in folder.iterdir()} == {
        *("sweep.csv", "sweep.json", "scenario.yaml", "manifest.json", "figures")
    }
    assert json.loads((folder / "manifest.json").read_text())["kind"] == "sweep"
    with (folder / "sweep.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["actors.PRK.tempo"] for row in rows[::4]] == ["0.05", "0.15", "0.25"]


def test_the_same_sweep_gives_the_same_bytes_whatever_the_workers(swept, tmp_path):
    _, folder = swept
    done = wargame(*(*SWEEP, "--out", "t", "-j", 2, "--json", "--no-plots", "-q"), cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout == (folder / "sweep.json").read_text()
    assert (tmp_path / "t" / "sweep.csv").read_bytes() == (folder / "sweep.csv").read_bytes()
    assert not (tmp_path / "t" / "figures").exists()


def test_a_sweep_is_not_overwritten(swept):
    _, folder = swept
    again = wargame(*SWEEP, "--out", "s", cwd=folder.parent)
    assert again.returncode == 4
    assert "--force" in again.stderr


@pytest.mark.parametrize(
    ("extra", "code", "message"),
    [
        ((), 2, "nothing to sweep over"),
        (("--over", "actors.PRK.temp=1,2"), 2, "Did you mean 'tempo'"),
        (("--over", "actors.PRK.tempo=1,99"), 3, "99 is out of range"),
        (("--over", "actors.PRK.tempo", "--measure", "wars"), 2, "Did you mean 'war'"),
        (("--over", "actors.PRK.tempo=1:2:x"), 2, "low:high:number"),
    ],
)
def test_faults_of_a_sweep(tmp_path, extra, code, message):
    done = wargame("sweep", "first_steps", "-n", 10, *extra, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_sensitivity(tmp_path):
    done = wargame(
        *("sensitivity", "first_steps", "--measure", "incidents", "--trajectories", 6),
        *("--base", 32, "-n", 40, "--keep", 3, "--out", "s"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert NOTE in done.stdout
    assert "of what we do not know about the number of incidents a year comes from" in done.stdout
    names = {path.name for path in (tmp_path / "s").iterdir()}
    assert names >= {"sensitivity.csv", "sensitivity.json", "scenario.yaml", "figures"}
    verified = wargame("verify", "s", cwd=tmp_path)
    assert verified.returncode == 0
    assert "a sensitivity analysis: its histories are not kept" in verified.stdout


def test_faults_of_sensitivity(tmp_path):
    odd = wargame("sensitivity", "first_steps", "-n", 41, cwd=tmp_path)
    assert (odd.returncode, "multiple of 10" in odd.stderr) == (2, True)
    none = wargame("sensitivity", "first_steps", "--only", "actors.USA", cwd=tmp_path)
    assert (none.returncode, "has a range" in none.stderr) == (2, True)


def test_audit_says_passed_and_failed_by_its_exit_code(tmp_path):
    options = ("-n", 100, "--reach", 1500)
    done = wargame("audit", "first_steps", *options, "--out", "a", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "audit passed" in done.stdout
    assert json.loads((tmp_path / "a" / "audit.json").read_text())["passed"] is True
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        *("audit.json", "actions.csv", "numbers.csv", "scenario.yaml", "manifest.json")
    }
    failed = wargame(
        *("audit", "first_steps", *options, "--json"),
        *("--set", "actors.PRK.excitation=0.5"),
        cwd=tmp_path,
    )
    assert failed.returncode == 4
    verdicts = {item["name"]: item["verdict"] for item in json.loads(failed.stdout)["checks"]}
    assert [name for name, verdict in verdicts.items() if verdict == "fail"] == [
        "one act sets off less than one other (branching number below 1)"
    ]


def test_verify_a_run(tmp_path):
    made = wargame("run", "first_steps", "-n", 60, "--out", "r", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    done = wargame("verify", "r", "--sample", 7, cwd=tmp_path)
    assert done.returncode == 0
    assert "7 histories simulated again, row by row\nall as it was" in done.stdout
    figure = next((tmp_path / "r" / "figures").glob("*.svg"))
    figure.write_text("<svg/>")
    (tmp_path / "r" / "acts.csv").write_text("made up")
    broken = wargame("verify", "r", "--json", cwd=tmp_path)
    assert broken.returncode == 4
    found = json.loads(broken.stdout)
    assert found["sound"] is False
    assert {item["where"] for item in found["mismatches"]} == {
        "acts.csv",
        figure.relative_to(tmp_path / "r").as_posix(),
    }
    nowhere = wargame("verify", "nowhere", cwd=tmp_path)
    assert nowhere.returncode == 4
    assert "no such folder" in nowhere.stderr
