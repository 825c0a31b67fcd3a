"""What players enter: lines from the keyboard, a pipe or a file."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wargame.errors import RecordError, UsageError
from wargame.scenario.text.scalars import clean_line
from wargame.store.reader import read_bytes

if TYPE_CHECKING:
    pass

COMMANDS = ("odds", "role", "undo", "help", "quit")
"""What may be entered besides orders and `card TEXT`."""


_MOST_BYTES = 1_000_000


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
    line : tuple of str
        All entries of that line, if the last entry was the first of them; else nothing.

    Raises
    ------
    RecordError
        When the file cannot be read.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.scripted = path is not None
        self.place = ""
        self.line: tuple[str, ...] = ()
        self._path = path
        self._lines: deque[tuple[int, tuple[str, ...]]] = deque()
        if path is not None:
            self._lines.extend(_read(path))
        self._rest: deque[str] = deque()

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
            return clean_line(entered)
        self.line = ()
        if not self._rest:
            if not self._lines:
                return None
            number, self.line = self._lines.popleft()
            self._rest.extend(self.line)
            self.place = f"{self._path}:{number}: "
        found = self._rest.popleft()
        typer.echo(f"{prompt}{found}")
        return found

    def check_line(self, players: Sequence[str], waiting: Sequence[str]) -> None:
        """Refuse a line that has not one order for each player who is still to give one.

        Otherwise every later order would go to another player or turn than was meant.

        Parameters
        ----------
        players, waiting : sequence of str
            All, and those still to order in this turn.

        Raises
        ------
        UsageError
            On the first entry of such a line.
        """
        words = [entry.lower() for entry in self.line]
        orders = sum(not (word in COMMANDS or word.split()[0] == "card") for word in words)
        wanted = len(players if "undo" in words else waiting)
        if orders in (0, wanted):
            return
        raise UsageError(
            f"{orders} order{'' if orders == 1 else 's'} for {wanted} "
            f"player{'' if wanted == 1 else 's'}. A line is a turn: one order for each player, in "
            f"the order of --as {','.join(players)}, "
            f"{'apart by' if len(players) > 1 else 'and no'} ';'. "
            f"For example: {'; '.join(['hold match'] * wanted)}"
        )

    def unused(self) -> str:
        """Say which lines of the file nobody took; nothing if none are left."""
        numbers = [number for number, _ in self._lines]
        if not numbers:
            return ""
        count = f"{len(numbers)} line{'' if len(numbers) == 1 else 's'}"
        return f"{self._path}: the game is over and {count} not used, from line {numbers[0]} on."


def _read(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Return (number, entries) of every line that has any."""
    try:
        text = read_bytes(path, _MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: cannot be read as orders: it is not UTF-8 text.") from error
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        entries = [entry.strip() for entry in clean_line(line).partition("#")[0].split(";")]
        if any(entries):
            lines.append((number, tuple(entry for entry in entries if entry)))
    return lines
