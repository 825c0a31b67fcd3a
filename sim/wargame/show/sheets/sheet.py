"""A page for print and screen as plain data: blocks of words, with no markup in them.

Two writers know these blocks: `wargame.show.sheets.html` and `wargame.show.sheets.pdf`. Words
are only ever words; whatever a scenario says cannot become markup of either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Heading:
    """A heading below the sheet's title."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; `lead` stands in bold before it."""

    kind: ClassVar[str] = "text"
    text: str
    lead: str = ""
    small: bool = False


@dataclass(frozen=True)
class Items:
    """A list. Each entry is (words in bold or "", words)."""

    kind: ClassVar[str] = "items"
    entries: tuple[tuple[str, str], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `widths` are shares of the line.

    Rows to be filled in by hand are `tall`, in cm; 0 for rows that are only read.
    """

    kind: ClassVar[str] = "table"
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    tall: float = 0.0


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on."""

    kind: ClassVar[str] = "lines"
    count: int


@dataclass(frozen=True)
class Figure:
    """A picture of the folder ``figures``: its name without ending, and what it shows."""

    kind: ClassVar[str] = "figure"
    name: str
    shows: str


@dataclass(frozen=True)
class Break:
    """A new page; on slides, a new slide."""

    kind: ClassVar[str] = "break"


@dataclass(frozen=True)
class Box:
    """Blocks in a frame: plain, marked secret, or to be cut out (never torn over two pages)."""

    kind: ClassVar[str] = "box"
    title: str
    blocks: tuple[Block, ...]
    style: Literal["plain", "secret", "cut"] = "plain"


@dataclass(frozen=True)
class Pair:
    """Blocks side by side; one below the other on a narrow screen."""

    kind: ClassVar[str] = "pair"
    left: tuple[Block, ...]
    right: tuple[Block, ...]


Block = Heading | Text | Items | Table | Lines | Figure | Break | Box | Pair


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
