"""Which numbers of a scenario a change of a theory means: by path, and by what they stand in."""

from __future__ import annotations

import re
from typing import Any

from wargame.scenario.changes.theories import Where
from wargame.scenario.parameters import Parameter
from wargame.scenario.schema import Scenario

_STEP = re.compile(r"[^.\[\]]+|\[[0-9]+\]")


def pattern_of(path: str) -> re.Pattern[str]:
    """Return what a path with stars matches."""
    text = re.escape(path).replace(r"\[\*\]", r"\[[0-9]+\]").replace(r"\*", r"[^.\[\]]+")
    return re.compile(text)


def is_meant(where: Where, path: str, number: Parameter, scenario: Scenario) -> bool:
    """Whether a number is one of those that a condition names."""
    if where.cite and number.cite not in where.cite:
        return False
    owners = _owners(path, scenario)
    entries = [owner for owner in owners if getattr(owner, "id", None) is not None]
    entry = entries[-1] if entries else None
    effect = owners[-1] if getattr(owners[-1], "kind", None) is not None else None
    touched = getattr(entry, "actors", ()) if effect is None else (getattr(effect, "actor", ""),)
    return (
        (not where.id or getattr(entry, "id", None) in where.id)
        and (not where.domain or getattr(entry, "domain", None) in where.domain)
        and (not where.kind or getattr(effect, "kind", None) in where.kind)
        and (not where.actor or not set(where.actor).isdisjoint(touched))
    )


def _owners(path: str, scenario: Scenario) -> list[Any]:
    """Return what a number stands in, from the scenario down to its nearest owner."""
    owners: list[Any] = [scenario]
    at: Any = scenario
    for step in _STEP.findall(path)[:-1]:
        if isinstance(at, dict):
            at = at[step]
        elif isinstance(at, tuple):
            at = (
                at[int(step[1:-1])]
                if step[0] == "["
                else next(item for item in at if item.id == step)
            )
        else:
            at = getattr(at, step)
        owners.append(at)
    return owners
