"""Events of the calendar: what happens in a given turn, whatever the actors do."""

from __future__ import annotations

from pydantic import Field

from wargame.scenario.parameters import Parameter
from wargame.scenario.schema.effects import Effect
from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Date,
    Factor,
    Label,
    Name,
    Part,
    Prose,
    Turns,
)


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
