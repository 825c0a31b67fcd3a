"""A value that does not fit, and how to say what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wargame.scenario.text.scalars import shorten


class Case(NamedTuple):
    """A value, the complaint's context, what its place is annotated with, and its key."""

    value: Any
    context: Mapping[str, Any]
    annotation: Any
    name: str


def say_value(value: Any) -> str:
    """Say what stands there."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{shorten(value)}'" if value else "an empty text"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else str(value)
