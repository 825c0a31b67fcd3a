"""Notes and progress on stderr; the answer itself goes to stdout elsewhere."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from wargame.errors import RecordError

if TYPE_CHECKING:
    from wargame.scenario.schema import Scenario
    from wargame.store.folder import Claim


class _Heard(logging.Handler):
    """Says what the package itself has to say besides its answers."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say one thing."""
        typer.echo(f"note: {record.getMessage()}", err=True)


@dataclass(frozen=True)
class Notes:
    """What is said besides the answer.

    Attributes
    ----------
    quiet : bool
        Say nothing.
    verbose : bool
        Say details, too.
    """

    quiet: bool = False
    verbose: bool = False

    def __post_init__(self) -> None:
        """Let the package be heard, or not."""
        log = logging.getLogger("wargame")
        log.handlers = [_Heard()]
        log.setLevel(logging.CRITICAL if self.quiet else logging.INFO)

    def say(self, text: str) -> None:
        """Say something, unless quiet."""
        if not self.quiet:
            typer.echo(text, err=True)

    def detail(self, text: str) -> None:
        """Say something only when asked for details."""
        if self.verbose:
            self.say(text)

    def left_out(self, dropped: Sequence[str], turns: int) -> None:
        """Say what a shorter history leaves out, if anything."""
        if dropped:
            names = ", ".join(dropped)
            self.say(
                f"note: left out, for they come after turn {turns} or change what does: {names}"
            )

    def put_right(self, what: str) -> None:
        """Say what was put right of an earlier command that was killed, quiet or not."""
        if what:
            typer.echo(f"note: {what}", err=True)

    def boxes(self, *scenarios: Scenario) -> None:
        """Say which characters of scenarios figures and PDF show as a box, and where they stand."""
        from wargame.show.figure.characters import unshowable_in

        found = {place: item for one in scenarios for place, item in unshowable_in(one).items()}
        if found:
            named = ", ".join(f"{place} ({letters})" for place, letters in list(found.items())[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            self.say(f"note: figures and PDF have a box for characters of {named}{more}")

    @contextmanager
    def keeping(self, place: Claim) -> Iterator[None]:
        """Say, whatever goes wrong in between, how finished chunks are taken up again."""
        try:
            yield
        except BaseException:
            if any(place.partial.glob("chunk-*.npz")):
                self.say(
                    "\ninterrupted: finished chunks are kept. Give the same command with "
                    f"--out {place.folder} --resume"
                )
            raise

    @contextmanager
    def drawing(self, later: str, *scenarios: Scenario) -> Iterator[None]:
        """Go on when figures cannot be drawn: all else is saved by then.

        Parameters
        ----------
        later : str
            The command that draws them later.
        *scenarios : Scenario
            Whose texts stand in the figures.
        """
        log = logging.getLogger("matplotlib")
        level = log.level
        log.setLevel(logging.CRITICAL)  # what it says of settings and fonts is not for our user
        try:
            self.boxes(*scenarios)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)
                yield
        except Exception as error:  # whatever ails a drawing, the results are whole
            if isinstance(error, RecordError) and error.__cause__ is None:
                raise  # something stands at the place: a refusal, not a drawing that failed
            what = str(error) or type(error).__name__
            typer.echo(
                f"note: not all could be drawn ({what}). All else is saved; to draw later: {later}",
                err=True,
            )
        finally:
            log.setLevel(level)

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None]]:
        """Show a progress bar on a terminal; in a pipe, nothing.

        Parameters
        ----------
        what : str
            What is being counted.

        Yields
        ------
        callable
            To be called with (done, total).
        """
        if self.quiet or not sys.stderr.isatty():
            yield lambda done, total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
