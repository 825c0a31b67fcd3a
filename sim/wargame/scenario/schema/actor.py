"""Actors: what they are like, what they can do, and what it changes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema.action import Action
from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Label,
    Name,
    Part,
    Prose,
    Share,
)


class Stock(Part):
    """Something an actor can run low on, 0 (none) to 1 (full)."""

    start: Share = Field(description="At the start.")
    change: Annotated[Parameter, Between(-1, 1, "share of a full stock per turn")] = Field(
        Parameter(value=0.0), description="Added every turn."
    )
    label: Label | None = Field(None, description="What tables call it.")
    cite: Cites = Field((), description="Facts or tables it rests on.")


class Actor(Part):
    """A state, taken as one decision-maker."""

    name: Label = Field(description="In words.")
    side: Name | None = Field(
        None,
        description="Actors of one side who act together count as one. Absent: a side of its own.",
    )
    tempo: Annotated[Parameter, Between(0, 20, "unprovoked acts per week when calm")] = Field(
        description="How often it opens, unprovoked."
    )
    excitation: Annotated[Parameter, Between(0, 20, "acts per week, per active turn")] = Field(
        Parameter(value=0.0),
        description="Added hazard after a turn in which it did or met an act at rung 2 or above; "
        "after force, deaths or strikes `world.severity` times as much.",
    )
    memory: Annotated[Parameter, Between(0.01, 1000, "weeks")] = Field(
        Parameter(value=5.0), description="e-folding time of excitation."
    )
    reciprocity: Annotated[Parameter, Between(0, 1000, "logits per rung of mismatch")] = Field(
        Parameter(value=2.2), description="How strongly an answer is held to the rung it answers."
    )
    misperception: Annotated[Parameter, Between(0, 10, "rungs, standard deviation")] = Field(
        Parameter(value=0.3), description="How wrongly an act's severity is read."
    )
    restraint: Annotated[Parameter, Between(0, 1000, "logits per rung above the firebreak")] = (
        Field(Parameter(value=3.0), description="Reluctance to answer above the firebreak.")
    )
    audience_cost: Annotated[Parameter, Between(-20, 20, "logits per rung conceded in public")] = (
        Field(Parameter(value=0.0), description="Price of a public answer below what was met.")
    )
    spiral: Annotated[Parameter, Between(-1, 1, "-1 (threat deters) to 1 (threat angers)")] = Field(
        Parameter(value=0.0), description="Whether tension pushes choices up or down."
    )
    goals: dict[Name, Annotated[Parameter, Between(-5, 5, "logits per unit of the goal")]] = Field(
        {}, description="Goal -> weight."
    )
    commitments: dict[ActorId, Share] = Field(
        {}, description="Actor -> how readily this one answers when that one is hit."
    )
    stocks: dict[Name, Stock] = Field({}, description="What it can run low on.")
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=200)] = Field(
        description="Its menu."
    )
    note: Prose | None = Field(None, description="A remark for readers.")
