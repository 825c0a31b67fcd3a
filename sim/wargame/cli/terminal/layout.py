"""Tables on stdout: Rich on a terminal, plain text in a pipe, JSON on request."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from wargame.findings import Table


def emit_json(value: Any) -> None:
    """Print one JSON document.

    Parameters
    ----------
    value : object
        Plain data.
    """
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def emit_tables(title: str, tables: Sequence[Table]) -> None:
    """Print titled tables.

    Parameters
    ----------
    title : str
        Stands above; "" for none.
    tables : sequence of Table
        In order; those without rows are left out.
    """
    filled = [table for table in tables if table.rows]
    if sys.stdout.isatty():
        _emit_rich(title, filled)
        return
    blocks = [title] if title else []
    blocks += ["\n".join([table.title, *_plain_table(table)]) for table in filled]
    typer.echo("\n\n".join(blocks))


def _cells(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    from wargame.show.table import to_text  # brings numpy, which --help must not wait for

    return to_text(table)


def _plain_table(table: Table) -> list[str]:
    headers, rows = _cells(table)
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    widths[-1] = 0  # the last column may be as long as it likes
    lines = ("  ".join(["", *map(str.ljust, line, widths)]) for line in (headers, *rows))
    return [line.rstrip() for line in lines]


def _emit_rich(title: str, tables: Sequence[Table]) -> None:
    from rich.console import Console
    from rich.table import Table as Rich
    from rich.text import Text

    console = Console()
    if title:
        console.print(Text(title))
    for table in tables:
        headers, rows = _cells(table)
        shown = Rich(title=Text(table.title, style="bold"), title_justify="left")
        for header in headers:
            shown.add_column(Text(header), overflow="fold")
        for row in rows:
            shown.add_row(*(Text(cell) for cell in row))  # Text: markup in a scenario is only text
        console.print(shown)
