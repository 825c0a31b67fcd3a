"""Class forecasts: read strictly, scored by hand-checked rules, written safely."""

import csv
import io
import itertools

import numpy as np
import pytest

from wargame.classroom import forecast_tables
from wargame.classroom.forecast_plots import draw_scores
from wargame.classroom.forecasts import calibrate, score_class
from wargame.classroom.roll import Forecast, asked, read_class
from wargame.engine import ensemble
from wargame.errors import RecordError, UsageError
from wargame.scenario import loader

SCENARIO = loader.load("first_steps")
OUTCOMES = ("calm", "friction", "clash", "lethal clash", "major strikes", "war")
HEAD = "student," + ",".join(OUTCOMES)


@pytest.fixture(scope="module")
def results():
    return ensemble.run(SCENARIO, 2000, 1, acts_kept=0)


def read(tmp_path, text):
    path = tmp_path / "class.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_class(path, OUTCOMES)


def refused(tmp_path, text):
    with pytest.raises(RecordError) as caught:
        read(tmp_path, text)
    return str(caught.value).replace(str(tmp_path) + "/", "")


# --- reading ---------------------------------------------------------------------------


def test_a_class_is_read(tmp_path):
    kim, lee = read(tmp_path, f"{HEAD}\nKim,50,20,10,10,5,5\nLee,100,0,0,0,0,0\n")
    assert (kim.student, kim.line) == ("Kim", 2)
    assert kim.chances.tolist() == pytest.approx([0.5, 0.2, 0.1, 0.1, 0.05, 0.05])
    assert lee.chances.tolist() == [1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "\r\nKim,50,20,10,10,5,5\r\n",
        HEAD.replace(",", ";") + "\nKim;49,5;20,5%;10;10 %;5;5",
        HEAD.replace(",", "\t") + "\nKim\t49.5\t20.5\t10\t10\t5\t5",
        "group,War (,Student,CALM %,Friction,clash,Lethal_Clash,major-strikes,war\n"
        "a,x,Kim,50,20,10,10,5,5\nb,,,,,,,,\n\n,,Lee,,,,,,",
        f'{HEAD}\n"Kim",50.2,20.2,10.2,10,5,5',
    ],
)
def test_spreadsheets_differ(tmp_path, text):
    (kim,) = read(tmp_path, text)
    assert kim.student == "Kim"
    assert kim.chances.sum() == pytest.approx(1)
    assert kim.chances[0] == pytest.approx(0.5, abs=0.006)


def test_all_bad_rows_are_named_by_line_at_once(tmp_path):
    rows = [
        "Kim,50,20,10,10,5,5",
        "Lee,50,20,10,10,5,50",
        "Choi,.5,.2,.1,.1,.05,.05",
        "Park,50,20,10,10,ten,0",
        "Yoon,50,20,10,20,,",
        ",50,20,10,10,5,5",
        '"two\nlines",50,20,10,10,5',
        "Jang,-5,105,0,0,0,0",
        "kim,50,20,10,10,5,5",
        "Han,=10+40,20,10,10,5,5",
        "Oh,999,0,0,0,0,0",
        "Im,nan,20,10,10,5,5",
    ]
    said = refused(tmp_path, "\n".join([HEAD, *rows])).splitlines()
    assert [line.split(": ")[0] for line in said] == [
        f"class.csv:{number}" for number in (3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14)
    ]
    assert "sum to 145, not to 100" in said[0]
    assert "'.5' is no chance of 'calm'" in said[1]
    assert "'ten' is no chance of 'major strikes'" in said[2]
    assert "no chance of 'major strikes'. Write 0" in said[3]
    assert "no name" in said[4]
    assert "'Kim'" not in said[7]
    assert "'kim' stands in line 2 already" in said[7]
    assert "'=10+40' is no chance of 'calm'" in said[8]


def test_shares_in_place_of_percent_are_recognised(tmp_path):
    said = refused(tmp_path, f"{HEAD}\nKim,0.5,0.2,0.1,0.1,0.05,0.05")
    assert "Write percent: 25, not 0.25" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "class.csv:1: no column 'student'"),
        (HEAD + "\n,,,,,,\n", "holds no forecast"),
        (HEAD.replace("friction", "frictoin") + "\n", "no column 'friction'. Is it 'frictoin'?"),
        (HEAD + ",war\n", "the column 'war' is there twice"),
        (f'{HEAD}\nKim,"50,20', "class.csv:2: is not a row of CSV"),
        (HEAD.encode("utf-16"), "is not UTF-8 text"),
        ("이름".encode("cp949"), "is not UTF-8 text"),
        (b"PK\x03\x04\x00\x00", "is not a table of text"),
    ],
)
def test_a_file_that_is_no_class_is_told(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(RecordError, match="cannot be read"):
        read_class(tmp_path / "none.csv", OUTCOMES)


def test_an_empty_sheet_filled_in_comes_back(tmp_path):
    rows = list(csv.reader(io.StringIO(forecast_tables.sheet_csv(SCENARIO, 3))))
    assert rows[0] == ["student", *OUTCOMES]
    assert rows[1:] == [[""] * 7] * 3
    rows[2] = ["Kim", "100", "0", "0", "0", "0", "0"]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    assert [item.student for item in read(tmp_path, buffer.getvalue())] == ["Kim"]


def test_a_nuclear_scenario_asks_one_more():
    assert asked(SCENARIO) == OUTCOMES
    world = SCENARIO.world.model_copy(update={"nuclear": True})
    assert asked(SCENARIO.model_copy(update={"world": world}))[-1] == "nuclear use"


# --- scoring ---------------------------------------------------------------------------


def forecast(*percents, name="Kim"):
    return Forecast(name, np.array(percents) / 100)


def test_scores_equal_the_rules_applied_history_by_history(results):
    chances = np.array([0.5, 0.2, 0.1, 0.1, 0.05, 0.05])
    peaks = results.table["peak"][:400]
    classes = np.searchsorted([3, 4, 5, 6, 7, 8], peaks)
    briers, rpss = [], []
    for came in classes.tolist():
        truth = [1.0 if place == came else 0.0 for place in range(6)]
        briers.append(sum((c - t) ** 2 for c, t in zip(chances, truth, strict=True)))
        pairs = zip(itertools.accumulate(chances), itertools.accumulate(truth), strict=True)
        rpss.append(sum((c - t) ** 2 for c, t in pairs))
    first = ensemble.run(SCENARIO, 400, 1, acts_kept=0)
    (mark,) = score_class([Forecast("Kim", chances)], first).students
    assert mark.brier == pytest.approx(np.mean(briers))
    assert mark.rps == pytest.approx(np.mean(rpss))
    half = 1.959963984540054 * np.std(rpss) / 20
    assert (mark.rps_low, mark.rps_high) == pytest.approx((mark.rps - half, mark.rps + half))


def test_nothing_scores_better_than_the_runs_own_shares(results):
    rng = np.random.default_rng(5)
    others = [Forecast(str(n), rng.dirichlet(np.ones(6))) for n in range(200)]
    scored = score_class(others, results)
    assert all(mark.rps > scored.model.rps for mark in scored.students)
    assert all(mark.brier > scored.model.brier for mark in scored.students)
    assert scored.model.gap == 0.0
    same = score_class([Forecast("same", scored.model.chances)], results)
    assert same.students[0].rps == scored.model.rps


def test_the_mean_forecast_scores_no_worse_than_the_mean_score(results):
    scored = score_class(
        [forecast(100, 0, 0, 0, 0, 0), forecast(0, 100, 0, 0, 0, 0, name="Lee")], results
    )
    assert scored.mean.rps == pytest.approx(np.mean([mark.rps for mark in scored.students]))
    assert scored.mean.brier == pytest.approx(np.mean([mark.brier for mark in scored.students]))
    assert scored.pooled.rps < scored.mean.rps
    assert scored.pooled.chances.tolist() == [0.5, 0.5, 0, 0, 0, 0]


def test_missing_by_more_costs_more(results):
    """The ranked score knows the order of outcomes; the Brier score does not."""
    calm = int(np.flatnonzero(results.table["peak"] <= 3)[0])
    near, far = score_class(
        [forecast(0, 100, 0, 0, 0, 0), forecast(0, 0, 0, 0, 0, 100, name="Lee")], results, calm
    ).students
    assert (near.rps, far.rps) == (1.0, 5.0)
    assert near.brier == far.brier == 2.0


def test_one_history_may_be_what_came_to_pass(results):
    worst = int(results.table["peak"].argmax())
    scored = score_class([forecast(0, 0, 0, 0, 0, 100)], results, worst)
    assert scored.shares.sum() == scored.shares.max() == 1.0
    with pytest.raises(UsageError, match="no history 2000"):
        score_class([forecast(100, 0, 0, 0, 0, 0)], results, 2000)


def test_the_record_is_set_beside_the_class(results):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results)
    lethal, war = scored.thresholds
    assert (lethal.outcome, war.outcome) == ("lethal clash", "war")
    assert lethal.chances["class"] == pytest.approx(0.3)
    assert lethal.chances["uniform"] == pytest.approx(0.5)
    assert lethal.record[0] < lethal.chances["record"] < lethal.record[1]
    came = lethal.happened
    assert came == pytest.approx(float((results.table["peak"] >= 6).mean()))
    assert lethal.scores["class"] == pytest.approx(came * 0.7**2 + (1 - came) * 0.3**2)
    assert lethal.scores["model"] == pytest.approx(came * (1 - came))


def test_calibration_holds_what_was_said_against_what_came(results):
    shares = score_class([forecast(100, 0, 0, 0, 0, 0)], results).shares
    exact = score_class([Forecast("Kim", shares)], results)
    assert all(item.stated == pytest.approx(item.came) for item in calibrate(exact))
    tenths = calibrate(score_class([forecast(40, 20, 10, 20, 6, 4)], results))
    assert [item.number for item in tenths] == [1, 2, 2, 1]
    assert [item.stated for item in tenths] == pytest.approx([0.04, 0.08, 0.2, 0.4])
    sure = calibrate(score_class([forecast(0, 0, 0, 0, 0, 100)], results))
    assert [(item.number, item.stated) for item in sure] == [(5, 0.0), (1, 1.0)]
    assert sure[1].came == pytest.approx(shares[5])
    assert sure[0].came == pytest.approx((1 - shares[5]) / 5)


# --- writing ---------------------------------------------------------------------------


def test_names_cannot_become_formulas(tmp_path, results):
    names = ["=cmd()", "+1", "-1", "@x", "'=kept", "Ann, B.", 'quo"te']
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["student", *OUTCOMES])
    writer.writerows([name, 100, 0, 0, 0, 0, 0] for name in names if name != "'=kept")
    forecasts = read(tmp_path, buffer.getvalue())
    text = forecast_tables.scores_csv(score_class(forecasts, results))
    cells = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert cells[:4] == ["'=cmd()", "'+1", "'-1", "'@x"]
    assert cells[4:6] == ["Ann, B.", 'quo"te']
    numbers = [float(cell) for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row[1:]]
    assert all(np.isfinite(numbers))


def test_a_guarded_name_is_read_as_it_was_meant(tmp_path):
    (found,) = read(tmp_path, f"{HEAD}\n'=cmd(),100,0,0,0,0,0")
    assert found.student == "=cmd()"


def test_names_cannot_become_markup_or_commands(tmp_path, results):
    (found,) = read(tmp_path, f"{HEAD}\n\x1b[31mred,100,0,0,0,0,0")
    assert "\x1b" not in found.student
    title = SCENARIO.model_copy(update={"title": "<script>x</script>"})
    page = forecast_tables.sheet_html(title)
    assert "<script>" not in page
    assert "not a forecast" in page


def test_everything_shown_says_what_it_is(results):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results)
    _, found = forecast_tables.sections(scored)
    assert {section.key for section in found} == {"class", "outcomes", "thresholds", "students"}
    assert all(len(row) == len(section.headers) for section in found for row in section.rows)
    assert "not a forecast" in found[0].title
    assert "not a forecast" in forecast_tables.sheet_text(SCENARIO)
    assert forecast_tables.document(scored)["note"].endswith("not a forecast")


@pytest.mark.parametrize("number", [None, 0])
def test_figures_are_drawn(tmp_path, results, number):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results, number)
    names = {path.name for path in draw_scores(scored, tmp_path / "figures")}
    assert names == {"calibration.png", "calibration.svg", "expected.png", "expected.svg"}
    text = (tmp_path / "figures" / "calibration.svg").read_text()
    assert "<svg" in text
