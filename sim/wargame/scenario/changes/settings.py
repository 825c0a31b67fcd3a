"""Changing single values of a scenario's data: ``actors.PRK.tempo=0.05``.

A path names keys with dots. Actions, events and cards are named by their id, other
list entries by index: ``actors.PRK.actions.tank_drill.effects[0].factor``.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from wargame.errors import UsageError
from wargame.scenario.changes.dotted_paths import descend, resolve, split
from wargame.scenario.changes.drops import drop_action, part_drops
from wargame.scenario.schema import Scenario
from wargame.scenario.schema.shape import below
from wargame.scenario.text.places import Steps
from wargame.scenario.text.reader import read_value
from wargame.scenario.text.scalars import shorten


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
        Each ``path=value``, or ``drop=ACTOR.action``. A number set where a range stood drops the
        range.

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
    dropped, others = part_drops(settings)
    if settings:
        data = copy.deepcopy(data)
    for name in dropped:
        drop_action(data, name)
    for setting in others:
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
    words = split(path.strip()) if equals else []
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
        step = resolve(word, at, annotation, steps, last)
        under = below(annotation, step, at)
        steps = (*steps, step)
        if last:
            at[step] = value
        else:
            at = descend(at, step, under, annotation)
        annotation = under
    return steps


def _point_hint(setting: str) -> str:
    """Say how a decimal is written, to one who wrote 0,05 where commas part settings."""
    return " A decimal has a point: 0.05, not 0,05." if setting.strip().isdecimal() else ""
