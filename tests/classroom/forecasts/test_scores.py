"""Class forecasts: read strictly, scored by hand-checked rules, written safely."""

import csv
import dataclasses
import io
import itertools

import numpy as np
import pytest

import shared
from wargame.classroom.forecasts import figures, sheet, tables
from wargame.classroom.forecasts.calibration import calibrate
from wargame.classroom.forecasts.figures import score_figures
from wargame.classroom.forecasts.roster import Forecast, asked, read_class
from wargame.classroom.forecasts.score_document import score_document
from wargame.classroom.forecasts.scores import score_class
from wargame.errors import RecordError, UsageError
from wargame.scenario import loader
from wargame.show.figure.files import draw_all
from wargame.show.table import to_text

SCENARIO = loader.load("first_steps")
OUTCOMES = ("calm", "friction", "clash", "lethal clash", "major strikes", "war")
HEAD = "student," + ",".join(OUTCOMES)


@pytest.fixture(scope="module")
def results():
    return shared.results("first_steps", 2000, 1, acts_kept=0)


def read_roll(tmp_path, text):
    path = tmp_path / "class.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_class(path, OUTCOMES)


def read(tmp_path, text):
    return read_roll(tmp_path, text).forecasts


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
    ("one", "other"),
    [
        ("Jos\u00e9", "Jose\u0301"),  # composed and decomposed
        ("Jos\u00e9", "JOSE\u0301"),
        ("Kim Min", "Kim\u200b Min"),
        ("Kim Min", "Kim  Min\ufeff"),
        ("\ud64d\uae38", "\u1112\u1169\u11bc\u1100\u1175\u11af"),
        ("Ana", "A\u00adna"),
        ("Ana", "\u202eAna\u202c"),
        ("stra\u00dfe", "STRASSE"),
    ],
)
def test_one_person_in_other_bytes_is_one_person(tmp_path, one, other):
    rows = f"{one},100,0,0,0,0,0\n{other},0,100,0,0,0,0\n"
    assert "class.csv:3: '" in (said := refused(tmp_path, f"{HEAD}\n{rows}"))
    assert "stands in line 2 already" in said
    (only,) = read(tmp_path, f"{HEAD.replace('t', chr(0x200B) + 't', 1)}\n{other},100,0,0,0,0,0\n")
    assert only.student.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "\r\nKim,50,20,10,10,5,5\r\n",
        HEAD.replace(",", ";") + "\nKim;49,5;20,5%;10;10 %;5;5",
        HEAD.replace(",", "\t") + "\nKim\t49.5\t20.5\t10\t10\t5\t5",
        "group,War (,Student,CALM %,Friction,clash,Lethal_Clash,major-strikes,war\n"
        "a,x,Kim,50,20,10,10,5,5\nb,,,,,,,,\n\n,,Lee,,,,,,",
        f'{HEAD}\n"Kim",50.2,20.2,10.2,10,5,5',
        "sep=;\r\n" + HEAD.replace(",", ";") + "\r\nKim;49,5;20,5;10;10;5;5\r\n",
        "\ufeffSEP=,\n" + HEAD + "\nKim,50,20,10,10,5,5",
        "\n\n" + HEAD.replace(",", ";") + "\nKim;50;20;10;10;5;5",
        f"{HEAD},,\nKim,50,20,10,10,5,5,,\nLee,,,,,,,,late",
        f"{HEAD}\nKim,50,20,10,10,5,5,,,",
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
    assert "sum to 145, not to 100; only rounding, 99 to 101, is evened out" in said[0]
    assert "'.5' is no chance of 'calm'" in said[1]
    assert "'ten' is no chance of 'major strikes'" in said[2]
    assert "no chance of 'major strikes'. Write 0" in said[3]
    assert "no name" in said[4]
    assert "'Kim'" not in said[7]
    assert "'kim' stands in line 2 already" in said[7]
    assert "'=10+40' is no chance of 'calm'" in said[8]


def test_what_is_evened_out_or_passed_over_is_said(tmp_path):
    rows = [
        "Ann,33.4,33.3,33.3,0,0,0",
        "Bo,20,20,20,20,11,10",
        "Cem",
        "Di,,,,,,",
        "Eve,99,0,0,0,0,0",
        "Fay,91.0000000001,10,0,0,0,0",
    ]
    roll = read_roll(tmp_path, "\n".join([HEAD, *rows]))
    assert roll.notes == (
        "line 3, Bo: sums to 101, scaled to 100",
        "line 4, Cem: no forecast, passed over",
        "line 5, Di: no forecast, passed over",
        "line 6, Eve: sums to 99, scaled to 100",
        "line 7, Fay: sums to 101, scaled to 100",
    )
    assert [item.student for item in roll.forecasts] == ["Ann", "Bo", "Eve", "Fay"]
    assert roll.forecasts[1].chances.tolist() == pytest.approx(
        [number / 101 for number in (20, 20, 20, 20, 11, 10)]
    )


def test_a_sum_off_by_more_than_rounding_is_refused(tmp_path):
    assert "sum to 101.01, not to 100" in refused(tmp_path, f"{HEAD}\nBo,20,20,20,20,11,10.01")
    assert "sum to 98.9, not to 100" in refused(tmp_path, f"{HEAD}\nBo,98.9,0,0,0,0,0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{HEAD}\nAda,50,5,29,5,10,8,1,1",
            "class.csv:2: 9 cells for 7 columns: decimal commas? Save with semicolons, or write "
            "50.5.",
        ),
        (f"{HEAD}\nAda,50,20,10,10,5,5,7,,", "class.csv:2: 8 cells for 7 columns"),
        (f"{HEAD}\nCem,,,,,,,50", "class.csv:2: 8 cells for 7 columns"),
        (
            f"{HEAD}\nAda,50,20,10,10,5,5\nBo,50,20,10,10,5,5,x".replace(",", ";"),
            "class.csv:3: 8 cells for 7 columns. Keep a cell for each column.",
        ),
    ],
)
def test_cells_beyond_the_columns_are_not_dropped(tmp_path, text, said):
    assert said in refused(tmp_path, text)


def test_a_comma_for_thousands_is_told(tmp_path):
    said = refused(tmp_path, f'{HEAD}\nDi,"1,000",0,0,0,0,0')
    assert "sum to 1, not to 100" in said
    assert "'1,000' is read as 1, its comma as a decimal comma" in said
    assert "0.25" not in said
    assert "'2.000' is read as 2, its point as a decimal point" in refused(
        tmp_path, f"{HEAD}\nDi,2.000,0,0,0,0,0"
    )
    quarters = read(tmp_path, f'{HEAD}\nDi,"12,500","12,500",25,25,25,0')
    assert quarters[0].chances.tolist() == [0.125, 0.125, 0.25, 0.25, 0.25, 0]


def test_the_line_is_that_of_the_file_below_a_sep_line(tmp_path):
    head = HEAD.replace(",", ";")
    assert "class.csv:4: the chances of 'Lee'" in refused(
        tmp_path, f"sep=;\n{head}\nKim;50;20;10;10;5;5\nLee;1;2;3;4;5;6"
    )
    assert "class.csv:2: no column 'student'" in refused(tmp_path, "sep=;\nname;calm\n")


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


def test_a_missing_file_is_told_with_a_remedy(tmp_path):
    with pytest.raises(RecordError, match="cannot be read") as caught:
        read_class(tmp_path / "none.csv", OUTCOMES)
    assert "`wargame forecast-sheet` makes an empty one" in str(caught.value)
    (tmp_path / "class_a.csv").write_text("")
    with pytest.raises(RecordError, match=r"Did you mean 'class_a\.csv'\?"):
        read_class(tmp_path / "clas_a.csv", OUTCOMES)
    with pytest.raises(RecordError, match="Give the filled-in table itself"):
        read_class(tmp_path, OUTCOMES)


def test_an_empty_sheet_filled_in_comes_back(tmp_path):
    rows = list(csv.reader(io.StringIO(sheet.sheet_csv(SCENARIO, 3))))
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
    first = shared.results("first_steps", 400, 1, acts_kept=0)
    (mark,) = score_class([Forecast("Kim", chances)], first).students
    assert mark.brier.value == pytest.approx(np.mean(briers))
    assert mark.rps.value == pytest.approx(np.mean(rpss))
    half = 1.959963984540054 * np.std(rpss) / 20
    rps = mark.rps
    assert (rps.low, rps.high) == pytest.approx((rps.value - half, rps.value + half))


def test_nothing_scores_better_than_the_runs_own_shares(results):
    rng = np.random.default_rng(5)
    others = [Forecast(str(n), rng.dirichlet(np.ones(6))) for n in range(200)]
    scored = score_class(others, results)
    assert all(mark.rps.value > scored.model.rps.value for mark in scored.students)
    assert all(mark.brier.value > scored.model.brier.value for mark in scored.students)
    assert scored.model.gap == 0.0
    same = score_class([Forecast("same", scored.model.chances)], results)
    assert same.students[0].rps == scored.model.rps


def test_the_mean_forecast_scores_no_worse_than_the_mean_score(results):
    scored = score_class(
        [forecast(100, 0, 0, 0, 0, 0), forecast(0, 100, 0, 0, 0, 0, name="Lee")], results
    )
    assert scored.mean.rps.value == pytest.approx(
        np.mean([mark.rps.value for mark in scored.students])
    )
    assert scored.mean.brier.value == pytest.approx(
        np.mean([mark.brier.value for mark in scored.students])
    )
    assert scored.pooled.rps.value < scored.mean.rps.value
    assert scored.pooled.chances.tolist() == [0.5, 0.5, 0, 0, 0, 0]


def test_missing_by_more_costs_more(results):
    """The ranked score knows the order of outcomes; the Brier score does not."""
    calm = int(np.flatnonzero(results.table["peak"] <= 3)[0])
    near, far = score_class(
        [forecast(0, 100, 0, 0, 0, 0), forecast(0, 0, 0, 0, 0, 100, name="Lee")], results, calm
    ).students
    assert (near.rps.value, far.rps.value) == (1.0, 5.0)
    assert near.brier.value == far.brier.value == 2.0


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
    wide = ["\uff1dcmd()", "\uff0b1", "\uff0d1", "\uff20x"]
    names = ["=cmd()", "+1", "-1", "@x", *wide, "'=kept", "Ann, B.", 'quo"te']
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["student", *OUTCOMES])
    writer.writerows([name, 100, 0, 0, 0, 0, 0] for name in names if name != "'=kept")
    forecasts = read(tmp_path, buffer.getvalue())
    text = tables.scores_csv(score_class(forecasts, results))
    cells = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert cells[:4] == ["'=cmd()", "'+1", "'-1", "'@x"]
    assert cells[4:8] == [f"'{name}" for name in wide]
    assert cells[8:10] == ["Ann, B.", 'quo"te']
    numbers = [float(cell) for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row[1:]]
    assert all(np.isfinite(numbers))


@pytest.mark.parametrize("name", ["=cmd()", "\uff1dcmd()", "\uff20x"])
def test_a_guarded_name_is_read_as_it_was_meant(tmp_path, name):
    (found,) = read(tmp_path, f"{HEAD}\n'{name},100,0,0,0,0,0")
    assert found.student == name


def test_the_table_holds_every_line_of_the_screen(results):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5), forecast(90, 10, 0, 0, 0, 0)], results)
    rows = list(csv.DictReader(io.StringIO(tables.scores_csv(scored))))
    shown = tables.score_tables(scored)[1][0].rows
    assert [row["who"] for row in rows[2:]] == [row["who"] for row in shown]
    assert rows[2]["who"] == "mean score of 2 forecasts"
    both = [float(row["rps"]) for row in rows[:2]]
    assert float(rows[2]["rps"]) == pytest.approx(sum(both) / 2)
    briers = [float(row["brier"]) for row in rows[2:]]
    assert briers == pytest.approx([row["brier"].value for row in shown])


def test_tables_say_what_they_hold(results):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results)
    found = {section.name: section for section in tables.score_tables(scored)[1]}
    assert "base rate" not in found["class"].title.splitlines()[0]
    assert "the record has rates for lethal clash and war only" in found["class"].title
    assert found["thresholds"].title.startswith("Class, model, base rate")
    assert "base rate" in to_text(found["thresholds"])[0]
    assert "lowest ranked probability score first" in found["students"].title
    bare = SCENARIO.model_copy(update={"sources": ("article",)})
    plain = score_class(
        [forecast(40, 20, 10, 20, 5, 5)], dataclasses.replace(results, scenario=bare)
    )
    found = {section.name: section for section in tables.score_tables(plain)[1]}
    assert "thresholds" not in found
    assert "nothing in the record is set beside this scenario" in found["class"].title


def test_one_forecast_is_not_called_forecasts(results):
    title, found = tables.score_tables(score_class([forecast(40, 20, 10, 20, 5, 5)], results))
    assert "1 forecast against" in title
    assert found[0].rows[0]["who"] == "score of the 1 forecast"


@pytest.mark.parametrize("form", ["sheet_text", "sheet_html"])
def test_a_sheet_asks_the_question_and_says_what_a_rung_is(form):
    text = " ".join(getattr(sheet, form)(SCENARIO).split())
    assert SCENARIO.summary.strip() in text
    assert "A rung is a step on a ladder of severity" in text
    assert "Calm: 1 verbal hostility, 2 coercion short of force, or threat, 3 display of" in text
    assert "friction: 4 encroachment or warning fire; clash: 5 non-lethal use of force;" in text
    assert "war: 8 war (1,000 dead or more)." in text
    assert "9 nuclear" not in text
    world = SCENARIO.world.model_copy(update={"nuclear": True})
    more = getattr(sheet, form)(SCENARIO.model_copy(update={"world": world}))
    assert "nuclear use: 9 nuclear or CBRN use." in " ".join(more.split())


def test_names_cannot_become_markup_or_commands(tmp_path, results):
    (found,) = read(tmp_path, f"{HEAD}\n\x1b[31mred,100,0,0,0,0,0")
    assert "\x1b" not in found.student
    title = SCENARIO.model_copy(update={"title": "<script>x</script>"})
    page = sheet.sheet_html(title)
    assert "<script>" not in page
    assert "not a forecast" in page


def test_everything_shown_says_what_it_is(results):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results)
    _, found = tables.score_tables(scored)
    assert {section.name for section in found} == {"class", "outcomes", "thresholds", "students"}
    for table in found:
        headers, rows = to_text(table)
        assert all(len(row) == len(headers) for row in rows)
    assert "not a forecast" in found[0].title
    assert "not a forecast" in sheet.sheet_text(SCENARIO)
    document = score_document(scored, ["line 3, Bo: sums to 101, scaled to 100"])
    assert document["note"].endswith("not a forecast")
    assert document["notes"] == ["line 3, Bo: sums to 101, scaled to 100"]


@pytest.mark.parametrize("number", [None, 0])
def test_figures_are_drawn(tmp_path, results, number):
    scored = score_class([forecast(40, 20, 10, 20, 5, 5)], results, number)
    names = {path.name for path in draw_all(score_figures(scored), tmp_path / "figures")}
    assert names == {"calibration.png", "calibration.svg", "expected.png", "expected.svg"}
    text = (tmp_path / "figures" / "calibration.svg").read_text()
    assert "<svg" in text


def test_each_students_dot_can_be_told_from_paper_without_colour(tmp_path, results):
    """One dot alone, in grey: WCAG asks 3 to 1 of a thing that must be seen."""
    from matplotlib.colors import to_rgba

    lone = score_class([forecast(40, 20, 10, 20, 5, 5)], results)
    for draw in (figures._calibration, figures._expected):
        axes = draw(lone).axes[0]
        dots = [line for line in axes.lines if line.get_gid() == "students"]
        assert dots
        for line in dots:
            edge = to_rgba(line.get_markeredgecolor())
            alpha = edge[3] if line.get_alpha() is None else line.get_alpha()
            shade = [(1 - alpha) + alpha * channel for channel in edge[:3]]
            linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shade]
            light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
            assert 1.05 / (light + 0.05) > 3
            assert line.get_markeredgewidth() > 0
