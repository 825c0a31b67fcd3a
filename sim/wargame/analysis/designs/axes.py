"""The axes of a sweep: what it moves, and the values of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wargame.errors import UsageError
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario

MOST_POINTS = 100_000
_LEVELS = 9  # of a range that says no number

Level = float | str


@dataclass(frozen=True)
class Axis:
    """A value of the scenario that a sweep moves.

    Attributes
    ----------
    path : str
        Of a value.
    levels : tuple
        The values it takes; of a range, its two ends and, on a grid, those between.
    is_range : bool
        Whether it was given as a range: a Latin hypercube needs that.
    """

    path: str
    levels: tuple[Level, ...]
    is_range: bool


def read_axis(text: str, scenario: Scenario) -> Axis:
    """Return the axis that a text names.

    Parameters
    ----------
    text : str
        ``path=low:high:number`` (evenly spaced), ``path=low:high``, ``path=a,b,c``, or only a path
        with a declared range.
    scenario : Scenario
        For declared ranges.

    Raises
    ------
    UsageError
        When it is none of these.
    """
    path, equals, written = (part.strip() for part in text.partition("="))
    if not equals:
        number = parameters_of(scenario).get(path)
        if number is None or number.low is None or number.high is None or not number.uncertain:
            raise UsageError(
                f"«over» '{text}' says no values, and the scenario declares no range there. Write "
                f"{path}=0.02:0.10:9 (nine values from 0.02 to 0.10) or {path}=0.02,0.05."
            )
        return Axis(path, _spaced(number.low, number.high, _LEVELS), True)
    if ":" in written:
        return Axis(path, _read_range(text, written), True)
    levels = tuple(_read_level(part.strip()) for part in written.split(","))
    if not path or "" in levels:
        raise UsageError(
            f"«over» '{text}' is not path=values. For example actors.PRK.tempo=0.02:0.10:9 or "
            "world.firebreak=5,6,7."
        )
    if len(set(levels)) < len(levels):
        raise UsageError(f"«over» '{text}' names a value twice. Name each once.")
    return Axis(path, levels, False)


def _read_range(text: str, written: str) -> tuple[Level, ...]:
    parts = written.split(":")
    try:
        low, high = float(parts[0]), float(parts[1])
        number = int(parts[2]) if len(parts) > 2 else _LEVELS
    except ValueError:
        low, high, number = 1.0, 0.0, 0
    if len(parts) > 3 or not -np.inf < low < high < np.inf or not 2 <= number <= MOST_POINTS:
        raise UsageError(
            f"«over» '{text}' is not path=low:high:number with low below high and 2 or more "
            "values. For example actors.PRK.tempo=0.02:0.10:9."
            + (" A decimal has a point: 0.02, not 0,02." if "," in written else "")
        )
    return _spaced(low, high, number)


def _spaced(low: float, high: float, number: int) -> tuple[Level, ...]:
    return tuple(float(f"{level:.12g}") for level in np.linspace(low, high, number))


def _read_level(text: str) -> Level:
    try:
        return float(text)
    except ValueError:
        return text
