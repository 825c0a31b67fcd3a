"""What every study command does around its study: options, folder, progress, saving, showing."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from wargame.cli.options import (
    MOST,
    Options,
    default_folder,
    read_jobs,
    read_seed,
    read_settings,
)
from wargame.cli.terminal.layout import emit_tables
from wargame.cli.terminal.notes import Notes
from wargame.errors import UsageError

if TYPE_CHECKING:
    from wargame.scenario.schema import Scenario
    from wargame.show.studies.finding import Finding
    from wargame.store.folder import Claim


@dataclass
class Desk:
    """Where one study is carried out; made by `study`.

    Attributes
    ----------
    kind : str
        Of the folder; its document is called so.
    settings : sequence of str
        Changes to the scenario that were asked for.
    workers : int or None
        As asked for; None for as many as pay.
    place : Claim or None
        The folder that is held, if any.
    scenarios : sequence of Scenario
        Whose texts stand in the figures.
    """

    kind: str
    options: Options
    seed: int
    settings: Sequence[str]
    workers: int | None
    started: datetime.datetime
    notes: Notes
    held: ExitStack
    place: Claim | None = None
    scenarios: Sequence[Scenario] = ()

    def load(self, scenario: str, theory: str | None, turns: int | None = None) -> Scenario:
        """Return the scenario as the options change it."""
        from wargame.scenario import loader
        from wargame.scenario.horizon import with_turns

        spec = loader.load(scenario, self.settings, theory)
        if turns is not None:
            spec, dropped = with_turns(spec, turns)
            self.notes.left_out(dropped, turns)
        self.scenarios = (spec,)
        return spec

    def claim(self, name: str, spec: Scenario) -> Claim:
        """Hold the folder: the one that was named, or else results/<name>-<time>-<digest>."""
        from wargame.scenario import canonical
        from wargame.store.folder import claim

        folder = self.options.out or default_folder(name, canonical.digest(spec), self.started)
        holding = claim(folder, self.kind, replace=self.options.force)
        self.place = self.held.enter_context(holding)
        self.notes.put_right(self.place.note)
        return self.place

    @contextmanager
    def simulating(self, histories: int, turns: int) -> Iterator[dict[str, Any]]:
        """Show progress; yield what every study takes: jobs and on_progress."""
        from wargame.engine.ensemble.workers import cores

        if histories > MOST:
            raise UsageError(
                f"{histories:,} histories in all. {MOST:,} is the most that a study plays. Give "
                "fewer."
            )
        if self.options.seed == "random":
            self.notes.say(f"seed {self.seed}")
        with self.notes.progress("simulating") as on_progress:
            jobs = self.workers or cores()
            yield {"jobs": jobs, "on_progress": on_progress}

    def publish(self, finding: Finding) -> None:
        """Save what was found, show it, draw it."""
        from wargame.store.files import as_json
        from wargame.store.manifest import circumstances

        text = as_json(finding.document())
        if self.place is not None:
            about = circumstances(["wargame", *sys.argv[1:]], self.started)
            files = {**finding.texts(), f"{self.kind}.json": text}
            self.place.save(files, {**finding.manifest, **about})
        if self.options.as_json:
            typer.echo(text, nl=False)
        else:
            emit_tables(finding.headline, finding.tables)
        if self.place is not None:
            if self.options.plots and finding.figures:
                self._draw(self.place, finding)
            self.notes.say(f"folder: {self.place.folder}")

    def _draw(self, place: Claim, finding: Finding) -> None:
        with self.notes.drawing("the same command with --force", *self.scenarios):
            from wargame.show.figure.files import draw_all

            place.add(lambda made: draw_all(finding.figures, made / "figures"))


@contextmanager
def study(kind: str, options: Options) -> Iterator[Desk]:
    """Read the options of a study; what the desk holds is let go at the end.

    Parameters
    ----------
    kind : str
        Of its folder: "sweep", "comparison", ...
    """
    with ExitStack() as held:
        yield Desk(
            kind,
            options,
            read_seed(options.seed),
            read_settings(options.params, options.settings, options.drops),
            read_jobs(options.jobs),
            datetime.datetime.now(datetime.UTC),
            Notes(options.quiet),
            held,
        )
