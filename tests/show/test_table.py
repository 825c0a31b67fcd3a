"""One table in every medium: words for people, plain data and CSV for machines."""

import math

import pytest

from wargame.findings import Column, Estimate, Table, columns, share_of, shares_of
from wargame.show.table import record_of, to_csv, to_data, to_text
from wargame.show.words import put

SHARE = share_of(30, 100)
TABLE = Table(
    "outcomes",
    "Outcomes",
    (
        Column("outcome", "outcome"),
        Column("share", "share", "brief"),
        Column("share", "95%", "interval"),
    ),
    (
        {"outcome": "calm", "rung": 3, "share": SHARE},
        {"outcome": "=war()", "rung": 8, "share": None},
    ),
)


def test_people_see_the_chosen_columns_in_words():
    with pytest.raises(KeyError):  # nothing cannot be put as an interval of something else
        put(SHARE, "no such manner")
    headers, rows = to_text(TABLE)
    assert headers == ("outcome", "share", "95%")
    assert rows == (("calm", "30%", "22 to 40%"), ("=war()", "-", "-"))


def test_a_plain_number_takes_a_format_for_its_manner():
    assert put(0.123456, ".3f") == "0.123"
    assert (put("text", ".3f"), put(None, ".3f")) == ("text", "-")
    assert put(SHARE, "value") == "0.3"


def test_columns_may_be_one_word_for_name_and_header():
    assert columns("id", ("what", "pattern"), ("share", "95%", "interval")) == (
        Column("id", "id"),
        Column("what", "pattern"),
        Column("share", "95%", "interval"),
    )


def test_one_of_many_numbers_keeps_kind_and_base():
    found = shares_of([0, 30], 100)
    assert found.at(1) == SHARE
    assert put(found.at(0)) == "fewer than 3 in 100"


def test_machines_get_every_key():
    first, second = to_data(TABLE)
    assert first == {"outcome": "calm", "rung": 3, "share": record_of(SHARE)}
    assert record_of(SHARE) == {"count": 30, "share": 0.3, "low": SHARE.low, "high": SHARE.high}
    assert second["share"] is None


def test_a_spreadsheet_gets_three_columns_an_estimate_and_no_formula():
    lines = to_csv(TABLE).splitlines()
    assert lines[0] == "outcome,rung,share,share_low,share_high"
    assert lines[1] == f"calm,3,0.3,{SHARE.low:.10g},{SHARE.high:.10g}"
    assert lines[2] == "'=war(),8,,,"
    assert to_csv(Table("none", "None", (), ())) == ""


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Estimate(0.031, 0.0205, 0.0415, 1000, "points"), "+3.10 (+2.05 to +4.15)"),
        (Estimate(0.0, 0.0, 0.0, 1000, "points"), "0 exactly"),
        (Estimate(0.0, -0.01, 0.01, 1000, "points"), "0 (-1.00 to +1.00)"),
        (Estimate(-0.5, -0.75, -0.25, 10, "change"), "-0.500 (-0.750 to -0.250)"),
        (Estimate(0.62, 0.55, 1.2, kind="part"), "62%, 55 to 100%"),
        (Estimate(2.0, 1.0, 3.0), "2 (1 to 3)"),
        (Estimate(0.5, 0.25, 0.75, 4, "share"), "2 of 4"),
        (Estimate(2.0, 1.5, 2.5, 100, "rate"), "2.0 a year (1.5 to 2.5)"),
        (12345, "12,345"),
        (0.25, "0.25"),
        (True, "yes"),
        (None, "-"),
        ("as it is", "as it is"),
    ],
)
def test_a_cell_is_put_as_is_usual_for_its_kind(cell, said):
    assert put(cell) == said


def test_a_count_comes_back_from_its_share_exactly():
    assert all(share_of(k, 9_999_991).count == k for k in (0, 1, 4_999_999, 9_999_990))
    assert math.isnan(Estimate(1.0).low)
