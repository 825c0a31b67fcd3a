"""`wargame theories`: whose argument each theory is, and what it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import AsJson

if TYPE_CHECKING:
    from wargame.findings import Row


def register(app: typer.Typer) -> None:
    """Add theories to an application."""
    app.command("theories")(theories)


def theories(
    scenario: Annotated[
        str | None,
        typer.Argument(help="A scenario file or a shipped name: say what moves there, by path."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the theories any scenario can take: whose argument, and what each moves."""
    from wargame.cli.terminal.layout import emit_json, emit_tables
    from wargame.findings import Table, columns
    from wargame.scenario.changes.moves import moves_of
    from wargame.scenario.changes.theory_file import load_theories
    from wargame.scenario.library import describe_cite
    from wargame.scenario.loader import load
    from wargame.scenario.summary import in_brackets

    known = load_theories()
    loaded = load(scenario) if scenario is not None else None
    moved = {
        name: {} if loaded is None else moves_of(theory, loaded) for name, theory in known.items()
    }
    if as_json:
        emit_json(
            [
                {
                    **theory.model_dump(mode="json", exclude_defaults=True),
                    "cites": {cite: describe_cite(cite) for cite in theory.cites},
                    "moves": [
                        {
                            "path": path,
                            "before": move.before.model_dump(mode="json"),
                            "after": move.after.model_dump(mode="json"),
                        }
                        for path, move in moved[name].items()
                    ],
                }
                for name, theory in known.items()
            ]
        )
        return
    listed: list[Row] = [
        {"name": name, "says": item.title, "whose": item.argument.strip()}
        for name, item in known.items()
    ]
    said = columns("name", ("says", "what it says"), ("whose", "whose argument"))
    first = Table("theories", "Theories (for --theory)", said, tuple(listed))
    if loaded is None:
        changes: list[Row] = [
            {
                "theory": name,
                "numbers": change.path,
                "change": change.operation,
                "why": change.why.strip(),
            }
            for name, theory in known.items()
            for change in theory.changes
        ]
        said = columns("theory", "numbers", "change", "why")
        second = Table("changes", "What they move", said, tuple(changes))
    else:
        moves: list[Row] = [
            {
                "theory": name,
                "number": path,
                "before": in_brackets(move.before),
                "after": in_brackets(move.after),
                "why": move.change.why.strip(),
            }
            for name in known
            for path, move in moved[name].items()
        ]
        said = columns("theory", "number", "before", "after", "why")
        second = Table("moves", f"What they move in {scenario}", said, tuple(moves))
    emit_tables("", [first, second])
