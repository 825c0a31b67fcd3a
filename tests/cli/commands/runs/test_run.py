"""wargame run, plot, report, doctor: output, streams, exit codes, and what is left behind."""

import json
import os
import signal
import time

import pytest

from calls import start, wargame


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A small run with figures: (completed process, folder)."""
    place = tmp_path_factory.mktemp("run")
    done = wargame("run", "western_sea", "-n", 300, "--out", "first", cwd=place)
    assert done.returncode == 0, done.stderr
    return done, place / "first"


def test_the_answer_goes_to_stdout_and_notes_to_stderr(finished):
    done, _ = finished
    assert "lethal clash" in done.stdout
    assert "share of simulated runs under these assumptions, not a forecast" in done.stdout
    assert "run folder: first" in done.stderr
    assert "run folder" not in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_the_run_folder_holds_what_the_interface_names(finished):
    _, folder = finished
    names = {path.name for path in folder.iterdir()}
    assert names >= {
        "manifest.json",
        "scenario.yaml",
        "summary.json",
        "outcomes.csv",
        "replications.csv",
        "turns.csv",
        "acts.csv",
        "report.html",
    }
    kinds = {path.suffix for path in (folder / "figures").iterdir()}
    assert kinds == {".png", ".svg"}
    assert not (folder.parent / "first.partial").exists()


def test_json_is_the_summary_and_nothing_else(finished, tmp_path):
    _, folder = finished
    done = wargame(
        "run", "western_sea", "-n", 300, "--no-plots", "--json", "--out", "j", cwd=tmp_path
    )
    assert json.loads(done.stdout) == json.loads((folder / "summary.json").read_text())
    assert done.stdout == (tmp_path / "j" / "summary.json").read_text()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_run_gives_the_same_bytes(finished, tmp_path, jobs):
    _, folder = finished
    wargame("run", "western_sea", "-n", 300, "-j", jobs, "--no-plots", "--out", "b", cwd=tmp_path)
    for path in [*(tmp_path / "b").glob("*.csv"), tmp_path / "b" / "summary.json"]:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_the_resolved_scenario_gives_the_same_run_again(tmp_path):
    first = wargame(
        "run", "western_sea", "-n", 100, "--set", "actors.PRK.tempo=0.1", "--turns", 12,
        "--no-plots", "--out", "a", cwd=tmp_path,
    )  # fmt: skip
    assert first.returncode == 0, first.stderr
    again = wargame("run", "a/scenario.yaml", "-n", 100, "--no-plots", "--out", "b", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    for name in ("outcomes.csv", "acts.csv", "replications.csv", "summary.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_default_folder_is_named_after_the_scenario(tmp_path):
    done = wargame("run", "western_sea", "-n", 20, "--no-plots", cwd=tmp_path)
    (folder,) = (tmp_path / "results").iterdir()
    digest = json.loads((folder / "manifest.json").read_text())["digest"]
    assert folder.name.startswith("western_sea-")
    assert folder.name.endswith(f"Z-{digest[:8]}")
    assert str(folder.relative_to(tmp_path)) in done.stderr


def test_a_folder_is_replaced_only_by_force(tmp_path):
    def run(*more):
        return wargame(
            "run", "western_sea", "-n", 20, "--no-plots", "--out", "x", *more, cwd=tmp_path
        )

    assert run().returncode == 0
    before = (tmp_path / "x" / "manifest.json").read_bytes()
    refused = run("--seed", "2")
    assert refused.returncode == 4
    assert "Add --force to replace it" in refused.stderr
    assert (tmp_path / "x" / "manifest.json").read_bytes() == before
    assert run("--seed", "2", "--force").returncode == 0
    assert (tmp_path / "x" / "manifest.json").read_bytes() != before


def test_a_random_seed_is_printed_and_recorded(tmp_path):
    done = wargame(
        "run", "western_sea", "-n", 20, "--seed", "random", "--no-plots", "--out", "x", cwd=tmp_path
    )
    seed = json.loads((tmp_path / "x" / "manifest.json").read_text())["seed"]
    assert f"seed {seed}" in done.stderr


def test_precision_prints_its_rule_and_reaches_it(tmp_path):
    done = wargame(
        "run",
        "western_sea",
        "-n",
        400,
        "--precision",
        0.03,
        "--no-plots",
        "--out",
        "x",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert "stopping rule: batches of 400" in done.stderr
    summary = json.loads((tmp_path / "x" / "summary.json").read_text())
    assert summary["replications"] % 400 == 0
    widths = [(row["high"] - row["low"]) / 2 for row in summary["outcomes"]]
    assert max(widths) <= 0.03
    assert summary["replications"] > 400


def test_fewer_acts_can_be_kept(tmp_path):
    done = wargame(
        "run", "western_sea", "-n", 200, "--acts", 5, "--no-plots", "--out", "x", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "x" / "acts.csv").read_text().splitlines()[1:]
    assert {int(row.split(",")[0]) for row in rows} <= set(range(6))
    assert json.loads((tmp_path / "x" / "manifest.json").read_text())["acts_kept"] == 5


BAD_CALLS = [
    (("run", "western_see"), 2, "Did you mean 'western_sea'?"),
    (("run", "no/such/file.yaml"), 2, "no/such/file.yaml"),
    (("run", "western_sea", "-n", "0"), 2, "-n"),
    (("run", "western_sea", "--seed", "many"), 2, "--seed: 'many' is not a seed"),
    (("run", "western_sea", "--jobs", "0"), 2, "--jobs: '0' is not a number of threads"),
    (("run", "western_sea", "--set", "actors.PRK.tmpo=1"), 2, "Did you mean 'tempo'?"),
    (("run", "western_sea", "--set", "actors.PRK.tempo=-1"), 3, "actors.PRK.tempo"),
    (("run", "western_sea", "--turns", "99999"), 2, "--turns"),
    (("run", "western_sea", "--seeed", "1"), 2, "--seed"),
    (("runn",), 2, "runn"),
    (("plot", "nowhere"), 4, "nowhere: there is no such run folder"),
    (("report", "nowhere"), 4, "nowhere: there is no such run folder"),
]


@pytest.mark.parametrize(("call", "code", "message"), BAD_CALLS)
def test_bad_calls_end_with_their_code_a_message_and_no_traceback(call, code, message, tmp_path):
    done = wargame(*call, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.iterdir())


def test_debug_shows_the_traceback(tmp_path):
    done = wargame("--debug", "run", "western_see", cwd=tmp_path)
    assert "Traceback" in done.stderr
    assert "UnknownName" in done.stderr


def test_an_unwritable_place_ends_with_a_message(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = wargame("run", "western_sea", "-n", 20, "--no-plots", "--out", "file/x", cwd=tmp_path)
    assert done.returncode == 4
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr


def test_plot_and_report_draw_the_same_again(finished):
    _, folder = finished
    figures = {path.name: path.read_bytes() for path in (folder / "figures").iterdir()}
    (folder / "report.html").unlink()
    for path in (folder / "figures").iterdir():
        path.unlink()
    plotted = wargame("plot", folder, cwd=folder.parent)
    assert plotted.returncode == 0, plotted.stderr
    assert len(plotted.stdout.splitlines()) == len(figures)
    assert {path.name: path.read_bytes() for path in (folder / "figures").iterdir()} == figures
    reported = wargame("report", folder, cwd=folder.parent)
    assert reported.returncode == 0, reported.stderr
    assert (folder / "report.html").read_text().startswith("<!DOCTYPE html>")


def test_a_damaged_folder_is_refused(finished, tmp_path):
    _, folder = finished
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    for path in folder.iterdir():
        if path.is_file():
            (damaged / path.name).write_bytes(path.read_bytes())
    rows = (damaged / "acts.csv").read_bytes()
    (damaged / "acts.csv").write_bytes(rows[:-10])
    done = wargame("plot", damaged, cwd=tmp_path)
    assert done.returncode == 4
    assert "acts.csv" in done.stderr


def test_doctor_finds_this_installation_healthy(tmp_path):
    done = wargame("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "MISSING" not in done.stdout
    assert json.loads(wargame("doctor", "--json", cwd=tmp_path).stdout)["healthy"] is True


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_exits_130_and_the_run_can_be_taken_up(tmp_path):
    call = [
        "run",
        "western_sea",
        "-n",
        "150000",
        "--no-plots",
        "--out",
        "x",
        "-j",
        "1",
        "--acts",
        "50",
    ]
    # A shell that starts the tests in the background makes them ignore Ctrl-C, and children inherit
    # that; a handled signal goes back to its default in a new program.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = start(*call, cwd=tmp_path)
    signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("x.partial/chunk-*.npz")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "--out x --resume" in errors
    assert "Traceback" not in errors
    assert out == ""
    assert not (tmp_path / "x").exists()
    resumed = wargame(*call, "--resume", cwd=tmp_path)
    assert resumed.returncode == 0, resumed.stderr
    assert "finished already" in resumed.stderr
    whole = wargame(*call[:5], "--no-plots", "--out", "y", "--acts", "50", cwd=tmp_path)
    assert whole.returncode == 0, whole.stderr
    for name in ("outcomes.csv", "replications.csv", "acts.csv", "summary.json"):
        assert (tmp_path / "x" / name).read_bytes() == (tmp_path / "y" / name).read_bytes()


def test_resume_refuses_another_run(tmp_path):
    (tmp_path / "x.partial").mkdir()
    (tmp_path / "x.partial" / "wargame.lock").touch()
    (tmp_path / "x.partial" / "plan.json").write_text('{"digest": "other"}')
    done = wargame("run", "western_sea", "-n", 20, "--out", "x", "--resume", cwd=tmp_path)
    assert done.returncode == 4
    assert "another run" in done.stderr
