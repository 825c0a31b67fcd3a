"""Files that a page shows, and the commands on them: each command does what the page says."""

from __future__ import annotations

import re

import pytest

from docs.pages import ROOT, blocks_of, name_of, pages
from docs.test_code_blocks import run

FILE = re.compile(r"<!-- file: (\S+) -->\n```text\n(.*?)^```$", re.M | re.S)
FILES = {
    name_of(page): found
    for page in pages()
    if (found := dict(FILE.findall(page.read_text(encoding="utf-8"))))
}


def commands_naming(page, files):
    for block in blocks_of(page):
        if block.language == "console":
            for line in block.code.splitlines():
                if line.startswith("$ wargame") and any(name in line for name in files):
                    yield line.removeprefix("$ ")


def test_the_marker_is_found():
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages())
    assert text.count("\n<!-- file: ") == sum(map(len, FILES.values())) > 0


@pytest.mark.parametrize("name", FILES)
def test_commands_on_files_shown_run(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for block in blocks_of(ROOT / name):
        if block.language == "bash":
            for line in block.code.splitlines():
                assert run(line, monkeypatch) == 0
    for file, text in FILES[name].items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    commands = list(commands_naming(ROOT / name, FILES[name]))
    assert commands
    for line in commands:
        assert run(line, monkeypatch) == 0, f"{name}: {line}\n{capsys.readouterr()}"
