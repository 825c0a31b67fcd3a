"""The kinds of values that stand in a scenario file, each with its own check."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.parameters import Between, Cite, Parameter

YEARS = (1900, 2200)
"""First and last year of a date: calendars differ before, and what lies after is no scenario."""


def _read_date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError(
                "date_value",
                "'{value}' is not a date. Write year-month-day, for example 2024-03-25.",
                {"value": value},
            ) from error
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return _within(value)
    raise PydanticCustomError(
        "date_value",
        "{value} is not a date. Write year-month-day, for example 2024-03-25.",
        {"value": repr(value)},
    )


def _within(day: datetime.date) -> datetime.date:
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise PydanticCustomError(
            "date_range",
            "{day} is outside the years {first} to {last}. Write a date within them.",
            {"day": day.isoformat(), "first": YEARS[0], "last": YEARS[1]},
        )
    return day


def _read_text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError(
            "blank", "this text is blank. Write something that can be seen, or delete the key."
        )
    return value


def _read_plain(value: Any) -> Any:
    if isinstance(value, (bool, int, float, str)):
        return value
    raise PydanticCustomError(
        "plain_value",
        "{value} is no plain value. Write a number, true, false or a word; a part of a variant "
        "that is a list or mapping is named value by value.",
        {"value": "nothing" if value is None else "a list or mapping"},
    )


def one_or_many(value: Any) -> Any:
    """Take a text that stands alone as a list of one."""
    return [value] if isinstance(value, str) else value


ActorId = Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
Name = Annotated[str, Strict(), StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Label = Annotated[
    str, Strict(), StringConstraints(min_length=1, max_length=120), AfterValidator(_read_text)
]
Prose = Annotated[
    str, Strict(), StringConstraints(min_length=1, max_length=8000), AfterValidator(_read_text)
]
Whole = Annotated[int, Strict()]
Truth = Annotated[bool, Strict()]
Date = Annotated[datetime.date, BeforeValidator(_read_date)]
Cites = Annotated[tuple[Cite, ...], BeforeValidator(one_or_many)]
Rung = Annotated[Whole, Field(ge=LOWEST_RUNG, le=HIGHEST_RUNG)]
Turns = Annotated[Whole, Field(ge=1, le=10_000)]

Path = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=200)]
Plain = Annotated[bool | int | float | str, BeforeValidator(_read_plain)]

Probability = Annotated[Parameter, Between(0, 1, "probability")]
Share = Annotated[Parameter, Between(0, 1, "share, 0 to 1")]
Logit = Annotated[Parameter, Between(-20, 20, "logits")]
Factor = Annotated[Parameter, Between(0, 20, "factor on tempo")]


class Part(BaseModel):
    """A part of a scenario: unknown keys are refused, nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
