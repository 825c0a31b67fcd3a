"""Sentences for values of the right type that the schema does not allow."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic.fields import FieldInfo

from wargame.errors import did_you_mean
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.laws.shape.case import Case, say_value
from wargame.scenario.text.scalars import shorten


def pattern(case: Case) -> str:
    """Say which name or actor's id was probably meant."""
    text = str(case.value)
    if "A-Z" in str(case.context.get("pattern", "")):
        near = re.sub(r"[^A-Z0-9]", "", text.upper()).lstrip("0123456789")[:8]
        hint = f" Did you mean '{near}'?" if len(near) > 1 else ""
        rule = "Use 2 to 8 capital letters and digits, a letter first."
        return f"{say_value(text)} is not an actor's id.{hint} {rule}"
    near = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_").lstrip("0123456789_")[:48]
    hint = f" Did you mean '{shorten(near)}'?" if near else ""
    rule = "Use small letters, digits and _, a letter first, 48 at most."
    return f"{say_value(text)} is not a name.{hint} {rule}"


def _bounds(annotation: Any) -> tuple[Any, Any]:
    """Return the lowest and highest number an annotation allows, None where open."""
    lowest = highest = None
    parts = [annotation]
    while parts:
        part = parts.pop()
        lowest = getattr(part, "ge", lowest) if lowest is None else lowest
        highest = getattr(part, "le", highest) if highest is None else highest
        if isinstance(part, FieldInfo):
            parts.extend(part.metadata)
        else:
            parts.extend(get_args(part))
    return lowest, highest


def out_of_bounds(case: Case) -> str:
    """Say which numbers are allowed."""
    lowest, highest = _bounds(case.annotation)
    above = "le" in case.context
    if (lowest, highest) == (LOWEST_RUNG, HIGHEST_RUNG):
        end = f"above the ladder's top ({highest})"
        if not above:
            end = f"below the ladder's bottom ({lowest})"
        return f"{case.value} is {end}. Use {lowest}..{highest}."
    return f"{case.value} is too {'large' if above else 'small'}. Use {lowest}..{highest}."


def choice(case: Case) -> str:
    """Say which words are allowed."""
    if case.name == "format":
        return f"{say_value(case.value)} is not a format this program reads. Write format: 1."
    choices = re.findall(r"'([^']*)'", str(case.context.get("expected", "")))
    hint = did_you_mean(shorten(str(case.value)), choices)
    return f"{say_value(case.value)} is not one of: {', '.join(choices)}.{hint}"


def kind_of_effect(case: Case) -> str:
    """Say which kinds of effect there are."""
    choices = re.findall(r"'([^']*)'", str(case.context.get("expected_tags", "")))
    kind = case.value.get("kind") if isinstance(case.value, dict) else None
    hint = did_you_mean(shorten(str(kind)), choices)
    return f"kind {say_value(kind)} is not one of: {', '.join(choices)}.{hint}"


def too_few(case: Case) -> str:
    """Say how many entries must be given."""
    least, here = case.context["min_length"], case.context["actual_length"]
    return f"{here or 'no'} {_entries(here)} here. At least {least} must be given."


def too_many(case: Case) -> str:
    """Say how many entries may be given."""
    here = len(case.value) if isinstance(case.value, (list, dict)) else "too many"
    return f"{here} entries here. At most {case.context['max_length']} may be given."


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def long_text(case: Case) -> str:
    """Say how many characters a text may have."""
    most = case.context["max_length"]
    return f"this text has {len(case.value):,} characters. Use {most:,} at most."
