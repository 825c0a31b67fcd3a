"""Changing single values of a scenario's data: ``actors.PRK.tempo=0.05``.

A path names keys with dots. Actions, events and cards are named by their id, other
list entries by index: ``actors.PRK.actions.tank_drill.effects[0].factor``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from wargame.errors import UnknownName, UsageError
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario
from wargame.scenario.schema.shape import below, known_keys, model_at
from wargame.scenario.text.document import Steps, spell
from wargame.scenario.text.reader import read_value
from wargame.scenario.text.scalars import shorten

_STEP = re.compile(r"([A-Za-z0-9_]+)|\[([0-9]{1,6})\]")
_REFERRING = {"commitments", "gains", "roles"}  # keys declared elsewhere: checked with the whole


class Setting(str):
    """A setting ``path=value`` that knows where it was written; plain text comes from the call.

    Attributes
    ----------
    path_place, place : str
        Of its path and of its value, for messages.
    """

    path_place: str
    place: str

    def __new__(cls, text: str, path_place: str, place: str) -> Setting:
        """Return the text, with its places."""
        setting = super().__new__(cls, text)
        setting.path_place, setting.place = path_place, place
        return setting


def place_of(setting: str) -> str:
    """Return where a setting was written, for messages."""
    return setting.place if isinstance(setting, Setting) else f"«settings» {shorten(setting)}"


def apply_overrides(data: dict[str, Any], settings: Sequence[str]) -> dict[str, Any]:
    """Return a copy of a scenario's data with some values changed.

    Parameters
    ----------
    data : dict
        As read from a file; not yet validated, not changed.
    settings : sequence of str
        Each ``path=value``. A number set where a range stood drops the range.

    Returns
    -------
    dict
        To be validated as a whole.

    Raises
    ------
    UsageError
        When a setting has no ``=`` or names a place that does not exist.
    ScenarioError
        When a value cannot be read.
    """
    if settings:
        data = copy.deepcopy(data)
    for setting in settings:
        apply_setting(data, setting)
    return data


def apply_setting(data: dict[str, Any], setting: str) -> Steps:
    """Change one value in place and return where it stands.

    Parameters
    ----------
    data : dict
        Is changed.
    setting : str
        ``path=value``.

    Returns
    -------
    Steps
        The place.

    Raises
    ------
    UsageError, ScenarioError
        As `apply_overrides`.
    """
    try:
        return _apply(data, setting)
    except UsageError as error:
        if isinstance(setting, Setting):
            error.args = (f"{setting.path_place}: {error}",)
        raise


def _apply(data: dict[str, Any], setting: str) -> Steps:
    path, equals, written = setting.partition("=")
    words = _split(path.strip()) if equals else []
    if not words:
        raise UsageError(
            f"'{shorten(setting)}' is no setting. Write path=value, for example "
            f"actors.PRK.tempo=0.05.{_point_hint(setting)}"
        )
    value = read_value(written.strip(), place_of(setting))
    at: Any = data
    annotation: Any = Scenario
    steps: Steps = ()
    for position, word in enumerate(words):
        last = position == len(words) - 1
        step = _resolve(word, at, annotation, steps, last)
        under = below(annotation, step, at)
        steps = (*steps, step)
        if last:
            at[step] = value
        else:
            at = _descend(at, step, under, annotation)
        annotation = under
    return steps


def _point_hint(setting: str) -> str:
    """Say how a decimal is written, to one who wrote 0,05 where commas part settings."""
    return " A decimal has a point: 0.05, not 0,05." if setting.strip().isdecimal() else ""


def _split(path: str) -> list[str | int]:
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


def _resolve(word: str | int, at: Any, annotation: Any, steps: Steps, last: bool) -> str | int:
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
        if last and steps and (steps[-1] in _REFERRING or "requires" in steps):
            return word
        raise UnknownName(where, word, known_keys(annotation, at))
    if isinstance(at, dict):
        raise UnknownName(where, f"[{word}]", known_keys(annotation, at))
    raise UsageError(f"{spell(steps)} is a single value; nothing stands below it. Set it itself.")


def _descend(at: Any, step: str | int, under: Any, annotation: Any) -> Any:
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
