"""The screen of a game: pages for people."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from wargame.cli.terminal.entries import Entries
from wargame.cli.terminal.layout import emit_tables

if TYPE_CHECKING:
    from wargame.findings import Table


_WIDTH = 88
_WIPE = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the terminal with all that could be scrolled back to."""


def fit(most: int) -> int:
    """Return how long a line of text may be: no longer than the terminal is wide, if it is one."""
    if not sys.stdout.isatty():
        return most
    return max(40, min(most, shutil.get_terminal_size().columns))


class Screen:
    """Where a game is shown."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._terminal = sys.stdout.isatty()
        self.waits = self._terminal and sys.stdin.isatty() and not entries.scripted

    def head(self, text: str) -> None:
        """Show the heading of a page."""
        if self._terminal:
            from rich.console import Console
            from rich.text import Text

            Console().rule(Text(text, style="bold"), align="left")
            return
        typer.echo(f"\n{text}\n{'-' * min(len(text), _WIDTH)}")

    def say(self, lines: Sequence[str], label: str = "") -> None:
        """Show paragraphs, under a label if there is one; nothing if there are none."""
        if lines and label:
            typer.echo(f"{label}:")
        bullet = "- " if label else ""
        for line in lines:
            typer.echo(
                textwrap.fill(
                    line,
                    fit(_WIDTH),
                    initial_indent=bullet,
                    subsequent_indent=" " * len(bullet),
                    break_long_words=False,
                )
            )
        if lines:
            typer.echo()

    def table(self, *tables: Table) -> None:
        """Show tables, each with a free line after it."""
        for table in tables:
            emit_tables("", [table])
            typer.echo()

    def ask(self, prompt: str) -> str | None:
        """Return what is entered, stripped; None when there is no more."""
        entered = self._entries.next(prompt)
        return None if entered is None else entered.strip()

    def wipe(self) -> None:
        """Clear a terminal, and what could be scrolled back to."""
        if self.waits:
            typer.echo(_WIPE, nl=False)

    def pause(self, prompt: str) -> None:
        """Wait for Enter on a terminal; elsewhere nobody is there to wait for."""
        if self.waits:
            self._entries.next(prompt)
