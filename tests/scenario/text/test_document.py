"""Reading YAML text: what scalars mean, where things stand, what is refused."""

import pytest
import yaml
from yaml.scanner import ScannerError

from wargame.errors import ScenarioError
from wargame.scenario.text import constructor, decoding, reader
from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Place, spell
from wargame.scenario.text.reader import read_document, read_value
from wargame.scenario.text.scalars import resolve_scalar, shorten
from wargame.scenario.text.syntax import DEEPEST, TOO_DEEP, explain_syntax


@pytest.fixture(params=["fast", "python"], autouse=True)
def parser(request, monkeypatch):
    if request.param == "python":
        monkeypatch.setattr(reader, "_PARSER", yaml.Loader)


def _problems(text) -> list[str]:
    try:
        return [str(problem) for problem in read_document(text, "f").problems]
    except ScenarioError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2024-03-25", "2024-03-25"),
        ("1_000", "1_000"),
        ("1e-3", 0.001),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-0.5", -0.5),
        ("+7", 7),
        ("0", 0),
        ("0o10", 8),
        ("0x1F", 31),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("null", None),
        ("", None),
        ("-", "-"),
        (".", "."),
        ("1.2.3", "1.2.3"),
        ("9" * 18, int("9" * 18)),
        ("'010'", "010"),
        ('"1"', "1"),
        ("[a, 1]", ["a", 1]),
        ("{a: 1}", {"a": 1}),
    ],
)
def test_values(text, meaning):
    if text in {"-", ""}:  # not a value of its own in YAML text
        assert resolve_scalar(text) == meaning
        return
    value = read_value(text, "value")
    assert value == meaning
    assert type(value) is type(meaning)


@pytest.mark.parametrize(
    "text", ["010", "-07", "00", ".nan", ".inf", "-.INF", "1e400", "9" * 19, "0x" + "f" * 20]
)
def test_numbers_refused(text):
    with pytest.raises(ValueError, match=r"Write"):
        resolve_scalar(text)
    with pytest.raises(ScenarioError, match=r"Write"):
        read_value(text, "value")


def test_leading_zero_names_both_readings():
    with pytest.raises(ValueError, match=r"Write 10 or '010'\."):
        resolve_scalar("010")
    with pytest.raises(ValueError, match=r"Write -7 or '-07'\."):
        resolve_scalar("-07")


def test_places_of_keys_and_values():
    text = "a: 1\nb:\n  - x: 가 나\n    y: [1,\n        22]\n  -\n"
    document = read_document(text.encode(), "f")
    assert document.data == {"a": 1, "b": [{"x": "가 나", "y": [1, 22]}, None]}
    assert document.keys[("b", 0, "y")] == Place(4, 5)
    assert document.values[("b", 0, "y")] == Place(4, 8)
    assert document.values[("b", 0, "y", 1)] == Place(5, 9)
    assert document.place(("b", 0, "missing")) == document.values[("b", 0)]
    assert document.place(("a",), of_key=True) == Place(1, 1)
    assert Document("f").place(("a", "b")) == Place(1, 1)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing():
    plain = read_document(b"a: 1\nb: 2\n", "f")
    odd = read_document(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f")
    assert (odd.data, odd.keys, odd.values) == (plain.data, plain.keys, plain.values)
    assert read_document("\ufeffa: 1", "f").data == {"a": 1}


def test_paths_are_spelled_for_people():
    assert spell(("actors", "PRK", "actions", 3, "rung")) == "actors.PRK.actions[3].rung"
    assert spell(()) == ""
    assert len(spell(("x" * 5000,))) <= 200
    assert shorten("a\n b" + "c" * 100, 10) == "a bcccc..."


def test_everything_refused_is_named_at_once():
    text = "a: &x 1\nb: *x\nc: !t 2\na: 3\nd: 010\n<<: {}\n1: 2\n? [k]\n: 3\n"
    said = _problems(text)
    assert [line.split(":")[1] for line in said] == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_what_is_under_a_refused_key_does_not_taint_its_neighbours():
    document = read_document("a: 1\na: {b: 010}\nc: 2\n", "f")
    assert document.data == {"a": 1, "c": 2}
    assert len(document.problems) == 2
    assert not document.is_tainted(("c",))


def test_tainted_covers_what_is_below():
    document = read_document("a: &x {b: 1}\nc: 1\n", "f")
    assert document.is_tainted(("a", "b"))
    assert not document.is_tainted(("c",))


@pytest.mark.parametrize("unit", ["[", "{", "- ", "? ", "{a: ", "[[], "])
def test_deep_nesting_is_refused_without_recursion(unit):
    assert "more than 32 deep" in _problems(unit * 20_000)[-1]


@pytest.mark.parametrize("level", ["flow", "block"])
def test_the_parsers_own_guard_says_the_same(level):
    """Some releases of libyaml refuse deep nesting before our own guard can."""
    mark = yaml.Mark("f", 0, 0, 1000, None, None)
    error = ScannerError(
        f"while increasing {level} level", mark, "exceeded maximum nesting depth", mark
    )
    assert explain_syntax(error, "[" * 2000) == (1, 1001, TOO_DEEP)


def test_deepest_allowed():
    levels = DEEPEST - 1  # the top mapping is one
    assert read_document("a: " + "[" * levels + "]" * levels, "f").problems == []
    assert "deep" in _problems("a: " + "[" * (levels + 1) + "]" * (levels + 1))[-1]


def test_size_is_bounded_before_parsing(monkeypatch):
    monkeypatch.setattr(reader.yaml, "parse", lambda *_, **__: pytest.fail("was parsed"))
    said = _problems(b"a: " + b"x" * decoding.LARGEST)
    assert said == ["f:1:1: the file is larger than 1,048,576 bytes. Shorten it."]


def test_nodes_are_bounded():
    most = constructor.MOST_NODES - 3  # the top mapping, the key, the list
    assert len(read_document("a: [" + "1," * most + "]", "f").data["a"]) == most
    assert "more than 100,000 keys and values" in _problems("a: [" + "1," * (most + 1) + "]")[-1]


def test_problems_are_bounded():
    said = _problems("a: 1\n" * 10_000)
    assert len(said) == constructor.MOST_PROBLEMS + 1
    assert "Mend these first" in said[-1]


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("a: 서해".encode("cp949"), "not UTF-8"),
        ("a: é".encode("latin-1"), "f:1:4: the byte 0xe9 is not UTF-8"),
        ("a: 1".encode("utf-16"), "UTF-16"),
        ("a: 1".encode("utf-16-le"), "UTF-16"),
        ("a: 1".encode("utf-16-be"), "UTF-16"),
        ("a: 1".encode("utf-32"), "UTF-32"),
        ("a: 1".encode("utf-32-le"), "UTF-32"),
        ("a: 1".encode("utf-32-be"), "UTF-32"),
        (b"abcd: \x00", "U+0000"),
        ("a: \ud800", "U+D800"),
        ("a: \x9b31m", "U+009B"),
        ("\n\nab: \x1b[31m", "f:3:5:"),
        ("a: x\u200b\ufeff", "U+FEFF"),
        ("", "empty"),
        ("---\n", "empty"),
        ("3", "a single value"),
    ],
)
def test_text_that_cannot_be_used(raw, part):
    (said,) = _problems(raw)
    assert part in said


def test_a_value_given_on_the_call_is_named_by_its_setting():
    with pytest.raises(ScenarioError, match=r"^--set a=010:1:1: 010 starts with a zero"):
        read_value("010", "--set a=010")
