"""`wargame verify`: hold a folder to its manifest, and simulate some histories again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import AsJson, Quiet
from wargame.cli.terminal.notes import Notes

UNSOUND = 4


def register(app: typer.Typer) -> None:
    """Add verify to an application."""
    app.command("verify")(verify)


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder, or another.")],
    sample: Annotated[
        int, typer.Option("--sample", min=0, help="Histories to simulate again.")
    ] = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Recompute the hashes of a folder and simulate a sample again. Exit code 4 if they differ."""
    from wargame.cli.terminal.layout import emit_json
    from wargame.show.run.verify import verify as hold
    from wargame.store.folder import recover
    from wargame.store.manifest import name_kind

    Notes(quiet).put_right(recover(folder))
    with Notes(quiet).progress("verifying"):
        found = hold(folder, sample)
    if as_json:
        emit_json(
            {
                "folder": str(found.folder),
                "kind": found.kind,
                "sound": found.sound,
                "files": found.files,
                "simulated_again": list(found.sample),
                "counts_made_again": found.counted,
                "mismatches": [{"where": m.where, "what": m.what} for m in found.mismatches],
                "other_versions": {
                    name: {"then": then, "now": now} for name, (then, now) in found.versions.items()
                },
            }
        )
    else:
        for item in found.mismatches:
            typer.echo(f"{folder}: {item.where}: {item.what}")
        typer.echo(f"{found.files} files held to their hashes")
        if found.kind == "run" and (found.sound or found.sample):
            typer.echo(f"{len(found.sample)} histories simulated again, row by row")
            if found.sample and not found.counted:
                typer.echo("counts over all histories held to their sums: the run is a large one")
        elif found.kind != "run":
            typer.echo(
                f"{name_kind(found.kind)}: its histories are not kept, none were simulated again"
            )
        typer.echo("all as it was" if found.sound else f"{len(found.mismatches)} differ")
    for name, (then, now) in found.versions.items():
        Notes(quiet).say(f"note: {name} was {then}, is {now}: histories may differ")
    if not found.sound:
        raise typer.Exit(UNSOUND)
