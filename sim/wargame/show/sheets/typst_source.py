"""Sheets as source for typst; words stand in it as string literals only."""

from __future__ import annotations

from wargame.scenario.schema import Scenario
from wargame.show.page import TEMPLATES
from wargame.show.sheets.blocks import (
    Block,
    Box,
    Break,
    Figure,
    Heading,
    Items,
    Lines,
    Pair,
    Table,
    Text,
)
from wargame.show.sheets.html import NOTICE, Paper
from wargame.show.sheets.sheet import Sheet

_PAPER: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}


def source_of(sheet: Sheet, scenario: Scenario, paper: Paper) -> str:
    """Return the typst source of a sheet.

    Parameters
    ----------
    sheet, scenario, paper
        As for `write_pdf`.

    Returns
    -------
    str
        Words stand in it as string literals only.
    """
    look = (TEMPLATES / "sheet.typ").read_text(encoding="utf-8")
    title = _literal(sheet.title)
    tops = f"{_literal(scenario.title)}, {_literal(sheet.reader)}, {_literal(NOTICE)}, {title}"
    head = f"{look}\n#set document(title: {title})\n"
    if sheet.style == "slides":
        slides: list[list[Block]] = [[]]
        for block in sheet.blocks:
            if isinstance(block, Break):
                slides.append([])
            else:
                slides[-1].append(block)
        bodies = ", ".join(_blocks(slide, "13cm") for slide in slides)
        return f"{head}#on-slides({tops}, ({bodies},))\n"
    shrink = str(sheet.style == "one_page").lower()
    body = _blocks(sheet.blocks)
    return f"{head}#on-paper({_literal(_PAPER[paper])}, {tops}, {shrink}, {body})\n"


def _blocks(blocks: tuple[Block, ...] | list[Block], tall: str = "auto") -> str:
    return "{\n" + "\n".join(_block(block, tall) for block in blocks) + "\n}"


def _block(block: Block, tall: str) -> str:
    match block:
        case Heading(text):
            return f"heading(level: 2, text({_literal(text)}))"
        case Text(text, lead, small):
            flag = str(small).lower()
            return f"words({_literal(text)}, lead: {_literal(lead)}, small: {flag})"
        case Items(pairs, ordered):
            made = [f"({_literal(lead)}, {_literal(text)})" for lead, text in pairs]
            return f"entries({_array(made)}, ordered: {str(ordered).lower()})"
        case Table(headers, rows, widths, high):
            shares = [f"{width:g}" for width in widths or (1,) * len(headers)]
            cells = [_array([_literal(cell) for cell in row]) for row in rows]
            heads = _array([_literal(cell) for cell in headers])
            return f"grid-table({_array(shares)}, {heads}, {_array(cells)}, tall: {high:g}cm)"
        case Lines(count):
            return f"write-lines({count})"
        case Figure(name, shows):
            return f"picture({_literal(f'/figures/{name}.svg')}, {_literal(shows)}, {tall})"
        case Break():
            return "pagebreak()"
        case Box(title, inner, style):
            return f"framed({_literal(style)}, {_literal(title)}, {_blocks(inner)})"
        case Pair(left, right):
            return f"side-by-side({_blocks(left)}, {_blocks(right)})"


def _array(items: list[str]) -> str:
    return f"({', '.join(items)},)" if items else "()"


def _literal(text: str) -> str:
    """Return text as a typst string; letters that cannot be seen become blanks."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + seen.replace("\\", "\\\\").replace('"', '\\"') + '"'
