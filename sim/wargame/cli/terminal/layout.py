"""Tables on stdout: Rich on a terminal, plain text in a pipe, JSON on request."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import typer

from wargame.scenario.section import Section


def emit_json(value: Any) -> None:
    """Print one JSON document.

    Parameters
    ----------
    value : object
        Plain data.
    """
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def emit_sections(title: str, sections: Sequence[Section]) -> None:
    """Print titled tables.

    Parameters
    ----------
    title : str
        Stands above; "" for none.
    sections : sequence of Section
        In order.
    """
    if sys.stdout.isatty():
        _emit_rich(title, sections)
        return
    blocks = [title] if title else []
    for section in sections:
        blocks.append("\n".join([section.title, *_plain_table(section)]))
    typer.echo("\n\n".join(blocks))


def _plain_table(section: Section) -> list[str]:
    lines = [section.headers, *section.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(section.headers))]
    widths[-1] = 0  # the last column may be as long as it likes
    return ["  ".join(["", *map(str.ljust, line, widths)]).rstrip() for line in lines]


def _emit_rich(title: str, sections: Sequence[Section]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if title:
        console.print(Text(title))
    for section in sections:
        table = Table(title=Text(section.title, style="bold"), title_justify="left")
        for header in section.headers:
            table.add_column(Text(header), overflow="fold")
        for row in section.rows:
            table.add_row(*(Text(cell) for cell in row))  # Text: markup in a scenario is only text
        console.print(table)
