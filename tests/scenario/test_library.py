"""What ships is found by name, and a name that is off gets a helpful answer."""

from pathlib import Path

import pytest

from wargame.errors import RecordError, UnknownName, UsageError
from wargame.scenario import library
from wargame.scenario.library import folders
from wargame.scenario.library.seeds import seed_entries
from wargame.scenario.text.decoding import LARGEST


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """A seeds folder of our own."""
    monkeypatch.setattr(folders, "_PACKAGE", tmp_path / "package")
    monkeypatch.setattr(folders, "_CHECKOUT", tmp_path)
    seed_entries.cache_clear()
    (tmp_path / "seeds" / "tables").mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    yield tmp_path
    seed_entries.cache_clear()


def test_a_shipped_scenario_is_found_with_and_without_ending(seeds, monkeypatch):
    monkeypatch.chdir(seeds / "seeds")
    path = seeds / "scenarios" / "harbour.yaml"
    path.write_text("a: 1", encoding="utf-8")
    assert library.scenario_names() == ("harbour",)
    assert library.find_scenario("harbour") == path
    assert library.find_scenario("harbour.yaml") == path


def test_the_installed_package_comes_before_the_checkout(seeds):
    for folder in (seeds / "scenarios", seeds / "package" / "scenarios"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "harbour.yaml").write_text("a: 1", encoding="utf-8")
    assert library.find_scenario("harbour").parent.parent.name == "package"


def test_a_file_comes_before_a_shipped_name(seeds, monkeypatch):
    monkeypatch.chdir(seeds / "seeds")
    (seeds / "scenarios" / "harbour.yaml").write_text("a: 1", encoding="utf-8")
    Path("harbour.yaml").write_text("b: 1", encoding="utf-8")
    assert library.find_scenario("harbour.yaml") == Path("harbour.yaml")
    Path("harbour").mkdir()  # a folder of that name is no scenario
    assert library.find_scenario("harbour").parent == seeds / "scenarios"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("harbor", "unknown scenario 'harbor'; one of: harbour. Did you mean 'harbour'?"),
        ("harbor.yaml", "there is no file 'harbor.yaml'. Did you mean 'harbour'?"),
        (
            "files/harbour.yaml",
            "there is no file 'files/harbour.yaml'. A scenario of that name is shipped: "
            "write harbour.",
        ),
        ("files/x.yaml", "there is no file 'files/x.yaml'. Shipped scenarios: harbour."),
        ("tables", "'tables' is a folder. Name a scenario file inside it."),
        ("x" * 5000, "cannot be a file name"),
    ],
)
def test_names_that_are_off(seeds, monkeypatch, name, said):
    monkeypatch.chdir(seeds / "seeds")
    (seeds / "scenarios" / "harbour.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        library.find_scenario(name)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_facts_and_cites(seeds):
    (seeds / "seeds" / "article.yaml").write_text(
        "facts:\n  - {id: F01, claim: Tanks drilled., contested: true,\n"
        "     licenses: [{kind: action, what: a drill}]}\n  - {id: F02, claim: Plain.}\n",
        encoding="utf-8",
    )
    (seeds / "seeds" / "record.yaml").write_text(
        "entries: [{id: rate, what: Incidents a year, value: 10.3, low: 8.9, high: 11.8,"
        " unit: per year},"
        " {id: bare, what: A count, value: 3}]",
        encoding="utf-8",
    )
    (seeds / "seeds" / "literature.yaml").write_text(
        "references: [{id: jervis, reference: Jervis 1976., says: It matters.}]", encoding="utf-8"
    )
    (seeds / "seeds" / "tables" / "days.csv").write_text(
        '\ufeffday,what\n1,"a, b"\n', encoding="utf-8"
    )
    fact = library.facts()["F01"]
    assert (fact.claim, fact.contested) == ("Tanks drilled.", True)
    assert fact.licenses == (library.License("action", "a drill"),)
    assert library.facts()["F02"].licenses == ()
    assert {source: library.keys_of(source) for source in library.SOURCES} == {
        "article": {"F01", "F02"},
        "record": {"rate", "bare"},
        "literature": {"jervis"},
        "tables": {"days"},
    }
    assert library.describe_cite("article.F01") == "Tanks drilled. (contested)"
    assert library.describe_cite("record.rate") == "Incidents a year: 10.3 [8.9, 11.8] per year"
    assert library.describe_cite("record.bare") == "A count: 3"
    assert library.describe_cite("literature.jervis") == "Jervis 1976. It matters."
    assert library.describe_cite("tables.days") == "table days of the record"
    assert library.table("days") == [{"day": "1", "what": "a, b"}]
    with pytest.raises(UnknownName, match="Did you mean 'rate'"):
        library.describe_cite("record.rat")
    with pytest.raises(UnknownName, match="unknown source"):
        library.describe_cite("F01")
    with pytest.raises(UnknownName, match="Did you mean 'days'"):
        library.table("day")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is missing"),
        ("a: [", "is not closed"),
        ("facts: 3", "no ids"),
        ("facts: [{}]", "ids"),
    ],
)
def test_missing_or_damaged_seeds(seeds, text, said):
    if text is not None:
        (seeds / "seeds" / "article.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=said):
        library.facts()


def test_what_really_ships_can_all_be_cited():
    for source in library.SOURCES:
        assert library.keys_of(source), source
        for key in library.keys_of(source):
            assert len(library.describe_cite(f"{source}.{key}")) > 5
    for name in library.keys_of("tables"):
        assert library.table(name), name


def test_a_file_is_read_no_further_than_the_largest_size(tmp_path):
    path = tmp_path / "large"
    path.write_bytes(b"x" * (LARGEST + 1000))
    assert len(library.read_bytes(path)) == LARGEST + 1


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        library.read_bytes(tmp_path)
