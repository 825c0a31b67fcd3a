"""Actions: the entries of an actor's menu, and what each needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import AfterValidator, Field, Strict, create_model
from pydantic_core import PydanticCustomError

from wargame.scenario.conditions.grammar import ConditionError, read_condition
from wargame.scenario.conditions.tree import Tree
from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema.effects import Effect
from wargame.scenario.schema.fields import (
    ActorId,
    Cites,
    Label,
    Logit,
    Name,
    Part,
    Probability,
    Prose,
    Rung,
    Share,
    Truth,
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


def _read(text: str) -> str:
    try:
        read_condition(text)
    except ConditionError as error:
        context = {"said": str(error), "faults": error.faults}
        raise PydanticCustomError("condition", "{said}", context) from error
    return text


Condition = Annotated[str, Strict(), AfterValidator(_read)]


if TYPE_CHECKING:

    class Conditional(Part):
        """What can wait for a condition."""

else:  # `if` is a key of scenario files, and a word of Python
    Conditional = create_model(
        "Conditional",
        __base__=Part,
        **{
            "if": (
                Condition | None,
                Field(
                    None,
                    description="What must hold for it to be on offer: see Conditions below.",
                ),
            )
        },
    )


class Slip(Part):
    """One way in which an act goes further, or less far, than was meant."""

    to: Rung = Field(description="The rung that is then realised.")
    chance: Probability = Field(description="For each act; those of an action add up to 1 at most.")


MOST_SLIPS = 4
"""In so many ways an action can slip."""


class Action(Conditional):
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
    cooldown: Annotated[Whole, Field(ge=0, le=10_000)] = Field(
        0, description="Turns before it can be done again."
    )
    limit: Annotated[Whole, Field(ge=1, le=10_000)] | None = Field(
        None, description="How often in one history."
    )
    slip: Annotated[tuple[Slip, ...], Field(max_length=MOST_SLIPS)] = Field(
        (), description="The chances that it goes further, or less far, than was meant."
    )
    effects: tuple[Effect, ...] = Field(
        (), description="What changes when it is done, at the end of the turn."
    )
    keep: Truth = Field(False, description="Whether the short menus of lessons always have it.")
    cite: Cites = Field((), description="Facts or tables it rests on; none means judgement.")
    note: Prose | None = Field(None, description="A remark for readers.")

    @property
    def condition(self) -> Tree | None:
        """What must hold for it to be on offer; None for nothing."""
        text: str | None = getattr(self, "if")
        return None if text is None else read_condition(text)


def menu_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return actions as every menu lists them and the engine counts them: by rung, then id."""
    return tuple(sorted(actions, key=lambda action: (action.rung, action.id)))
