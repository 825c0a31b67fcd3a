"""Sheets as Markdown templates: a text to edit gives the order and the words, the program values.

What a template may hold (`read_sheet`), a small part of Markdown and two signs more:

* a head between two lines ``---`` with ``title``, ``reader``, ``copies``, perhaps ``style``;
* ``## Heading``; paragraphs, with words in bold (``**so**``) at their beginning only, or small
  (``<small>`` around the whole); lists (``- `` or ``1. ``, bold as before; a line that goes on is
  indented); tables with ``|``, below them, if need be, ``{widths: 2 5; tall: 0.65}``;
  ``![what it shows](name)``, a figure; ``____``, a line to write on; ``---``, a new page or slide;
* ``::: plain`` (or ``secret``, ``cut``), ``### Title``, blocks, ``:::``: a box;
* ``::: left``, blocks, ``::: right``, blocks, ``:::``: side by side.

Whatever Jinja puts in with ``{{ }}`` is only ever words: it meets the reader as a number between
two private characters and is put in after the Markdown is read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wargame.errors import UnknownName, UsageError, one_of
from wargame.show.page import render_page
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
from wargame.show.sheets.sheet import Sheet

_KEPT = re.compile("\ue000(\\d+)\ue001")
_ITEM = re.compile(r"(-|\d+\.) ")
_GOES_ON = re.compile(r"(-|\d+\.) |  ")
_BOLD = re.compile(r"\*\*(.+?)\*\*\s*(.*)")
_FIGURE = re.compile(r"!\[(.*)\]\((.*)\)")
_SMALL = re.compile(r"<small>(.*)</small>")


def read_sheet(template: str, folder: Path, name: str, **values: object) -> Sheet:
    """Return a sheet that is written as a template.

    Parameters
    ----------
    template : str
        The template's file name.
    folder : Path
        Where it lies.
    name : str
        Of the sheet.
    **values
        What the template names.

    Raises
    ------
    UsageError
        When the template cannot be read, with the line.
    """
    from jinja2 import TemplateError

    kept: list[str] = []
    try:
        text = render_page(template, folder, _keeper(), kept=kept, **values)
        return _Reader(text, kept).sheet(name)
    except (TemplateError, ValueError, LookupError, UnknownName) as error:
        line = f", line {error.lineno}" if hasattr(error, "lineno") else ""
        raise UsageError(f"the text {folder / template}{line} cannot be read: {error}") from error


@cache
def _keeper() -> Callable[..., object]:
    from jinja2 import pass_context

    @pass_context  # so that constants are put in while a page is made, too
    def keep(context: Mapping[str, list[str]], value: object) -> object:
        if hasattr(value, "__html__") or value == "":
            return value  # what a macro of the template wrote is template, not value
        kept = context["kept"]
        kept.append(str(value))
        return f"\ue000{len(kept) - 1}\ue001"

    return keep


class _Reader:
    def __init__(self, text: str, kept: list[str]) -> None:
        self._lines = deque(line.rstrip() for line in text.strip().split("\n"))
        self._kept = kept

    def sheet(self, name: str) -> Sheet:
        head = {}
        self._lines.popleft()
        while (line := self._lines.popleft()) != "---":
            key, _, text = line.partition(":")
            head[key] = self._words(text)
        blocks = self._blocks()
        if self._lines:
            raise ValueError(f"'{self._lines[0]}' closes nothing")
        style = _one_of(head.get("style", "page"), "page", "one_page", "slides")
        return Sheet(name, head["title"], head["reader"], head["copies"], blocks, style)

    def _words(self, text: str) -> str:
        return _KEPT.sub(lambda found: self._kept[int(found[1])], text.strip())

    def _blocks(self) -> tuple[Block, ...]:
        made: list[Block] = []
        while self._lines and self._lines[0] not in (":::", "::: right"):
            line = self._lines.popleft()
            if line.startswith("::: "):
                made.append(self._framed(line.removeprefix("::: ")))
            elif line.startswith("## "):
                made.append(Heading(self._words(line.removeprefix("## "))))
            elif line == "---":
                made.append(Break())
            elif line == "____":
                made.append(Lines(1 + len(self._take(lambda line: line == "____"))))
            elif line.startswith("|"):
                made.append(self._table([line, *self._take(lambda line: line.startswith("|"))]))
            elif figure := _FIGURE.fullmatch(line):
                made.append(Figure(self._words(figure[2]), self._words(figure[1])))
            elif _ITEM.match(line):
                made.append(self._list(line))
            elif line.startswith(("#", "{")):
                raise ValueError(f"'{line}' is no line of a sheet")
            elif line:
                made.append(self._paragraph(" ".join([line, *self._take(bool)])))
        return tuple(made)

    def _take(self, goes_on: Callable[[str], object]) -> list[str]:
        taken = []
        while self._lines and not self._lines[0].startswith(":::") and goes_on(self._lines[0]):
            taken.append(self._lines.popleft())
        return taken

    def _framed(self, kind: str) -> Block:
        if kind == "left":
            left = self._blocks()
            self._close("::: right")
            right = self._blocks()
            self._close(":::")
            return Pair(left, right)
        style = _one_of(kind, "plain", "secret", "cut", "left")
        title = self._words(self._lines.popleft().removeprefix("### "))
        blocks = self._blocks()
        self._close(":::")
        return Box(title, blocks, style)

    def _close(self, sign: str) -> None:
        found = self._lines.popleft() if self._lines else "the end"
        if found != sign:
            raise ValueError(f"'{sign}' should stand where '{found}' stands")

    def _table(self, lines: list[str]) -> Table:
        headers, _, *rows = (
            tuple(self._words(cell) for cell in line.strip("|").split("|")) for line in lines
        )
        for row in rows:
            if len(row) != len(headers):
                raise ValueError(f"row {row} has {len(row)} cells, the table {len(headers)}")
        return Table(headers, tuple(rows), *self._measures())

    def _measures(self) -> tuple[tuple[float, ...], float]:
        if not (self._lines and self._lines[0].startswith("{")):
            return (), 0.0
        measures = dict(
            part.strip().split(": ") for part in self._lines.popleft().strip("{}").split(";")
        )
        for name in measures:
            _one_of(name, "widths", "tall")
        widths = tuple(float(width) for width in self._words(measures.get("widths", "")).split())
        return widths, float(self._words(measures.get("tall", "0")))

    def _list(self, first: str) -> Items:
        entries = [first]
        while True:
            self._take(lambda line: not line)
            if not (self._lines and _GOES_ON.match(self._lines[0])):
                break
            line = self._lines.popleft()
            if _ITEM.match(line):
                entries.append(line)
            else:
                entries[-1] += f" {line.strip()}"
        split = (self._lead(_ITEM.sub("", entry, count=1)) for entry in entries)
        return Items(tuple(split), ordered=not first.startswith("-"))

    def _paragraph(self, text: str) -> Text:
        small = _SMALL.fullmatch(text)
        lead, rest = self._lead(small[1] if small else text)
        return Text(rest, lead, small is not None)

    def _lead(self, text: str) -> tuple[str, str]:
        bold = _BOLD.fullmatch(text)
        return (self._words(bold[1]), self._words(bold[2])) if bold else ("", self._words(text))


def _one_of(name: str, *known: str) -> Any:
    return one_of("word of a sheet", name, known)
