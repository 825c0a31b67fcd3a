"""Dotted paths into a scenario's data: cut into words, and followed word by word."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from wargame.errors import UnknownName, UsageError
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema.shape import below, known_keys, model_at
from wargame.scenario.text.places import Steps, spell

_STEP = re.compile(r"([A-Za-z0-9_]+)|\[([0-9]{1,6})\]")


_REFERRING = {"commitments", "gains", "roles"}  # keys declared elsewhere: checked with the whole


def split(path: str) -> list[str | int]:
    """Return the keys and indices of a path, or nothing when it is none."""
    words: list[str | int] = []
    at = 0
    while at < len(path):
        if words and path[at] == ".":
            at += 1
        match = _STEP.match(path, at)
        if match is None:
            return []
        words.append(match[1] if match[2] is None else int(match[2]))
        at = match.end()
    return words


def resolve(word: str | int, at: Any, annotation: Any, steps: Steps, last: bool) -> str | int:
    """Return the step a word stands for, or say what could stand there."""
    where = f"key of {spell(steps)}" if steps else "key"
    if isinstance(at, list):
        ids = [item.get("id") for item in at if isinstance(item, dict)]
        named = [name for name in ids if isinstance(name, str)]
        if isinstance(word, int) and word < len(at):
            return word
        if word in named:
            return next(
                index
                for index, item in enumerate(at)
                if isinstance(item, dict) and item.get("id") == word
            )
        known = named or [f"[{index}]" for index in range(len(at))]
        raise UnknownName(f"entry of {spell(steps)}", str(word), known)
    if isinstance(at, dict) and isinstance(word, str):
        if word in at or (model_at(annotation, at) and below(annotation, word, at) is not None):
            return word
        if last and steps and steps[-1] in _REFERRING:
            return word
        raise UnknownName(where, word, known_keys(annotation, at))
    if isinstance(at, dict):
        raise UnknownName(where, f"[{word}]", known_keys(annotation, at))
    raise UsageError(f"{spell(steps)} is a single value; nothing stands below it. Set it itself.")


def descend(at: Any, step: str | int, under: Any, annotation: Any) -> Any:
    """Return what stands at a step, written out when the file leaves it to a default."""
    found = at.get(step) if isinstance(at, dict) else at[step]
    model = model_at(under, found)
    if found is None and model is not None:
        owner = model_at(annotation, at)
        info = owner.model_fields.get(str(step)) if owner is not None else None
        default = info.default if info is not None else None
        kept = {"value", "low", "high"}  # what is changed rests on the default's source no more
        found = {}
        if isinstance(default, Parameter):
            found = default.model_dump(include=kept)
    elif found is None:
        found = [] if _is_list(under) else {}
    if model is not None and issubclass(model, Parameter) and not isinstance(found, dict):
        found = {"value": found}
    at[step] = found
    return found


def _is_list(annotation: Any) -> bool:
    return below(annotation, 0, None) is not None and not _is_model(annotation)


def _is_model(annotation: Any) -> bool:
    model = model_at(annotation, None)
    return model is not None and issubclass(model, BaseModel)
