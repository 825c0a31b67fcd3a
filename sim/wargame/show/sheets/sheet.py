"""A page for print and screen: its title, its reader and its blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wargame.show.sheets.blocks import Block, Box, Figure, Heading, Items, Lines, Pair, Table, Text


@dataclass(frozen=True)
class Sheet:
    """One file of a lesson.

    Attributes
    ----------
    name : str
        Of the file, without ending.
    reader : str
        For whom: stands on top of every page.
    copies : str
        How many to print, in words.
    style : {"page", "one_page", "slides"}
        ``one_page`` chooses the size of its letters so that it fits one page; what is too long
        even for the smallest goes on to the next page.
    """

    name: str
    title: str
    reader: str
    copies: str
    blocks: tuple[Block, ...]
    style: Literal["page", "one_page", "slides"] = "page"


def words_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield every piece of text in some blocks, in order."""
    for block in blocks:
        match block:
            case Heading(text):
                yield text
            case Text(text, lead):
                yield from (lead, text)
            case Items(entries):
                for entry in entries:
                    yield from entry
            case Table(headers, rows):
                yield from headers
                for row in rows:
                    yield from row
            case Figure(_, shows):
                yield shows
            case Box(title, inner):
                yield title
                yield from words_of(inner)
            case Pair(left, right):
                yield from words_of(left)
                yield from words_of(right)
            case _:
                pass


def count_lines(blocks: tuple[Block, ...]) -> int:
    """Count the empty lines to write on in some blocks."""
    count = 0
    for block in blocks:
        match block:
            case Lines(number):
                count += number
            case Box(_, inner):
                count += count_lines(inner)
            case Pair(left, right):
                count += count_lines(left) + count_lines(right)
            case _:
                pass
    return count
