"""Runs that are killed, meet a full disk or a folder they may not write, and are taken up again."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from calls import interpreter, start, wargame
from wargame.scenario import loader
from wargame.show.run import run_folder
from wargame.store.arrays import read

ASKED = ("run", "first_steps", "-n", "3000", "--chunk", "100", "--acts", "900", "--no-plots")

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and limits")


def content(folder):
    """Return name -> bytes of a run folder, but for the manifest's times and command."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(found.pop("manifest.json"))
    for name in ("started", "ended", "command", "sha256"):
        del manifest[name]
    return found | {"manifest.json": manifest}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The content of the folder that ASKED gives, and the seconds it took."""
    place = tmp_path_factory.mktemp("undisturbed")
    begun = time.monotonic()
    done = interpreter(*ASKED, "--out", "x", cwd=place)
    assert done.returncode == 0, done.stderr
    return content(place / "x"), time.monotonic() - begun


def check_what_is_left(place):
    """After a kill: no folder or a whole one, and no chunk that is half."""
    if (place / "x").exists():
        run_folder.load(place / "x")
    scenario = loader.load("first_steps")
    for path in place.glob("x.partial/chunk-*.npz"):
        assert read(path, scenario).replications == 100


def chunks_in(place):
    return len(list(place.glob("x.partial/chunk-*.npz")))


def kill_somewhere(process, place, draw, seconds):
    """Kill a run a moment after a random chunk; after the last, anywhere up to its end."""
    wanted = draw.randint(chunks_in(place), 30)
    while process.poll() is None and chunks_in(place) < wanted:
        time.sleep(0.001)
    try:
        process.wait(draw.uniform(0, seconds if wanted == 30 else 0.05))
    except subprocess.TimeoutExpired:
        process.kill()


@posix
@pytest.mark.slow
@pytest.mark.parametrize(("jobs", "times"), [("1", 36), ("2", 14)])
def test_a_run_survives_being_killed_anywhere(undisturbed, tmp_path, jobs, times):
    expected, seconds = undisturbed
    draw = random.Random(int(jobs))
    kills, number, resumed_at = 0, 0, set[int]()
    while kills < times:
        number += 1
        place = tmp_path / str(number)
        place.mkdir()
        finished = False
        while not finished:
            process = start(*ASKED, "-j", jobs, "--out", "x", "--resume", cwd=place)
            kill_somewhere(process, place, draw, seconds)
            _, err = process.communicate()
            finished = process.returncode == 0  # before it came to that
            if not finished:
                assert process.returncode == -signal.SIGKILL, err
                kills += 1
                resumed_at.add(chunks_in(place))
                check_what_is_left(place)
        assert content(place / "x") == expected
        assert [path.name for path in place.iterdir()] == ["x"]
        assert number < 200
    assert len(resumed_at) > 5  # of 31: the points were spread over the run


def wait_until(holds):
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("waited for a minute")


def test_a_finished_run_is_not_run_again(undisturbed, tmp_path):
    expected, _ = undisturbed
    assert wargame(*ASKED, "--out", "x", cwd=tmp_path).returncode == 0
    before = (tmp_path / "x" / "manifest.json").read_bytes()
    (tmp_path / "x.partial").mkdir()  # as a run leaves it that is killed at its very end
    plan = json.dumps(json.loads(before)["plan"])
    (tmp_path / "x.partial" / "plan.json").write_text(plan)
    (tmp_path / "x.partial" / "wargame.lock").touch()
    again = wargame(*ASKED, "--out", "x", "--resume", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "finished already" in again.stderr
    assert "Outcomes" in again.stdout
    assert (tmp_path / "x" / "manifest.json").read_bytes() == before
    assert content(tmp_path / "x") == expected
    assert not (tmp_path / "x.partial").exists()
    other = wargame(*ASKED, "--seed", "2", "--out", "x", "--resume", cwd=tmp_path)
    assert other.returncode == 4
    assert "holds a run already" in other.stderr


def interrupt(place, *words):
    """Leave a run of ASKED with some of its chunks done."""
    process = start(*ASKED, *words, "--out", "x", cwd=place)
    wait_until(lambda: len(list(place.glob("x.partial/chunk-*.npz"))) > 3)
    process.kill()
    process.communicate()


@posix
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("--chunk", "200"), "chunk was 100, is now 200"),
        (("--acts", "5"), "acts was 900, is now 5"),
        (("--uncertainty",), "uncertainty was False, is now True"),
    ],
)
def test_chunks_of_another_plan_are_refused(tmp_path, change, named):
    interrupt(tmp_path)
    done = wargame(*ASKED, *change, "--out", "x", "--resume", cwd=tmp_path)
    assert done.returncode == 4
    assert named in done.stderr
    assert not (tmp_path / "x").exists()


@posix
@pytest.mark.parametrize("more", [("--uncertainty",), ("--precision", "0.012")])
def test_other_runs_resume_to_the_same_bytes_too(tmp_path, more):
    (tmp_path / "whole").mkdir()
    assert wargame(*ASKED, *more, "--out", "x", cwd=tmp_path / "whole").returncode == 0
    interrupt(tmp_path, *more)
    done = wargame(*ASKED, *more, "--out", "x", "--resume", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    taken_up = int(done.stderr.split("resumed: ")[1].split()[0].replace(",", ""))
    assert taken_up >= 400
    assert content(tmp_path / "x") == content(tmp_path / "whole" / "x")


def mount(place, *options):
    return subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(place)],
        capture_output=True, check=False,
    ).returncode == 0  # fmt: skip


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not mount(place, "size=100k"):
        pytest.skip("needs the right to mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


# how full: with the chunks; with the tables, when all chunks are there
@pytest.mark.parametrize("size", ["200k", "900k"])
def test_a_full_disk_is_said_and_what_was_done_is_kept(undisturbed, disk, size):
    assert mount(disk, "remount", f"size={size}")
    done = wargame(*ASKED, "--out", "x", cwd=disk)
    assert done.returncode == 4, done.stderr
    assert "Free some space" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (disk / "x").exists()
    chunks = len(list((disk / "x.partial").glob("chunk-*.npz")))
    assert (chunks == 30) == (size == "900k")
    assert chunks > 3
    check_what_is_left(disk)
    assert mount(disk, "remount", "size=50m")
    again = wargame(*ASKED, "--out", "x", "--resume", cwd=disk)
    assert again.returncode == 0, again.stderr
    assert f"resumed: {chunks * 100:,} histories" in again.stderr
    assert content(disk / "x") == undisturbed[0]


@posix
def test_a_limit_on_the_size_of_files_is_said(undisturbed, tmp_path):
    import resource

    expected, _ = undisturbed
    most = len(expected["acts.csv"]) - 1
    done = interpreter(
        *ASKED, "--out", "x", cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert "a file grew beyond what the system allows here" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.partial"]
    check_what_is_left(tmp_path)


def test_a_place_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    done = wargame(*ASKED, "--out", "file/x", cwd=tmp_path)
    assert done.returncode == 4
    assert "file/x: a file stands where a folder is needed" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_may_not_be_written_is_refused(disk):
    assert mount(disk, "remount", "ro")
    done = wargame(*ASKED, "--out", "x", cwd=disk)
    assert done.returncode == 4
    assert "x: the disk is read-only. Choose another place." in done.stderr
    assert list(disk.iterdir()) == []


@posix
def test_a_folder_that_nobody_may_write_is_refused(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    bound = []
    if os.geteuid() == 0:  # root may write all, unless it gives that right up
        if shutil.which("setpriv") is None:
            pytest.skip("needs setpriv to give up root's rights")
        bound = ["setpriv", "--bounding-set", "-dac_override"]
    done = interpreter(*ASKED, "--out", "locked/x", cwd=tmp_path, before=bound)
    assert done.returncode == 4, done.stderr
    assert "locked/x: permission denied. Choose a place that is yours." in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "locked").iterdir()) == []


def test_parquet_tables(tmp_path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    done = wargame(*ASKED, "--uncertainty", "--format", "parquet", "--out", "x", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "x"
    names = {path.name for path in folder.glob("*.parquet")}
    tables = ("replications", "acts", "crises", "agreements", "parameters")
    assert names == {f"{name}.parquet" for name in tables}
    assert not (folder / "replications.csv").exists()
    assert (folder / "outcomes.csv").exists()
    saved = run_folder.load(folder)
    frame = pd.read_parquet(folder / "replications.parquet")
    assert frame["peak"].tolist() == saved.results.table["peak"].tolist()
    assert len(pd.read_parquet(folder / "parameters.parquet")) == 3000 / saved.results.sharing
    (folder / "acts.parquet").write_bytes(b"PAR1")
    with pytest.raises(run_folder.RecordError, match=r"acts\.parquet: was altered"):
        run_folder.load(folder)


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("pyarrow", ("--format", "parquet"), "parquet"),
        ("distributed", ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"), "dask"),
    ],
)
def test_a_missing_extra_is_named_before_anything_is_done(tmp_path, package, words, extra):
    code = f"import sys; sys.modules[{package!r}] = None; from wargame.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *ASKED, *words, "--out", "x"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"pip install '.[{extra}]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--scheduler", "tcp://127.0.0.1:1"), "Add --executor dask"),
        (("--executor", "dask"), "--scheduler tcp://HOST:PORT"),
        (("--executor", "dask", "--scheduler", "here"), "'here' is not an address"),
        (("--executor", "ray"), "'ray' is not one of"),
        (("--chunk", "0"), "--chunk"),
    ],
)
def test_what_does_not_fit_together_is_refused(tmp_path, words, named):
    done = wargame(*ASKED, *words, "--out", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert list(tmp_path.iterdir()) == []
