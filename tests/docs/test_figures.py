"""Every figure that a page draws says in words what it shows."""

from __future__ import annotations

import re

import pytest

from docs.pages import DOCS, name_of, pages

CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.M | re.S)
DRAWS = re.compile(r"plt\.subplots\(|^run_figures\.draw\([^()]*\)$", re.M)  # shown, not only saved
CELLS = [
    (name_of(page), cell)
    for page in pages()
    if page.is_relative_to(DOCS)
    for cell in CELL.findall(page.read_text(encoding="utf-8"))
    if DRAWS.search(cell)
]


def test_every_lesson_draws():
    lessons = {name_of(page) for page in (DOCS / "textbook").glob("*.md")}
    assert lessons - {name for name, _ in CELLS} == {"docs/textbook/index.md"}


@pytest.mark.parametrize(("name", "cell"), CELLS, ids=[name for name, _ in CELLS])
def test_a_figure_has_a_text_in_its_place_and_a_title(name, cell):
    said = re.search(r"\A---\n.*?^    alt: >-\n(.*?)^---$", cell, re.M | re.S)
    assert said, f"{name}: a figure without alt text"
    assert len(said[1].split()) >= 15
    assert re.search(r"set_title\(|suptitle\(|^run_figures\.draw\(", cell, re.M)
