"""Theories: named, cited sets of changes that any scenario can take.

A theory is a small file of its own. Its paths may name numbers that a scenario does not
have; those are passed over. A path names keys with dots and may use ``*`` for any one key
and ``[*]`` for any index: ``actors.*.spiral``, ``actors.*.actions.*.effects[*].factor``.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

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

from wargame.errors import did_you_mean
from wargame.scenario.library import SOURCES, keys_of
from wargame.scenario.parameters import Number, Parameter
from wargame.scenario.schema import Cites, Label, Name, Prose

_OPERATIONS = ("set", "multiply", "add")


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Word = Annotated[str, Strict(), StringConstraints(min_length=1, max_length=120)]
_Words = Annotated[tuple[_Word, ...], BeforeValidator(_one_or_many)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Where(_Part):
    """Which of the numbers on a path are meant. All that is said must hold."""

    id: _Words = Field((), description="The action or event it belongs to is one of these.")
    domain: _Words = Field((), description="The action it belongs to is of one of these domains.")
    kind: _Words = Field((), description="The effect it belongs to is of one of these kinds.")
    actor: _Words = Field(
        (), description="The effect, or else the event, it belongs to touches one of these actors."
    )
    cite: _Words = Field((), description="The number itself cites one of these.")


class Change(_Part):
    """What a theory does to some numbers, and why."""

    path: Annotated[str, Strict(), StringConstraints(pattern=r"^[A-Za-z0-9_.*\[\]]{1,200}$")] = (
        Field(description="Dotted; * stands for any one key, [*] for any index.")
    )
    where: Where = Field(Where(), description="Which of the numbers on the path.")
    set: Number | None = Field(None, description="The new value; a declared range is dropped.")
    multiply: Number | None = Field(None, description="Multiplies value and range.")
    add: Number | None = Field(None, description="Added to value and range.")
    why: Prose = Field(description="What the theory says that this expresses.")

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        given = [name for name in _OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError(
                "one_operation",
                "{given} given. Give exactly one of set, multiply, add.",
                {"given": f"{' and '.join(given)} are" if given else "no operation is"},
            )
        return self

    @property
    def operation(self) -> str:
        """What it does, for example "multiply by 0.3"."""
        if self.set is not None:
            return f"set to {self.set:g}"
        return f"multiply by {self.multiply:g}" if self.add is None else f"add {self.add:g}"

    def apply(self, number: Parameter) -> Parameter:
        """Return the number after the change, source and cite as they were.

        Parameters
        ----------
        number : Parameter
            Before. The result is not held to the lawful range of its place.
        """
        if self.set is not None:
            return number.model_copy(update={"value": self.set, "low": None, "high": None})
        ends = [number.value] if number.low is None else [number.low, number.value, number.high]
        moved = sorted(
            end * self.multiply if self.add is None else end + self.add  # type: ignore[operator]
            for end in ends
        )
        value = moved[len(moved) // 2]
        if number.low is None:
            return number.model_copy(update={"value": value})
        return number.model_copy(update={"value": value, "low": moved[0], "high": moved[-1]})


class Theory(_Part):
    """A theory file."""

    name: Name = Field(description="What it is called by; the file's name.")
    title: Label = Field(description="What it says, in one line.")
    argument: Prose = Field(description="Whose argument it is, in our words.")
    cites: Cites = Field((), description="The works it rests on, such as literature.jervis1976.")
    changes: tuple[Change, ...] = Field(description="What it moves; [] moves nothing.")

    @model_validator(mode="after")
    def _check_cites(self) -> Self:
        for cite in self.cites:
            source, _, key = cite.partition(".")
            known = keys_of(source) if source in SOURCES else frozenset(SOURCES)
            if source not in SOURCES or key not in known:
                raise PydanticCustomError(
                    "cite",
                    "cites: '{cite}' does not resolve.{hint} Write literature.key.",
                    {"cite": cite, "hint": did_you_mean(key, known)},
                )
        if self.changes and not self.cites:
            raise PydanticCustomError(
                "cites_missing", "nothing is cited. Say under cites: whose argument it is.", {}
            )
        return self
