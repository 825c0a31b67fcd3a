"""`wargame play`: a game at the terminal, for one or several people."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from wargame.cli.options import (
    Drops,
    ParameterFile,
    Settings,
    TheoryName,
    default_folder,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.entries import Entries
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.table import GameTable
from wargame.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add play to an application."""
    app.command("play")(play)


def play(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario file or a shipped name; not with --resume.")
    ] = None,
    players: Annotated[
        str | None,
        typer.Option("--as", metavar="ID[,ID]", help="Who is played, in the order of turns."),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option("--seed", help="A whole number: the same luck again; drawn if not given."),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Where the game is kept; results/... if not."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the game in --save.")
    ] = False,
    orders: Annotated[
        Path | None,
        typer.Option(
            "--orders",
            metavar="FILE",
            help="Take orders from a file, one line a turn (players apart by ;). Skips the setup.",
        ),
    ] = None,
    opponents: Annotated[
        str,
        typer.Option(
            "--opponents",
            metavar="model|THEORY|hawk|dove|tit_for_tat",
            help="Who leads the others: the model, the model under a theory, or a script.",
        ),
    ] = "model",
    turns: Annotated[
        int | None, typer.Option("--turns", min=1, help="Turns of the game, not the file's.")
    ] = None,
    hidden_end: Annotated[
        bool,
        typer.Option("--hidden-end", help="End in a turn nobody is told, late in the game."),
    ] = False,
    settings: Settings = None,
    drops: Drops = None,
    params: ParameterFile = None,
    theory: TheoryName = None,
    skip_setup: Annotated[
        bool,
        typer.Option(
            "--skip-setup", help="No role sheet and questions first; the game records it."
        ),
    ] = False,
) -> None:
    """Play a scenario at the terminal, alone or several at one keyboard, and look back on it."""
    from wargame.classroom.play import log as gamelog
    from wargame.classroom.play.setup import set_up
    from wargame.scenario import canonical

    entries = Entries(orders)
    if resume:
        said = (scenario, players, seed, settings, drops, params, theory, turns, hidden_end or None)
        if save is None or opponents != "model" or any(item is not None for item in said):
            raise UsageError(
                "--resume needs --save FILE and nothing else about the game: who plays what is in "
                "the file. For example: wargame play --resume --save my.game"
            )
        log = gamelog.GameLog.open(save)
    else:
        if scenario is None or players is None:
            raise UsageError(
                "say what is played and as whom, for example: wargame play first_steps --as ROK"
            )
        setup = set_up(
            scenario,
            players.split(","),
            read_seed("random" if seed is None else seed),
            opponents=opponents,
            settings=read_settings(params, settings, drops),
            theory=theory,
            turns=turns,
            hidden_end=hidden_end,
        )
        now = datetime.datetime.now(datetime.UTC)
        place = default_folder(f"game-{Path(scenario).stem}", canonical.digest(setup.scenario), now)
        log = gamelog.GameLog.create(save or place.with_suffix(".game"), setup)
    with log:
        replayed = gamelog.fold(log)
        notes = Notes()
        notes.say(f"game: {log.path} (seed {replayed.game.setup.seed})")
        notes.say(f"saved on every order; to go on later: wargame play --resume --save {log.path}")
        table = GameTable(log, entries, replayed)
        if table.run(skip=skip_setup or entries.scripted):
            if unused := entries.unused():
                notes.say(f"note: {unused}")
            table.look_back()
        else:
            notes.say(f"saved; to go on: wargame play --resume --save {log.path}")
