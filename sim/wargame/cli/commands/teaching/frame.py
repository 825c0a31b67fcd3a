"""What teaching commands do around their work: read, show, write a page, draw into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wargame.cli.options import open_run, read_settings
from wargame.cli.terminal.layout import emit_json, emit_tables
from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError

if TYPE_CHECKING:
    from wargame.engine.results import Results
    from wargame.findings import Table
    from wargame.scenario.schema import Scenario
    from wargame.show.figure.files import Figures
    from wargame.store.folder import Claim

RunFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")]
ReplaceFile = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]
ReplaceFigures = Annotated[bool, typer.Option("--force", help="Replace figures that are in --out.")]

_LONG = 500_000
"""Futures times turns from which on a bar shows that something goes on."""


@dataclass(frozen=True)
class Desk:
    """Where one teaching command is carried out.

    Attributes
    ----------
    as_json : bool
        The answer is one document, not tables.
    """

    notes: Notes
    as_json: bool = False

    def load(
        self,
        scenario: str,
        theory: str | None,
        params: Path | None,
        settings: list[str] | None,
        drops: list[str] | None,
    ) -> Scenario:
        """Return the scenario as the options change it."""
        from wargame.scenario import loader

        return loader.load(scenario, read_settings(params, settings, drops), theory)

    def show(self, document: Any, title: str, tables: Sequence[Table]) -> None:
        """Print the answer."""
        if self.as_json:
            emit_json(document)
        else:
            emit_tables(title, tables)

    @contextmanager
    def playing(self, futures: int, turns: int) -> Iterator[Callable[[int, int], None] | None]:
        """Show progress if there is much to wait for."""
        if futures * turns < _LONG:
            yield None
            return
        with self.notes.progress("playing futures") as on_progress:
            yield on_progress

    @contextmanager
    def claim(self, folder: Path, kind: str, *, force: bool) -> Iterator[Claim]:
        """Hold a folder of the command's own."""
        from wargame.store.folder import claim

        with claim(folder, kind, replace=force) as place:
            self.notes.put_right(place.note)
            yield place

    def draw(
        self, figures: Figures, results: Results, run: Path, out: Path | None, *, force: bool
    ) -> None:
        """Draw figures and say where they are.

        Parameters
        ----------
        run : Path
            The run folder; they go to its ``figures`` unless another folder is given.
        force : bool
            Replace figures of ours in that other folder.

        Raises
        ------
        RecordError
            When it is not ours, or cannot be written.
        """
        from wargame.show.figure.files import draw_all
        from wargame.store.folder import reopen

        with reopen(run if out is None else out, None if out is None else "figures") as place:
            self.notes.put_right(place.note)
            inside = "figures" if out is None else ""
            with self.notes.drawing("the same command", results.scenario):
                for path in place.add(
                    lambda made: draw_all(figures, made / inside), replace=force or out is None
                ):
                    self.notes.say(f"figure: {path}")


def results_of(folder: Path) -> Results:
    """Return the results of a run folder."""
    return open_run(folder).results


def form_of(out: Path, forms: Mapping[str, str], use: str) -> str:
    """Return the form that a file's ending asks for.

    Parameters
    ----------
    forms : mapping of str to str
        Ending -> form.
    use : str
        What to use instead of another ending.

    Raises
    ------
    UsageError
        For such an ending.
    """
    form = forms.get(out.suffix.lower())
    if form is None:
        raise UsageError(f"--out: '{out}' ends in no known form. Use {use}")
    return form


def write_page(text: str, out: Path | None, *, force: bool) -> None:
    """Write a text into a file and name it, or print the text."""
    from wargame.store.files import write_file

    if out is None:
        typer.echo(text, nl=False)
        return
    write_file(out, text, replace=force)
    typer.echo(str(out))
