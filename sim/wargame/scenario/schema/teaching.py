"""What a lesson says: roles, cards, claims and questions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Name,
    Part,
    Prose,
    Turns,
    one_or_many,
)


class Role(Part):
    """What the people who play an actor are told."""

    public: Prose = Field(description="For everybody.")
    confidential: Prose = Field(description="For this role only.")


class Inject(Part):
    """A card the facilitator hands out."""

    id: Name = Field(description="Unique among the cards.")
    turn: Turns = Field(description="When.")
    audience: Annotated[tuple[ActorId, ...], BeforeValidator(one_or_many)] = Field(
        (), description="Who gets it; none means all."
    )
    text: Prose = Field(description="What it says.")
    cite: Cites = Field((), description="Facts or tables it rests on.")


class Claim(Part):
    """Something disputed that a lesson holds both ways: as the scenario is, and as if it held."""

    says: Prose = Field(description="The claim, as a sentence of those who make it.")
    variant: Name = Field(description="The declared variant in which it holds.")
    evidence: Prose = Field(description="What research and the record say for and against it.")
    cite: Cites = Field((), description="Works or numbers of the record it rests on.")


class Question(Part):
    """A question for the debrief. Its text alone may stand in its place."""

    ask: Prose = Field(description="The question.")
    look_for: Prose | None = Field(None, description="What a good answer has, for the answer key.")

    @model_validator(mode="before")
    @classmethod
    def _accept_text(cls, value: Any) -> Any:
        return {"ask": value} if isinstance(value, str) else value


class Teaching(Part):
    """What a lesson needs."""

    objectives: tuple[Prose, ...] = Field((), description="What students can do afterwards.")
    roles: dict[ActorId, Role] = Field({}, description="Actor -> its role sheet.")
    injects: tuple[Inject, ...] = Field((), description="Cards.")
    questions: tuple[Question, ...] = Field((), description="For the debrief.")
    claims: tuple[Claim, ...] = Field((), description="Disputed, and held both ways.")
