"""Actors: what they are like, what they can do, and what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from pydantic import Field

from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Factor,
    Label,
    Logit,
    Name,
    Part,
    Probability,
    Prose,
    Rung,
    Share,
    Truth,
    Turns,
    Whole,
)

Domain = Literal[
    "rhetoric",
    "exercise",
    "missile",
    "nuclear",
    "maritime",
    "ground",
    "arms_transfer",
    "economic",
    "diplomacy",
]
DOMAINS: tuple[str, ...] = get_args(Domain)


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


class Requires(Part):
    """What must hold for an action to be on offer. All that is said must hold."""

    flags: dict[Name, Truth] = Field({}, description="Flag -> the value it must have.")
    tension_least: Share | None = Field(
        None, description="The strongest tension the actor feels must be at least this."
    )
    tension_most: Share | None = Field(None, description="... and at most this.")
    stocks: dict[Name, Share] = Field({}, description="Own stock -> the least that must be left.")
    agreement: Literal["in_force", "absent"] | None = Field(
        None,
        description="Whether an agreement with one of its targets must be in force, or with none.",
    )


class Slip(Part):
    """The chance that an act goes further (or less far) than was meant."""

    probability: Probability = Field(description="Chance for each act.")
    rung: Rung = Field(description="The rung that is then realised.")


class Action(Part):
    """An entry of an actor's menu."""

    id: Name = Field(description="Unique in the menu.")
    label: Label = Field(description="What tables, figures and stories call it.")
    rung: Rung = Field(
        description="Severity, -2 (binding de-escalation) to 9 (nuclear or CBRN use)."
    )
    targets: Annotated[tuple[ActorId, ...], Field(min_length=1)] = Field(
        description="Whom it is aimed at; an act hits all of them at once."
    )
    domain: Domain = Field(description="The field it belongs to.")
    public: Share = Field(
        Parameter(value=1.0), description="How publicly it is done; audience costs grow with it."
    )
    initiative: Logit | None = Field(
        None, description="Log-odds among the actor's opening acts. Absent: never opens with it."
    )
    reply: Logit | None = Field(
        Parameter(value=0.0), description="Log-odds bias as an answer. null: never an answer."
    )
    gains: dict[Name, Annotated[Parameter, Between(-5, 5, "amount of the goal")]] = Field(
        {}, description="Goal -> how much it serves it."
    )
    cost: Annotated[Parameter, Between(-20, 20, "logits")] = Field(
        Parameter(value=0.0), description="What it costs the actor, taken off its log-odds."
    )
    requires: Requires | None = Field(None, description="What must hold for it to be on offer.")
    cooldown: Annotated[Whole, Field(ge=0, le=10_000)] = Field(
        0, description="Turns before it can be done again."
    )
    limit: Annotated[Whole, Field(ge=1, le=10_000)] | None = Field(
        None, description="How often in one history."
    )
    slip: Slip | None = Field(None, description="The chance that it goes further than was meant.")
    effects: tuple[Effect, ...] = Field(
        (), description="What changes when it is done, at the end of the turn."
    )
    cite: Cites = Field((), description="Facts or tables it rests on; none means judgement.")
    note: Prose | None = Field(None, description="A remark for readers.")


def menu_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return actions as every menu lists them and the engine counts them: by rung, then id."""
    return tuple(sorted(actions, key=lambda action: (action.rung, action.id)))


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
        description="Added hazard after a turn in which it did or met an act at rung 2 or above.",
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
