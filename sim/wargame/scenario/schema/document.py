"""The scenario as a whole, and the events of its calendar."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from wargame.scenario.schema.actor import Actor
from wargame.scenario.schema.calendar import Event
from wargame.scenario.schema.fields import (
    ActorId,
    Date,
    Label,
    Name,
    Part,
    Path,
    Plain,
    Prose,
    Truth,
    Turns,
    Whole,
)
from wargame.scenario.schema.teaching import Teaching
from wargame.scenario.schema.world import World


class Scenario(Part):
    """A whole scenario file."""

    format: Literal[1] = Field(description="Version of the file format; 1.")
    title: Label = Field(description="One line.")
    summary: Prose = Field(description="What it is about, in two sentences.")
    start: Date = Field(description="First day of turn 1.")
    turns: Turns = Field(description="How many turns a history has at most.")
    turn_days: Annotated[Whole, Field(ge=1, le=31)] = Field(7, description="Days in a turn.")
    sources: tuple[Name, ...] = Field((), description="Tables of seeds/ that cites may point to.")
    use: tuple[Path, ...] = Field(
        (), description="Menus: files of actors and actions; what is not said here is taken there."
    )
    flags: dict[Name, Truth] = Field({}, description="Flag -> its value at the start.")
    actors: Annotated[dict[ActorId, Actor], Field(min_length=2, max_length=40)] = Field(
        description="Who takes part."
    )
    calendar: tuple[Event, ...] = Field((), description="Scheduled events.")
    world: World = Field(World(), description="Rules that belong to no one actor.")
    variants: Annotated[dict[Name, dict[Path, Plain]], Field(max_length=20)] = Field(
        {},
        description="Name -> dotted path -> another value there, to compare with the file's; "
        "`drop` -> actions to leave out, as ACTOR.action, parted by blanks.",
    )
    teaching: Teaching | None = Field(None, description="What a lesson needs.")

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of the actors, sorted: the meaning of an actor's index."""
        return tuple(sorted(self.actors))

    def turn_of(self, event: Event) -> int:
        """Return the turn an event starts in, 1 for the first.

        Parameters
        ----------
        event : Event
            With a turn or a date.

        Returns
        -------
        int
            May lie outside 1..turns when the date does; the loader refuses that.
        """
        if event.turn is not None:
            return event.turn
        assert event.date is not None  # held by wargame.scenario.laws.checks
        return (event.date - self.start).days // self.turn_days + 1

    def date_of(self, turn: int) -> datetime.date:
        """Return the first day of a turn.

        Parameters
        ----------
        turn : int
            1 is the first.
        """
        return self.start + datetime.timedelta(days=(turn - 1) * self.turn_days)
