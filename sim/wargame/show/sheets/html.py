"""Sheets as HTML: one file each, with print styles, no script and nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wargame.engine.results import NOTE
from wargame.scenario.schema import Scenario
from wargame.show.page import render_page
from wargame.show.sheets.sheet import Sheet, count_lines, words_of
from wargame.show.words import capital

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")
NOTICE = capital(NOTE) + "."
"""Stands on every page."""

_LINE = 30
"""Words that take as much room as a line to write on."""


def write_page(
    sheet: Sheet,
    scenario: Scenario,
    paper: Paper = "a4",
    *,
    links: Sequence[Sheet] = (),
    pdf: bool = False,
) -> str:
    """Write a sheet as one HTML page.

    Parameters
    ----------
    scenario : Scenario
        For its title.
    paper : {"a4", "letter"}
        For print.
    links : sequence of Sheet
        Other sheets to list and link to.
    pdf : bool
        Whether these have a PDF beside them.

    Returns
    -------
    str
        Everything a scenario says is escaped.
    """
    slides = sheet.style == "slides"
    return render_page(
        "sheet.html.j2",
        sheet=sheet,
        scenario=scenario,
        note=NOTICE,
        slides=slides,
        page_size="13.333in 7.5in" if slides else paper,
        print_size=_print_size(sheet),
        links=links,
        pdf=pdf,
    )


def _print_size(sheet: Sheet) -> str:
    """Return how large letters are printed: a browser cannot try until a sheet fits its page."""
    if sheet.style != "one_page":
        return "10.5pt"
    words = sum(len(text.split()) for text in words_of(sheet.blocks))
    return "10pt" if words + _LINE * count_lines(sheet.blocks) < 480 else "8.3pt"
