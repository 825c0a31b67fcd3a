"""Every command in an interpreter of its own: it answers, and ends well."""

from __future__ import annotations

import pytest
from typer.main import get_command

from calls import interpreter, wargame
from wargame.cli.app import app

CALLS = """\
audit first_steps -n 100 --reach 1500
calibrate --draws 300 --patterns P1,P2 --set turns=60 --jobs 1 --no-plots --out fit
compare first_steps --theory spiral -n 20 --no-plots
doctor
expand first_steps
forecast-sheet first_steps
hindcast --runs 20 --set turns=120 --jobs 1
ledger r --run 0 --no-plots
lesson first_steps -n 100
list
new mine.yaml
odds r --run 0 --turn 3 -n 20
play first_steps --as ROK --turns 1 --orders orders.txt --save a.game
plot r
replay r --run 0 --why
report r
run first_steps -n 40
schema
score class.csv --results r
sensitivity first_steps --only actors.PRK --trajectories 2 --keep 1 --base 16 -n 10 --no-plots
show first_steps
sweep first_steps --over actors.PRK.tempo=0.1,0.2 -n 20 --no-plots
theories
validate first_steps
verify r --sample 3
whatif r --run 0 --turn 5 --actor PRK --action hold -n 20
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a run, a class's forecasts and a file of orders."""
    place = tmp_path_factory.mktemp("smoke")
    made = wargame("run", "first_steps", "-n", 20, "--no-plots", "--out", "r", cwd=place)
    assert made.returncode == 0, made.stderr
    (place / "orders.txt").write_text("hold\n")
    head = "student,calm,friction,clash,lethal clash,major strikes,war"
    (place / "class.csv").write_text(f"{head}\nKim,50,30,10,6,2,2\n")
    return place


def test_every_command_is_called():
    assert [call.split()[0] for call in CALLS.splitlines()] == sorted(get_command(app).commands)


@pytest.mark.parametrize("call", CALLS.splitlines(), ids=lambda call: call.split()[0])
def test_a_command_answers(call, place):
    done = interpreter(*call.split(), cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
