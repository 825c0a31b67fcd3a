"""Blocks of a sheet as plain data: words, with no markup in them.

Two writers know these blocks: `wargame.show.sheets.html` and `wargame.show.sheets.typst_source`.
Words are only ever words; whatever a scenario says cannot become markup of either.
"""

from __future__ import annotations

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
