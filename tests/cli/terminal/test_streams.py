"""What a caller does to the process's streams changes no exit code and is no fault of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HANGUL = "첫걸음"
BROKEN = "a: 1\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streams")
    whole = Path(__file__).parents[3] / "scenarios" / "first_steps.yaml"
    lines = whole.read_text("utf-8").splitlines(keepends=True)
    named = [f"title: {HANGUL}\n" if line.startswith("title:") else line for line in lines]
    (folder / "named.yaml").write_text("".join(named), "utf-8")
    (folder / "broken.yaml").write_text(BROKEN, "utf-8")
    return folder


def shell(place, line, **environment):
    """Give a line to a shell, in which `wargame` is the program; return what it did."""
    program = f'wargame() {{ "{sys.executable}" -m wargame "$@"; }}; set -o pipefail; '
    return subprocess.run(
        ["bash", "-c", program + line],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15"])
def test_what_an_encoding_lacks_is_escaped(place, encoding):
    shown = shell(place, "wargame show named.yaml", PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "\\uccab\\uac78\\uc74c" in shown.stdout
    told = shell(place, "wargame show --json named.yaml", PYTHONIOENCODING=encoding)
    assert HANGUL in json.dumps(json.loads(told.stdout), ensure_ascii=False)


@pytest.mark.parametrize("file", ["named.yaml", "broken.yaml"])
@pytest.mark.parametrize(
    "end", [">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full", "| true", "2>&1 | true"]
)
def test_closed_and_left_streams_leave_the_exit_code_alone(place, file, end):
    done = shell(place, f"wargame validate {file} {end}")
    assert done.returncode == (0 if file == "named.yaml" else 3)
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_full_disk_as_stdout_is_the_machines_refusal(place):
    done = shell(place, "wargame list > /dev/full")
    assert done.returncode == 4
    assert "the disk is full" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("columns", ["0", "00", ""])
def test_no_width_is_no_width(place, columns):
    done = shell(place, "wargame --help", COLUMNS=columns)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) > 40


def test_a_game_without_a_keyboard_is_kept(place):
    done = shell(place, "wargame play first_steps --as ROK --save a.game --seed 1 <&-")
    assert (done.returncode, (place / "a.game").exists()) == (0, True)


def test_a_name_too_long_for_the_machine_is_told(place):
    done = shell(place, f"wargame verify {'n' * 5000}")
    assert done.returncode == 4
    assert "internal error" not in done.stderr
    assert len(done.stderr) < 600


def test_escape_sequences_do_not_reach_the_terminal(place):
    done = shell(place, r"wargame validate $'\e[31mred'; wargame show $'\e[31mred.yaml'")
    assert "\x1b" not in done.stdout + done.stderr
    assert "?[31mred" in done.stderr
