"""What an action changes: tempo, excitation, tension, flags and stocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema.fields import (
    ActorId,
    Factor,
    Name,
    Part,
    Truth,
    Turns,
)


class TempoEffect(Part):
    """For some turns an actor acts more, or less, often."""

    kind: Literal["tempo"]
    actor: ActorId = Field(description="Whose tempo.")
    factor: Factor = Field(description="Multiplies the tempo.")
    turns: Turns = Field(description="For how many turns, from the next one on.")


class ExcitationEffect(Part):
    """An actor's excitation rises or falls."""

    kind: Literal["excitation"]
    actor: ActorId = Field(description="Whose excitation.")
    amount: Annotated[Parameter, Between(-5, 5, "acts per week")] = Field(
        description="Added; the sum stays at or above 0."
    )


class TensionEffect(Part):
    """Tension between two actors rises or falls, both ways."""

    kind: Literal["tension"]
    between: tuple[ActorId, ActorId] = Field(description="The two actors.")
    amount: Annotated[Parameter, Between(-1, 1, "tension, 0 to 1")] = Field(
        description="Added; the sum stays within 0..1."
    )


class FlagEffect(Part):
    """A flag is set or cleared."""

    kind: Literal["flag"]
    flag: Name = Field(description="A flag named under `flags`.")
    value: Truth = Field(description="true sets it, false clears it.")


class StockEffect(Part):
    """A stock is spent or filled."""

    kind: Literal["stock"]
    actor: ActorId = Field(description="Whose stock.")
    stock: Name = Field(description="A stock of that actor.")
    amount: Annotated[Parameter, Between(-1, 1, "share of a full stock")] = Field(
        description="Added; the sum stays within 0..1."
    )


Effect = Annotated[
    TempoEffect | ExcitationEffect | TensionEffect | FlagEffect | StockEffect,
    Field(discriminator="kind"),
]
