"""What does not fit the shape of a scenario, in the project's own sentences.

Every complaint of the validation library becomes: what stands there, the rule, the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from wargame.errors import did_you_mean
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.parameters import Parameter, number_hint
from wargame.scenario.schema.shape import annotation_at, child_of, known_keys, model_at
from wargame.scenario.text.document import Steps
from wargame.scenario.text.scalars import shorten


class Misfit(NamedTuple):
    """Something that does not fit the shape.

    Attributes
    ----------
    steps : Steps
        Where.
    message : str
        What is wrong, the rule, the remedy.
    key : str or None
        When the key itself is at fault: its name, below `steps`.
    """

    steps: Steps
    message: str
    key: str | None = None


def misfits(error: ValidationError, data: Any) -> Iterator[Misfit]:
    """Translate a validation error.

    Parameters
    ----------
    error : ValidationError
        From `Scenario.model_validate`.
    data : dict
        What was validated.

    Yields
    ------
    Misfit
        One for each thing wrong.
    """
    for item in error.errors(include_url=False, include_input=False):
        yield _translate(dict(item), data)


def _locate(loc: tuple[str | int, ...], data: Any) -> tuple[Steps, Any]:
    """Drop from a location what is not in the data: tags of unions, the value of a plain number."""
    steps: list[str | int] = []
    tagged = False
    for step in loc:
        if tagged:  # what follows the index of an effect is its kind
            tagged = False
            continue
        inside = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not inside:
            continue
        steps.append(step)
        data = data[step]
        tagged = len(steps) > 1 and steps[-2] == "effects" and isinstance(step, int)
    return tuple(steps), data


def _translate(item: dict[str, Any], data: Any) -> Misfit:
    kind, context, loc = item["type"], item.get("ctx") or {}, item["loc"]
    steps, value = _locate(loc, data)
    last = loc[-1] if loc else ""
    if kind == "missing":
        return Misfit(steps, _missing(steps, last, data, value))
    if kind == "extra_forbidden":
        known = known_keys(annotation_at(steps[:-1], data), _value_at(steps[:-1], data))
        name = shorten(str(last), 40)
        hint = did_you_mean(name, known)
        listing = ", ".join(known)
        message = f"unknown key '{name}'.{hint} Known keys here: {listing}."
        return Misfit(steps[:-1], message, str(last))
    if last == "[key]":
        message = _WORDINGS.get(kind, _odd)(_Case(str(loc[-2]), context, None, ""))
        return Misfit(steps[:-1], message, str(loc[-2]))
    annotation = annotation_at(steps, data)
    if kind in _OWN:
        return Misfit(steps, str(item["msg"]))
    case = _Case(value, context, annotation, str(steps[-1]) if steps else "")
    return Misfit(steps, _WORDINGS.get(kind, _odd)(case))


def _value_at(steps: Steps, data: Any) -> Any:
    for step in steps:
        data = child_of(data, step)
    return data


class _Case(NamedTuple):
    value: Any
    context: Mapping[str, Any]
    annotation: Any
    name: str


_OWN = {
    "number_type",
    "range_half",
    "range_order",
    "cite_missing",
    "out_of_range",
    "date_value",
    "date_range",
    "blank",
    "plain_value",
}


def _said(value: Any) -> str:
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


def _missing(steps: Steps, name: str | int, data: Any, value: Any) -> str:
    if isinstance(name, int):
        return "an entry is missing. Write two actors: [PRK, ROK]."
    model = model_at(annotation_at(steps, data), value)
    info = model.model_fields.get(name) if model is not None else None
    about = (info.description or "") if info is not None else ""
    about = about[:1].lower() + about[1:]
    return f"the key '{name}' is missing. Add it: {about}".rstrip(": ")


def _text_wanted(case: _Case) -> str:
    if isinstance(case.value, (int, float)):
        said = _said(case.value)
        return f"{said} is not text. Put it in quotes: '{said}'."
    return f"{_said(case.value)} stands where text is wanted. Write the text."


def _pattern(case: _Case) -> str:
    text = str(case.value)
    if "A-Z" in str(case.context.get("pattern", "")):
        near = re.sub(r"[^A-Z0-9]", "", text.upper()).lstrip("0123456789")[:8]
        hint = f" Did you mean '{near}'?" if len(near) > 1 else ""
        rule = "Use 2 to 8 capital letters and digits, a letter first."
        return f"{_said(text)} is not an actor's id.{hint} {rule}"
    near = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_").lstrip("0123456789_")[:48]
    hint = f" Did you mean '{shorten(near)}'?" if near else ""
    rule = "Use small letters, digits and _, a letter first, 48 at most."
    return f"{_said(text)} is not a name.{hint} {rule}"


def _whole_wanted(case: _Case) -> str:
    hint = number_hint(case.value, whole=True)
    if isinstance(case.value, float) and case.value.is_integer() and abs(case.value) < 1e15:
        hint = f" Did you mean {int(case.value)}?"
    return f"{_said(case.value)} is not a whole number.{hint} Write a number such as 3."


def _number_wanted(case: _Case) -> str:
    return f"{_said(case.value)} is not a number.{number_hint(case.value)} Write one such as 0.3."


def _truth_wanted(case: _Case) -> str:
    word = str(case.value).lower()
    hint = ""
    if word in {"yes", "y", "on", "1", "true"}:
        hint = " Did you mean true?"
    elif word in {"no", "n", "off", "0", "false"}:
        hint = " Did you mean false?"
    return f"{_said(case.value)} is neither true nor false.{hint} Write true or false, unquoted."


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


def _out_of_bounds(case: _Case) -> str:
    lowest, highest = _bounds(case.annotation)
    above = "le" in case.context
    if (lowest, highest) == (LOWEST_RUNG, HIGHEST_RUNG):
        end = f"above the ladder's top ({highest})"
        if not above:
            end = f"below the ladder's bottom ({lowest})"
        return f"{case.value} is {end}. Use {lowest}..{highest}."
    return f"{case.value} is too {'large' if above else 'small'}. Use {lowest}..{highest}."


def _choice(case: _Case) -> str:
    if case.name == "format":
        return f"{_said(case.value)} is not a format this program reads. Write format: 1."
    choices = re.findall(r"'([^']*)'", str(case.context.get("expected", "")))
    hint = did_you_mean(shorten(str(case.value)), choices)
    return f"{_said(case.value)} is not one of: {', '.join(choices)}.{hint}"


def _kind_of_effect(case: _Case) -> str:
    choices = re.findall(r"'([^']*)'", str(case.context.get("expected_tags", "")))
    kind = case.value.get("kind") if isinstance(case.value, dict) else None
    hint = did_you_mean(shorten(str(kind)), choices)
    return f"kind {_said(kind)} is not one of: {', '.join(choices)}.{hint}"


def _mapping_wanted(case: _Case) -> str:
    if case.value is None:
        wanted = "a number" if model_at(case.annotation, None) is Parameter else "a mapping"
        return f"nothing is written here; {wanted} is wanted. Write it, or delete the key."
    return f"{_said(case.value)} stands where a mapping is wanted. Write lines of key: value."


def _list_wanted(case: _Case) -> str:
    if isinstance(case.value, (str, int, float)):
        said = shorten(str(case.value))
        return f"{_said(case.value)} is not a list. Write [{said}]."
    return f"{_said(case.value)} stands where a list is wanted. Write entries as - lines."


def _too_few(case: _Case) -> str:
    least, here = case.context["min_length"], case.context["actual_length"]
    return f"{here or 'no'} {_entries(here)} here. At least {least} must be given."


def _too_many(case: _Case) -> str:
    here = len(case.value) if isinstance(case.value, (list, dict)) else "too many"
    return f"{here} entries here. At most {case.context['max_length']} may be given."


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _long_text(case: _Case) -> str:
    most = case.context["max_length"]
    return f"this text has {len(case.value):,} characters. Use {most:,} at most."


def _odd(case: _Case) -> str:
    return f"{_said(case.value)} does not fit here. See the reference of the scenario format."


_WORDINGS: dict[str, Callable[[_Case], str]] = {
    "string_type": _text_wanted,
    "string_too_short": lambda case: "this text is empty. Write something, or delete the key.",
    "string_too_long": _long_text,
    "string_pattern_mismatch": _pattern,
    "int_type": _whole_wanted,
    "int_from_float": _whole_wanted,
    "float_type": _number_wanted,
    "finite_number": _number_wanted,
    "bool_type": _truth_wanted,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
    "literal_error": _choice,
    "union_tag_invalid": _kind_of_effect,
    "union_tag_not_found": lambda case: (
        "the key 'kind' is missing. Add it: tempo, excitation, tension, flag or stock."
    ),
    "model_type": _mapping_wanted,
    "model_attributes_type": _mapping_wanted,
    "dict_type": _mapping_wanted,
    "tuple_type": _list_wanted,
    "list_type": _list_wanted,
    "too_short": _too_few,
    "too_long": _too_many,
}
