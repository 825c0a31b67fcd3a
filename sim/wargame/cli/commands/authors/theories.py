"""`wargame theories`: whose argument each theory is, and what it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wargame.cli.options import AsJson

if TYPE_CHECKING:
    from wargame.scenario.parameters import Parameter


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
    from wargame.cli.terminal.layout import emit_json, emit_sections
    from wargame.scenario.changes.moves import moves_of
    from wargame.scenario.changes.theory_file import load_theories
    from wargame.scenario.library import describe_cite
    from wargame.scenario.loader import load
    from wargame.scenario.section import Section

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
    sections = [
        Section(
            "theories",
            "Theories (for --theory)",
            ("name", "what it says", "whose argument"),
            tuple((name, item.title, item.argument.strip()) for name, item in known.items()),
        )
    ]
    if loaded is None:
        changes = tuple(
            (name, change.path, change.operation, change.why.strip())
            for name, theory in known.items()
            for change in theory.changes
        )
        headers = ("theory", "numbers", "change", "why")
        sections.append(Section("changes", "What they move", headers, changes))
    else:
        moves = tuple(
            (name, path, _number(move.before), _number(move.after), move.change.why.strip())
            for name in known
            for path, move in moved[name].items()
        )
        named = ("theory", "number", "before", "after", "why")
        sections.append(Section("moves", f"What they move in {scenario}", named, moves))
    emit_sections("", sections)


def _number(number: Parameter) -> str:
    if not number.uncertain:
        return f"{number.value:g}"
    return f"{number.value:g} [{number.low:g}, {number.high:g}]"
