"""Leaving actions out of a scenario's data: ``drop=PRK.armoured_exercise ROK.live_fire``.

Drops are made before other settings, wherever they stand among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wargame.errors import UnknownName, UsageError
from wargame.scenario.text.places import Steps
from wargame.scenario.text.scalars import shorten

DROP = "drop"
"""Stands where other settings have a path."""


def part_drops(settings: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the actions that settings drop, as ``ACTOR.action``, and all other settings."""
    dropped: list[str] = []
    others = []
    for setting in settings:
        path, equals, names = setting.partition("=")
        if path.strip() != DROP or not equals:
            others.append(setting)
            continue
        named = names.strip().strip("\"'").split()
        if not named:
            raise UsageError(
                f"'{shorten(setting)}' drops nothing. Write drop=ACTOR.action, for example "
                "drop=PRK.armoured_exercise."
            )
        dropped += named
    return dropped, others


def drop_action(data: Any, name: str) -> Steps:
    """Leave an action out, in place, and return where it stood.

    Parameters
    ----------
    data : dict
        A scenario's data; not yet validated.
    name : str
        ``ACTOR.action``.

    Raises
    ------
    UsageError
        If there is no such action, or it is the actor's only one.
    """
    actor, point, action = name.partition(".")
    if not point:
        raise UsageError(
            f"'{shorten(name)}' names no action. Write ACTOR.action, "
            "for example PRK.armoured_exercise."
        )
    actors = data.get("actors") if isinstance(data, dict) else None
    known = actors if isinstance(actors, dict) else {}
    if actor not in known:
        raise UnknownName("actor", actor, [str(key) for key in known])
    menu = known[actor].get("actions") if isinstance(known[actor], dict) else None
    entries = menu if isinstance(menu, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    if action not in ids:
        raise UnknownName(
            f"action of {actor}", action, [one for one in ids if isinstance(one, str)]
        )
    if len(entries) == 1:
        raise UsageError(f"'{action}' is the only action of {actor}. Drop another, or add one.")
    place = ids.index(action)
    del entries[place]
    return ("actors", actor, "actions", place)
