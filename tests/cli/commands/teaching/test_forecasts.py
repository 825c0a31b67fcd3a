"""wargame forecast-sheet and score, as a teacher uses them."""

import csv
import json

import pytest
from PIL import Image

from calls import wargame
from wargame.show.figure import files

OUTCOMES = ["calm", "friction", "clash", "lethal clash", "major strikes", "war"]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a run and a filled-in sheet."""
    cwd = tmp_path_factory.mktemp("class")
    made = wargame("forecast-sheet", "first_steps", "-o", "sheet.csv", "--students", 3, cwd=cwd)
    assert made.returncode == 0, made.stderr
    with (cwd / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1] = ["Kim", "50", "30", "10", "6", "2", "2"]
    rows[2] = ["=Lee", "10", "10", "20", "20", "20", "20"]
    with (cwd / "class.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    ran = wargame("run", "first_steps", "-n", 500, "--no-plots", "--out", "run", cwd=cwd)
    assert ran.returncode == 0, ran.stderr
    return cwd


def test_a_sheet_is_printed(tmp_path):
    done = wargame("forecast-sheet", "first_steps", cwd=tmp_path)
    assert done.returncode == 0
    assert all(name in done.stdout for name in OUTCOMES)
    assert "not a forecast" in done.stdout


def test_a_page_to_print_asks_for_nothing_outside(tmp_path):
    done = wargame("forecast-sheet", "first_steps", "-o", "sheet.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "sheet.html\n")
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert all(f">{name}</th>" in page for name in OUTCOMES)
    assert "http" not in page
    assert "src=" not in page


def test_a_sheet_is_not_replaced_without_force(tmp_path):
    (tmp_path / "sheet.csv").write_text("mine")
    refused = wargame("forecast-sheet", "first_steps", "-o", "sheet.csv", cwd=tmp_path)
    assert refused.returncode == 4
    assert "Add --force" in refused.stderr
    assert (tmp_path / "sheet.csv").read_text() == "mine"
    assert wargame("forecast-sheet", "first_steps", "-o", "s.pdf", cwd=tmp_path).returncode == 2


def test_a_class_is_scored_beside_model_and_base_rate(place):
    done = wargame("score", "class.csv", "--results", "run", cwd=place)
    assert done.returncode == 0, done.stderr
    for text in ("Kim", "=Lee", "mean score of 2 forecasts", "the model's own shares",
                 "the same chance for each outcome", "record", "not a forecast"):  # fmt: skip
        assert text in done.stdout, text


def test_json_is_one_document(place):
    done = wargame("score", "class.csv", "--results", "run", "--json", cwd=place)
    found = json.loads(done.stdout)
    assert [item["name"] for item in found["students"]] == ["Kim", "=Lee"]
    assert found["histories"] == 500
    assert found["model"]["rps"] <= min(item["rps"] for item in found["students"])
    mean = sum(item["brier"] for item in found["students"]) / 2
    assert found["class"]["mean_brier"] == pytest.approx(mean, rel=1e-6)


def test_a_folder_holds_scores_and_figures(place, sharp, monkeypatch):
    monkeypatch.setattr(files, "DPI", sharp)  # the one figure of the tests as users get it
    done = wargame("score", "class.csv", "--results", "run", "-o", "scores", "--json", cwd=place)
    assert done.returncode == 0, done.stderr
    folder = place / "scores"
    assert {path.name for path in folder.iterdir()} == {
        "figures", "manifest.json", "scores.csv", "scores.json",
    }  # fmt: skip
    with Image.open(folder / "figures" / "calibration.png") as picture:
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert min(picture.size) > 900
    assert json.loads(done.stdout) == json.loads((folder / "scores.json").read_text())
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as file:
        names = [row["who"] for row in csv.DictReader(file)]
    assert names[:3] == ["Kim", "'=Lee", "mean score of 2 forecasts"]
    again = wargame("score", "class.csv", "--results", "run", "-o", "scores", cwd=place)
    assert again.returncode == 4
    assert "--force" in again.stderr


def test_what_was_evened_out_or_passed_over_is_noted(place):
    rows = (place / "class.csv").read_text(encoding="utf-8")
    rounded = rows.replace("Kim,50,", "Kim,51,") + "Cem\n"
    (place / "rounded.csv").write_text(rounded, encoding="utf-8")
    done = wargame("score", "rounded.csv", "--results", "run", "--json", cwd=place)
    assert done.returncode == 0, done.stderr
    notes = ["line 2, Kim: sums to 101, scaled to 100", "line 5, Cem: no forecast, passed over"]
    assert done.stderr.splitlines() == [f"note: {note}" for note in notes]
    assert json.loads(done.stdout)["notes"] == notes
    quiet = wargame("score", "rounded.csv", "--results", "run", "--quiet", cwd=place)
    assert quiet.stderr == ""


def test_bad_rows_are_named_by_line_and_nothing_is_written(place):
    bad = (place / "class.csv").read_text(encoding="utf-8") + "Choi,1,2,3,4,5,6\n"
    (place / "bad.csv").write_text(bad, encoding="utf-8")
    done = wargame("score", "bad.csv", "--results", "run", "-o", "none", cwd=place)
    assert done.returncode == 4
    assert "bad.csv:5: the chances of 'Choi' sum to 21, not to 100" in done.stderr
    assert done.stdout == ""
    assert not (place / "none").exists()


def test_one_history_of_the_run(place):
    done = wargame("score", "class.csv", "--results", "run", "--run", 0, cwd=place)
    assert "against history 0 alone" in done.stdout
    missing = wargame("score", "class.csv", "--results", "run", "--run", 500, cwd=place)
    assert missing.returncode == 2
    assert "Use 0..499" in missing.stderr
