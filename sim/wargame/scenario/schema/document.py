"""The scenario as a whole, and the events of its calendar."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema.actor import Actor, Effect
from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Date,
    Factor,
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


class ForcedAct(Part):
    """An act that happens whatever the actor would choose."""

    actor: ActorId = Field(description="Who.")
    action: Name = Field(description="Which entry of its menu.")


class Event(Part):
    """A scheduled event of the calendar: an inject of the simulation itself."""

    id: Name = Field(description="Unique in the calendar.")
    label: Label | None = Field(None, description="What tables and stories call it.")
    turn: Turns | None = Field(
        None, description="The turn it starts in, 1 is the first. Give this or date."
    )
    date: Date | None = Field(None, description="The day it starts; its turn is worked out.")
    window: Turns = Field(1, description="For how many turns the tempo factor holds.")
    actors: tuple[ActorId, ...] = Field((), description="Whose tempo it touches.")
    tempo_factor: Factor = Field(
        Parameter(value=1.0),
        description="Multiplies their tempo; 1.0 where the claim is contested.",
    )
    effects: tuple[Effect, ...] = Field((), description="What else it changes, at its first turn.")
    act: ForcedAct | None = Field(None, description="An act it forces at its first turn.")
    cite: Cites = Field((), description="Facts or tables it rests on.")
    note: Prose | None = Field(None, description="A remark for readers.")


class Scenario(Part):
    """A whole scenario file."""

    format: Literal[1] = Field(description="Version of the file format; 1.")
    title: Label = Field(description="One line.")
    summary: Prose = Field(description="What it is about, in two sentences.")
    start: Date = Field(description="First day of turn 1.")
    turns: Turns = Field(description="How many turns a history has at most.")
    turn_days: Annotated[Whole, Field(ge=1, le=31)] = Field(7, description="Days in a turn.")
    sources: tuple[Name, ...] = Field((), description="Tables of seeds/ that cites may point to.")
    flags: dict[Name, Truth] = Field({}, description="Flag -> its value at the start.")
    actors: Annotated[dict[ActorId, Actor], Field(min_length=2, max_length=40)] = Field(
        description="Who takes part."
    )
    calendar: tuple[Event, ...] = Field((), description="Scheduled events.")
    world: World = Field(World(), description="Rules that belong to no one actor.")
    variants: Annotated[dict[Name, dict[Path, Plain]], Field(max_length=20)] = Field(
        {}, description="Name -> dotted path -> another value there, to compare with the file's."
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
