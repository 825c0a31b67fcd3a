"""Sheets as PDF, tagged for screen readers (PDF/UA-1), set by typst: no system package needed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from wargame.errors import UsageError
from wargame.scenario.schema import Scenario
from wargame.show.figure.style import font_files
from wargame.show.sheets.html import Paper
from wargame.show.sheets.sheet import Sheet
from wargame.show.sheets.typst_source import source_of


def check_available() -> None:
    """Refuse when the package that sets PDF is missing.

    Raises
    ------
    UsageError
        With the two remedies.
    """
    try:
        import typst  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "PDF files need the package 'typst', which is missing here. Install it with: pip "
            "install typst; or leave them out with «no_pdf» and print the HTML pages."
        ) from error


def write_pdf(
    sheet: Sheet, scenario: Scenario, paper: Paper, folder: Path, when: datetime.datetime
) -> bytes:
    """Set a sheet.

    Parameters
    ----------
    scenario : Scenario
        For its title.
    paper : {"a4", "letter"}
    folder : Path
        The lesson's; its pictures are in ``figures``.
    when : datetime
        With a time zone; the same moment gives the same bytes.
    """
    import typst

    source: Any = source_of(sheet, scenario, paper).encode()  # its stubs want one type for both
    made = typst.compile(
        source,
        root=folder,
        font_paths=sorted({str(path.parent) for path in font_files().values()}),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=when.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made
