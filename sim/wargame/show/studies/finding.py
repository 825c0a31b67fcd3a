"""What a study hands over: tables, and what else its folder and its document hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wargame.engine.results import NOTE
from wargame.findings import Table
from wargame.show.figure.files import Figures
from wargame.show.table import to_csv, to_data


@dataclass(frozen=True)
class Finding:
    """A study, ready for every medium.

    Attributes
    ----------
    headline : str
        Stands above the tables.
    tables : tuple of Table
        For people, in this order.
    data : tuple of Table
        For machines: all rows, tidy.
    about : mapping
        What the document says besides its tables: which scenario, seed, effort, remarks.
    sheets : mapping of str to Table
        Name of a CSV file -> what it holds.
    files : mapping of str to str
        Name of another file of the folder -> its text.
    manifest : mapping
        What the manifest says besides the circumstances.
    figures : mapping of str to callable
        Name -> what makes the figure.
    """

    headline: str
    tables: tuple[Table, ...]
    data: tuple[Table, ...]
    about: Mapping[str, Any]
    sheets: Mapping[str, Table] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Return every text file of the folder but the document."""
        return {**self.files, **{name: to_csv(table) for name, table in self.sheets.items()}}

    def document(self) -> dict[str, Any]:
        """Return all of it as one plain document."""
        return {**self.about, **{table.name: to_data(table) for table in self.data}, "note": NOTE}
