"""Sheets written as Markdown templates: every block, values that stay words, errors by place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.errors import UsageError
from wargame.show.sheets.blocks import Box, Break, Figure, Heading, Items, Lines, Pair, Table, Text
from wargame.show.sheets.markdown import read_sheet
from wargame.show.sheets.sheet import words_of

HEAD = "---\ntitle: {{ title }}\nreader: all\ncopies: 1\n---\n\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    def read(text, **values):
        folder = tmp_path_factory.mktemp("texts")
        (folder / "x.md.j2").write_text(HEAD + text, encoding="utf-8")
        return read_sheet("x.md.j2", folder, "x", **({"title": "T"} | values))

    return read


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("## A heading", Heading("A heading")),
        ("One line\nand another.", Text("One line and another.")),
        ("**Lead.** Words.", Text("Words.", "Lead.")),
        ("**Only this:**", Text("", "Only this:")),
        ("<small>Little\nwords.</small>", Text("Little words.", small=True)),
        ("- one\n  and more\n- **Two.** words", Items((("", "one and more"), ("Two.", "words")))),
        ("1. one\n\n2. two", Items((("", "one"), ("", "two")), ordered=True)),
        ("| a | b |\n|---|---|\n| 1 | |", Table(("a", "b"), (("1", ""),))),
        ("| a |\n|---|\n| 1 |\n{widths: 2.5; tall: 0.6}", Table(("a",), (("1",),), (2.5,), 0.6)),
        ("| |\n|---|\n{tall: 1}", Table(("",), (), (), 1.0)),
        ("____\n____", Lines(2)),
        ("---", Break()),
        ("![it shows](outcomes)", Figure("outcomes", "it shows")),
        ("::: cut\n### Title\n\nWords.\n:::", Box("Title", (Text("Words."),), "cut")),
        ("::: left\nA\n::: right\nB\n:::", Pair((Text("A"),), (Text("B"),))),
    ],
)
def test_every_block(read, text, block):
    assert read(text).blocks == (block,)


def test_the_head_names_the_sheet(read):
    sheet = read("Words.", title="A: title")
    assert (sheet.name, sheet.title, sheet.reader, sheet.copies) == ("x", "A: title", "all", "1")
    assert sheet.style == "page"


EVERYWHERE = """
## {{ a }}

{{ a }}

**{{ a }}** {{ a }}

- {{ a }}

| {{ a }} |
|---|
| {{ a }} |

{% macro told() %}
1. {{ a }}
{% endmacro %}
{{ told() }}

::: plain
### {{ a }}

{{ a }}
:::
"""


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        st.sampled_from(
            ["## x", "**x** y", "a | b", "- x", "\n:::\n", "---", "{{ a }}", "<b>&</b>", "____",
             "\ue0000\ue001", "{tall: 9}", "![x](y)", " x ", "1. x\n\n"]
        ),
    )
)  # fmt: skip
def test_a_value_is_only_ever_words(read, value):
    sheet = read(EVERYWHERE, a=value, title=value)
    assert sheet.title == value
    kinds = [block.kind for block in sheet.blocks]
    assert kinds == ["heading", "text", "text", "items", "table", "items", "box"]
    assert [text for text in words_of(sheet.blocks) if text] == [value] * 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("::: cut\n### Title\n", "':::' should stand where 'the end' stands"),
        ("::: left\nA\n:::", "'::: right' should stand where ':::' stands"),
        ("A\n:::\n", "':::' closes nothing"),
        ("::: cuts\n### Title\n:::", "word of a sheet 'cuts'; one of: cut, .* Did you mean 'cut'"),
        ("| a | b |\n|---|---|\n| 1 |", "has 1 cells, the table 2"),
        ("{widths: 1 2}", r"'\{widths: 1 2\}' is no line of a sheet"),
        ("### Lost", "'### Lost' is no line of a sheet"),
        ("| a |\n|---|\n{wide: 1}", "word of a sheet 'wide'; one of: tall, widths"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{% if %}", "line 7 cannot be read"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_by_file(read, text, said):
    with pytest.raises(UsageError, match=said) as caught:
        read(text)
    assert "x.md.j2" in str(caught.value)
