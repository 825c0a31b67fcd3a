"""The code blocks of README and docs run, by the convention of the page on documentation.

Commands play a part of the histories that the page asks for, all of them where WARGAME_DOCS_SCALE
is 1. What the build of the pages has run already (their cells) is not run again after one.
"""

from __future__ import annotations

import os
import re
import shlex
import sys

import pytest
import yaml

from docs.pages import BUILT, ROOT, blocks_of, name_of, pages
from wargame.cli import app
from wargame.scenario import library

LANGUAGES = {"python", "bash", "sh", "console", "text", "yaml"}
DIRECTIVES = {"toctree", "include", "literalinclude", "eval-rst"}
NEEDS = re.compile(r"<!-- needs: (\w+) -->")
PAGES = {name_of(page): blocks_of(page) for page in pages()}
SCALE = float(os.environ.get("WARGAME_DOCS_SCALE", "0.05"))


def having(language):
    return [name for name, blocks in PAGES.items() if any(b.language == language for b in blocks)]


@pytest.mark.parametrize("name", PAGES)
def test_every_block_says_what_it_is(name):
    for block in PAGES[name]:
        assert block.language in LANGUAGES | DIRECTIVES, f"{name}:{block.line}"


@pytest.mark.parametrize("name", having("python"))
def test_python_blocks_run(name, tmp_path, monkeypatch):
    if BUILT and "```{code-cell}" in (ROOT / name).read_text(encoding="utf-8"):
        return  # such pages have no other Python, see below
    monkeypatch.chdir(tmp_path)
    for package in NEEDS.findall((ROOT / name).read_text(encoding="utf-8")):
        pytest.importorskip(package)
    shared = {"__name__": "__main__"}
    for block in PAGES[name]:
        if block.language == "python":
            code = "\n" * block.line + block.code  # so that a traceback names the page's line
            exec(compile(code, name, "exec"), shared)


def test_a_page_with_cells_has_no_other_python():
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert not ("```{code-cell}" in text and "```python" in text), page


@pytest.mark.parametrize("name", having("bash"))
def test_command_blocks_run(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    shipped = library.find_scenario("western_sea")
    (tmp_path / "scenarios" / shipped.name).write_bytes(shipped.read_bytes())
    for block in PAGES[name]:
        if block.language == "bash":
            for line in block.code.splitlines():
                assert run(line, monkeypatch, least(PAGES[name])) == 0, (
                    f"{name}:{block.line}: {line}\n{capsys.readouterr()}"
                )


def least(blocks):
    """Return how many histories a page's commands need, that name some by number."""
    named = [int(number) for block in blocks for number in re.findall(r"--run (\d+)", block.code)]
    return max([99, *named]) + 1


def scaled(words, fewest):
    """Return a command that plays fewer histories than it says, but no fewer than needed."""
    if words[1] == "run" and "-n" not in words:
        words = [*words, "-n", "10000"]
    if "-n" in words:
        place = words.index("-n") + 1
        asked = int(words[place])
        words[place] = str(min(asked, max(fewest, int(asked * SCALE))))
    return words


def run(line, monkeypatch, fewest=100):
    words = scaled(shlex.split(line, comments=True), fewest)
    assert words[0] == "wargame", f"a bash block holds wargame commands only: {line}"
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as end:
        app.main()
    return end.value.code or 0


@pytest.mark.parametrize("name", having("yaml"))
def test_yaml_blocks_can_be_read(name):
    for block in PAGES[name]:
        if block.language == "yaml":
            assert yaml.safe_load(block.code), f"{name}:{block.line}"


def test_readme_has_two_lines_to_paste():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for marker, last in (
        ("try", ".venv/bin/wargame run scenarios/western_sea.yaml"),
        ("test", ".venv/bin/pytest -n auto --dist worksteal"),
    ):
        block = text.partition(f"<!-- {marker} -->\n```sh\n")[2].partition("\n```")[0]
        assert "\n" not in block
        assert block.startswith("python3 -m venv .venv && .venv/bin/pip install -e ")
        assert block.endswith(last)
