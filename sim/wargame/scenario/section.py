"""A titled table: what commands show, before anything decides how."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """A titled table.

    Attributes
    ----------
    key : str
        What it is called in JSON.
    title : str
        What stands above it.
    headers : tuple of str
        Column names.
    rows : tuple of tuple of str
        As many cells as headers.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
