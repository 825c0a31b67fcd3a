"""What does not fit the shape of a scenario, in the project's own sentences.

Every complaint of the validation library becomes: what stands there, the rule, the remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from wargame.errors import did_you_mean
from wargame.scenario.laws.shape.case import Case
from wargame.scenario.laws.shape.wordings import WORDINGS, odd
from wargame.scenario.schema.shape import annotation_at, child_of, known_keys, model_at
from wargame.scenario.text.places import Steps
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
    offset : int
        How far into the text that stands there, in characters.
    """

    steps: Steps
    message: str
    key: str | None = None
    offset: int = 0


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
        if item["type"] == "condition":
            steps, _ = _locate(item["loc"], data)
            for offset, message in item["ctx"]["faults"]:
                yield Misfit(steps, message, offset=offset)
        else:
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
        message = WORDINGS.get(kind, odd)(Case(str(loc[-2]), context, None, ""))
        return Misfit(steps[:-1], message, str(loc[-2]))
    annotation = annotation_at(steps, data)
    if kind in _OWN:
        return Misfit(steps, str(item["msg"]))
    case = Case(value, context, annotation, str(steps[-1]) if steps else "")
    return Misfit(steps, WORDINGS.get(kind, odd)(case))


def _value_at(steps: Steps, data: Any) -> Any:
    for step in steps:
        data = child_of(data, step)
    return data


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


def _missing(steps: Steps, name: str | int, data: Any, value: Any) -> str:
    if isinstance(name, int):
        return "an entry is missing. Write two actors: [PRK, ROK]."
    model = model_at(annotation_at(steps, data), value)
    info = model.model_fields.get(name) if model is not None else None
    about = (info.description or "") if info is not None else ""
    about = about[:1].lower() + about[1:]
    return f"the key '{name}' is missing. Add it: {about}".rstrip(": ")
