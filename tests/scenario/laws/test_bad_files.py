"""Every bad file gives exactly the messages written beside it, whichever parser reads it."""

from pathlib import Path

import pytest
import yaml

from wargame.scenario.text import reader
from wargame.scenario.validation import check

FOLDER = Path(__file__).resolve().with_name("bad_files")
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))
WORDED_BY_THE_PARSER = {"010_surrogate_escape.yaml", "012_unknown_escape.yaml"}


def _messages(name: str) -> str:
    scenario, problems = check(name)
    assert scenario is None
    return "".join(f"{problem}\n" for problem in problems)


def test_there_are_at_least_sixty():
    assert len(FILES) >= 60
    assert {path.stem for path in FOLDER.glob("*.txt")} == {Path(name).stem for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_messages(name, monkeypatch):
    monkeypatch.chdir(FOLDER)
    assert _messages(name) == Path(name).with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FILES if name not in WORDED_BY_THE_PARSER])
def test_messages_of_the_parser_in_python(name, monkeypatch):
    monkeypatch.chdir(FOLDER)
    monkeypatch.setattr(reader, "_PARSER", yaml.Loader)
    assert _messages(name) == Path(name).with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_message_speaks_of_the_libraries(name, monkeypatch):
    monkeypatch.chdir(FOLDER)
    said = _messages(name)
    for word in ("pydantic", "http", "Traceback", "Input should", "type=", "token", "libyaml"):
        assert word not in said
