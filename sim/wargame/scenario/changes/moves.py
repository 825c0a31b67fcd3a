"""What a theory moves in a scenario: which numbers, from what to what, and doing it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from pydantic import ValidationError

from wargame.errors import UsageError
from wargame.scenario.changes.settings import apply_setting
from wargame.scenario.changes.targets import is_meant, pattern_of
from wargame.scenario.changes.theories import Change, Theory
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario
from wargame.scenario.text.places import Steps


class Move(NamedTuple):
    """One number of a scenario that a theory moves.

    Attributes
    ----------
    before, after : Parameter
        ``after`` says that it comes from the theory.
    change : Change
        Which of the theory's changes did it.
    """

    before: Parameter
    after: Parameter
    change: Change


def moves_of(theory: Theory, scenario: Scenario) -> dict[str, Move]:
    """Return path -> what a theory does to each number that it moves in a scenario.

    Returns
    -------
    dict of str to Move
        Paths as in `parameters_of`; numbers that stay as they are are left out. When two changes
        name the same number, the second works on what the first left.
    """
    moves: dict[str, Move] = {}
    numbers = parameters_of(scenario)
    for change in theory.changes:
        pattern = pattern_of(change.path)
        for path, before in numbers.items():
            if not pattern.fullmatch(path) or not is_meant(change.where, path, before, scenario):
                continue
            now = moves[path].after if path in moves else before
            after = change.apply(now)
            if (after.value, after.low, after.high) == (now.value, now.low, now.high):
                continue
            source = {
                "source": "literature" if theory.cites else "judgement",
                "cite": theory.cites[0] if theory.cites else None,
                "note": f"theory {theory.name}: {change.why}",
            }
            moves[path] = Move(before, after.model_copy(update=source), change)
    return moves


def apply_theory(theory: Theory, data: dict[str, Any]) -> dict[Steps, str]:
    """Move the numbers of a scenario's data, in place.

    Parameters
    ----------
    data : dict
        As read from a file. Data that are no scenario are left alone: reading them says why.

    Returns
    -------
    dict of Steps to str
        Where a number was moved, and how to name that in a message.

    Raises
    ------
    UsageError
        When the theory has changes and none of them changes anything here.
    """
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError:
        return {}
    moves = moves_of(theory, scenario)
    if theory.changes and not moves:
        paths = ", ".join(dict.fromkeys(change.path for change in theory.changes))
        raise UsageError(
            f"the theory '{theory.name}' changes nothing in '{scenario.title}': it moves {paths}, "
            "and the scenario has no such number, or has it there already. Name the claim in the "
            "scenario first (a number that cites it), or choose another theory."
        )
    changed: dict[Steps, str] = {}
    for path, move in moves.items():
        written = json.dumps(move.after.model_dump(exclude_none=True), ensure_ascii=False)
        steps = apply_setting(data, f"{path}={written}")
        changed[steps] = f"theory {theory.name} ({move.change.operation})"
    if moves:
        cited = {cite.partition(".")[0] for cite in theory.cites}
        data["sources"] = [*scenario.sources, *sorted(cited - set(scenario.sources))]
    return changed
