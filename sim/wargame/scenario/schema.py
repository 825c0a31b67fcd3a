"""What a scenario says: frozen models with units, ranges and sources; no behaviour.

The reference page of the file format and the JSON Schema for editors are both
generated from the descriptions in this module. Rules that need the whole
document (a target that does not exist, a cite that does not resolve) are in
`wargame.scenario.laws.checks`.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wargame.scenario.ladder import DISPLAY, ENCROACHMENT, HIGHEST_RUNG, LETHAL, LOWEST_RUNG
from wargame.scenario.parameters import Between, Cite, Parameter

DOMAINS = (
    "rhetoric",
    "exercise",
    "missile",
    "nuclear",
    "maritime",
    "ground",
    "arms_transfer",
    "economic",
    "diplomacy",
)


def _read_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError(
                "date_value",
                "'{value}' is not a date. Write year-month-day, for example 2024-03-25.",
                {"value": value},
            ) from error
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise PydanticCustomError(
        "date_value",
        "{value} is not a date. Write year-month-day, for example 2024-03-25.",
        {"value": repr(value)},
    )


def _read_plain(value: Any) -> Any:
    if isinstance(value, (bool, int, float, str)):
        return value
    raise PydanticCustomError(
        "plain_value",
        "{value} is no plain value. Write a number, true, false or a word; a part of a variant "
        "that is a list or mapping is named value by value.",
        {"value": "nothing" if value is None else "a list or mapping"},
    )


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


ActorId = Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
Name = Annotated[str, Strict(), StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Label = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=120)]
Prose = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=8000)]
Whole = Annotated[int, Strict()]
Truth = Annotated[bool, Strict()]
Date = Annotated[datetime.date, BeforeValidator(_read_date)]
Cites = Annotated[tuple[Cite, ...], BeforeValidator(_one_or_many)]
Rung = Annotated[Whole, Field(ge=LOWEST_RUNG, le=HIGHEST_RUNG)]
Turns = Annotated[Whole, Field(ge=1, le=10_000)]

Path = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=200)]
Plain = Annotated[bool | int | float | str, BeforeValidator(_read_plain)]

Probability = Annotated[Parameter, Between(0, 1, "probability")]
Share = Annotated[Parameter, Between(0, 1, "share, 0 to 1")]
Logit = Annotated[Parameter, Between(-20, 20, "logits")]
Factor = Annotated[Parameter, Between(0, 20, "factor on tempo")]


class _Part(BaseModel):
    """A part of a scenario: unknown keys are refused, nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TempoEffect(_Part):
    """For some turns an actor acts more, or less, often."""

    kind: Literal["tempo"]
    actor: ActorId = Field(description="Whose tempo.")
    factor: Factor = Field(description="Multiplies the tempo.")
    turns: Turns = Field(description="For how many turns, from the next one on.")


class ExcitationEffect(_Part):
    """An actor's excitation rises or falls."""

    kind: Literal["excitation"]
    actor: ActorId = Field(description="Whose excitation.")
    amount: Annotated[Parameter, Between(-5, 5, "acts per week")] = Field(
        description="Added; the sum stays at or above 0."
    )


class TensionEffect(_Part):
    """Tension between two actors rises or falls, both ways."""

    kind: Literal["tension"]
    between: tuple[ActorId, ActorId] = Field(description="The two actors.")
    amount: Annotated[Parameter, Between(-1, 1, "tension, 0 to 1")] = Field(
        description="Added; the sum stays within 0..1."
    )


class FlagEffect(_Part):
    """A flag is set or cleared."""

    kind: Literal["flag"]
    flag: Name = Field(description="A flag named under `flags`.")
    value: Truth = Field(description="true sets it, false clears it.")


class StockEffect(_Part):
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


class Requires(_Part):
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


class Slip(_Part):
    """The chance that an act goes further (or less far) than was meant."""

    probability: Probability = Field(description="Chance for each act.")
    rung: Rung = Field(description="The rung that is then realised.")


class Action(_Part):
    """An entry of an actor's menu."""

    id: Name = Field(description="Unique in the menu.")
    label: Label = Field(description="What tables, figures and stories call it.")
    rung: Rung = Field(
        description="Severity, -2 (binding de-escalation) to 9 (nuclear or CBRN use)."
    )
    targets: Annotated[tuple[ActorId, ...], Field(min_length=1)] = Field(
        description="Whom it is aimed at; an act hits all of them at once."
    )
    domain: Literal[
        "rhetoric",
        "exercise",
        "missile",
        "nuclear",
        "maritime",
        "ground",
        "arms_transfer",
        "economic",
        "diplomacy",
    ] = Field(description="The field it belongs to.")
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


class Stock(_Part):
    """Something an actor can run low on, 0 (none) to 1 (full)."""

    start: Share = Field(description="At the start.")
    change: Annotated[Parameter, Between(-1, 1, "share of a full stock per turn")] = Field(
        Parameter(value=0.0), description="Added every turn."
    )
    label: Label | None = Field(None, description="What tables call it.")
    cite: Cites = Field((), description="Facts or tables it rests on.")


class Actor(_Part):
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
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=60)] = Field(
        description="Its menu."
    )
    note: Prose | None = Field(None, description="A remark for readers.")


class ForcedAct(_Part):
    """An act that happens whatever the actor would choose."""

    actor: ActorId = Field(description="Who.")
    action: Name = Field(description="Which entry of its menu.")


class Event(_Part):
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


class ReplyChance(_Part):
    """Chance of answering an act aimed at oneself, by its perceived rung."""

    conciliatory: Probability = Field(Parameter(value=0.6), description="Below rung 0.")
    low: Probability = Field(Parameter(value=0.42), description="Rung 0 to 3.")
    encroachment: Probability = Field(Parameter(value=0.75), description="Rung 4.")
    force: Probability = Field(Parameter(value=0.9), description="Rung 5 and above.")


class Chain(_Part):
    """How reaction chains run."""

    damping: Probability = Field(
        Parameter(value=0.35), description="Factor on the chance to answer from the second link on."
    )
    longest: Annotated[Whole, Field(ge=0, le=12)] = Field(
        4, description="Links of a chain after the opening act."
    )


class Tension(_Part):
    """How the tension one actor feels from another builds and fades."""

    decay: Share = Field(Parameter(value=0.66), description="Share left after a week.")
    gain: Annotated[Parameter, Between(0, 9, "tension per full ladder")] = Field(
        Parameter(value=0.6), description="Added for an act at rung 9; in proportion below."
    )


class Crisis(_Part):
    """When a crisis opens, what keeps it alive, when it fades."""

    opens_at: Rung = Field(ENCROACHMENT, description="A realised rung this high opens one.")
    sustained_by: Rung = Field(
        DISPLAY, description="An act this high between its parties keeps it alive."
    )
    quiet_turns: Turns = Field(8, description="It fades after this many turns without one.")
    tempo_factor: Factor = Field(
        Parameter(value=1.0), description="Its parties' tempo while it is open."
    )


class Agreement(_Part):
    """What a binding de-escalation that was accepted does."""

    tempo_factor: Factor = Field(
        Parameter(value=0.7), description="Tempo of both parties while it is in force."
    )
    turns: Turns = Field(26, description="How long it is in force.")
    broken_by: Rung = Field(
        ENCROACHMENT, description="An act this high between its parties ends it."
    )


class World(_Part):
    """Rules that belong to no one actor."""

    reply: ReplyChance = Field(ReplyChance(), description="Chance of answering, by perceived rung.")
    chain: Chain = Field(Chain(), description="How reaction chains run.")
    firebreak: Rung = Field(LETHAL, description="Restraint counts from here upward.")
    war_from_strikes: Probability = Field(
        Parameter(value=0.4, low=0.15, high=0.7, source="data", cite="record.war_given_serious"),
        description="Chance that a turn of major strikes (rung 7) becomes war (rung 8).",
    )
    tension: Tension = Field(Tension(), description="How tension builds and fades.")
    crisis: Crisis = Field(Crisis(), description="When a crisis opens and ends.")
    agreement: Agreement = Field(
        Agreement(), description="What an accepted binding de-escalation does."
    )
    nuclear: Truth = Field(False, description="Whether rung 9 may appear at all.")


class Role(_Part):
    """What the people who play an actor are told."""

    public: Prose = Field(description="For everybody.")
    confidential: Prose = Field(description="For this role only.")


class Inject(_Part):
    """A card the facilitator hands out."""

    id: Name = Field(description="Unique among the cards.")
    turn: Turns = Field(description="When.")
    audience: Annotated[tuple[ActorId, ...], BeforeValidator(_one_or_many)] = Field(
        (), description="Who gets it; none means all."
    )
    text: Prose = Field(description="What it says.")
    cite: Cites = Field((), description="Facts or tables it rests on.")


class Claim(_Part):
    """Something disputed that a lesson holds both ways: as the scenario is, and as if it held."""

    says: Prose = Field(description="The claim, as a sentence of those who make it.")
    variant: Name = Field(description="The declared variant in which it holds.")
    evidence: Prose = Field(description="What research and the record say for and against it.")
    cite: Cites = Field((), description="Works or numbers of the record it rests on.")


class Question(_Part):
    """A question for the debrief. Its text alone may stand in its place."""

    ask: Prose = Field(description="The question.")
    look_for: Prose | None = Field(None, description="What a good answer has, for the answer key.")

    @model_validator(mode="before")
    @classmethod
    def _accept_text(cls, value: Any) -> Any:
        return {"ask": value} if isinstance(value, str) else value


class Teaching(_Part):
    """What a lesson needs."""

    objectives: tuple[Prose, ...] = Field((), description="What students can do afterwards.")
    roles: dict[ActorId, Role] = Field({}, description="Actor -> its role sheet.")
    injects: tuple[Inject, ...] = Field((), description="Cards.")
    questions: tuple[Question, ...] = Field((), description="For the debrief.")
    claims: tuple[Claim, ...] = Field((), description="Disputed, and held both ways.")


class Scenario(_Part):
    """A whole scenario file."""

    format: Literal[1] = Field(description="Version of the file format; 1.")
    title: Label = Field(description="One line.")
    summary: Prose = Field(description="What it is about, in two sentences.")
    start: Date = Field(description="First day of turn 1.")
    turns: Turns = Field(description="How many turns a history has at most.")
    turn_days: Annotated[Whole, Field(ge=1, le=31)] = Field(7, description="Days in a turn.")
    sources: tuple[Name, ...] = Field((), description="Tables of seeds/ that cites may point to.")
    flags: dict[Name, Truth] = Field({}, description="Flag -> its value at the start.")
    actors: Annotated[dict[ActorId, Actor], Field(min_length=2, max_length=12)] = Field(
        description="Who takes part."
    )
    calendar: tuple[Event, ...] = Field((), description="Scheduled events.")
    world: World = Field(World(), description="Rules that belong to no one actor.")
    variants: Annotated[dict[Name, dict[Path, Plain]], Field(max_length=20)] = Field(
        {}, description="Name -> dotted path -> another value there, to compare with the file's."
    )
    teaching: Teaching | None = Field(None, description="What a lesson needs.")

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
