"""The screen of a game: pages for people, lines from the keyboard, a pipe or a file."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from wargame.cli.layout import emit_sections
from wargame.errors import RecordError
from wargame.scenario.section import Section

__all__ = ["Entries", "Screen", "fit"]

_WIDTH = 88
_WIPE = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the terminal with all that could be scrolled back to."""


def fit(most: int) -> int:
    """Return how long a line of text may be: no longer than the terminal is wide, if it is one."""
    if not sys.stdout.isatty():
        return most
    return max(40, min(most, shutil.get_terminal_size().columns))


class Entries:
    """What players enter: from a file of orders, or else from stdin.

    Parameters
    ----------
    path : Path, optional
        A file of orders: one line a turn, several players' orders apart by ";", # begins a remark.

    Attributes
    ----------
    scripted : bool
        Whether they come from a file.
    place : str
        File and line of the last entry; "" without a file.

    Raises
    ------
    RecordError
        When the file cannot be read.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.scripted = path is not None
        self.place = ""
        self._path = path
        self._lines = iter(()) if path is None else _read(path)

    def next(self, prompt: str) -> str | None:
        """Return the next entry, None when there is no more.

        Parameters
        ----------
        prompt : str
            Shown in front of it.
        """
        if not self.scripted:
            try:
                entered = input(prompt)
            except EOFError:
                typer.echo()
                return None
            except UnicodeDecodeError:
                return "?"
            return "".join(letter if letter.isprintable() else "?" for letter in entered)
        found = next(self._lines, None)
        if found is None:
            return None
        self.place = f"{self._path}:{found[0]}: "
        typer.echo(f"{prompt}{found[1]}")
        return found[1]


def _read(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise RecordError(f"{path}: cannot be read as orders ({reason}).") from error
    return iter(
        [
            (number, entry.strip())
            for number, line in enumerate(text.splitlines(), 1)
            for entry in line.partition("#")[0].split(";")
            if entry.strip()
        ]
    )


class Screen:
    """Where a game is shown.

    Parameters
    ----------
    entries : Entries
    """

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

    def table(self, *sections: Section) -> None:
        """Show tables, each with a free line after it."""
        for section in sections:
            emit_sections("", [section])
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
