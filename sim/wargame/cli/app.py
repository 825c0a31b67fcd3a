"""The application: its commands, and the one place where errors become output."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from wargame.cli.commands.authors import doctor, scenarios, theories
from wargame.cli.commands.runs import figures, run, verify
from wargame.cli.commands.studies import audit, calibrate, compare, hindcast, sensitivity, sweep
from wargame.cli.commands.teaching import forecasts, lesson, odds, play, replay, whatif
from wargame.cli.terminal.flags import learn_flags, with_flags
from wargame.cli.terminal.streams import let_go_of_stdout, prepare_streams
from wargame.errors import ScenarioError, WargameError
from wargame.store.reader import shorten_name

INTERRUPTED = 130
DEBUG = "WARGAME_DEBUG"


class Commands(TyperGroup):
    """Turns Ctrl-C into exit code 130, whichever command it meets."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; from here on, messages spell the fields as its flags."""
        name, command, rest = super().resolve_command(ctx, args)
        learn_flags([*self.commands.values(), command])
        return name, command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo("\ninterrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="wargame",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Simulate how five actors around the Korean peninsula answer one another, thousands of "
    "times, and see how often such exchanges stay words, become displays, clashes or war. "
    "It explores assumptions; it does not forecast.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"wargame {version('wargame')}")
        raise typer.Exit


@app.callback()
def _common(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error.", envvar=DEBUG)
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    if debug:
        os.environ[DEBUG] = "1"


run.register(app)
scenarios.register(app)
theories.register(app)
compare.register(app)
sweep.register(app)
sensitivity.register(app)
audit.register(app)
verify.register(app)
hindcast.register(app)
calibrate.register(app)
replay.register(app)
forecasts.register(app)
odds.register(app)
whatif.register(app)
play.register(app)
lesson.register(app)
figures.register(app)
doctor.register(app)


def main() -> None:
    """Run the command line; turn errors into one message and an exit code.

    Exit codes: 0 ok; 1 a fault of ours; 2 usage; 3 the scenario is invalid; 4 the run folder or
    input data is unusable, or the machine refuses; 130 interrupted.
    """
    prepare_streams()
    try:
        app()
    except WargameError as error:
        if os.environ.get(DEBUG):
            raise
        _explain(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except (OSError, MemoryError) as error:  # what is expected is told where it happens
        if os.environ.get(DEBUG):
            raise
        typer.echo(f"wargame: {with_flags(_refusal(error))}", err=True)
        let_go_of_stdout()
        sys.exit(4)
    except Exception as error:  # the one boundary: whatever is left is a fault of ours
        if os.environ.get(DEBUG):
            raise
        typer.echo(
            f"wargame: internal error: {type(error).__name__}: {error}\n"
            "This is a fault of the program, not of yours. Please report it with the output of the "
            "same command under `wargame --debug ...`.",
            err=True,
        )
        sys.exit(1)


def _explain(error: WargameError) -> None:
    if isinstance(error, ScenarioError):
        typer.echo(with_flags(str(error)), err=True)
        count = sum(problem.severity == "error" for problem in error.problems)
        typer.echo(f"wargame: {count} error{'' if count == 1 else 's'} in the scenario", err=True)
    else:
        typer.echo(f"wargame: {with_flags(str(error))}", err=True)


def _refusal(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory. Ask for fewer histories, or let fewer workers run."
    from wargame.store.files import cause_of

    if error.filename is None:
        return f"{cause_of(error)}. Look at where the output goes, and its disk."
    return f"{shorten_name(error.filename)}: {cause_of(error)}."
