"""The same histories read on other published scales of severity.

A rung is only an order. Other scales put other distances, other ties and sometimes another
order between the same acts; a conclusion that does not survive them rests on the scale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wargame.errors import RecordError
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG
from wargame.scenario.library import table

TABLE = "severity_crosswalk"
_NUMBER = re.compile(r"(?:(?<![0-9])[+-])?[0-9]+(?:\.[0-9]+)?")
_REMARK = re.compile(r"\(.*?\)")


@dataclass(frozen=True)
class Scale:
    """A scale of severity, read off for each rung.

    Attributes
    ----------
    name : str
        What tables call it.
    values : tuple of float
        One a rung, from -2 to 9; higher is worse.
    note : str
        Whose it is and how a rung was given one value.
    """

    name: str
    values: tuple[float, ...]
    note: str

    def of(self, rung: int) -> float:
        """Return the value of a rung."""
        return self.values[rung - LOWEST_RUNG]

    @property
    def ties(self) -> tuple[tuple[int, ...], ...]:
        """Return groups of rungs from 1 up that the scale does not tell apart."""
        groups: dict[float, list[int]] = {}
        for rung in range(1, HIGHEST_RUNG + 1):
            groups.setdefault(self.of(rung), []).append(rung)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    @property
    def inversions(self) -> tuple[tuple[int, int], ...]:
        """Return pairs of rungs from 1 up, low and high, of which it calls the low one worse."""
        rungs = range(1, HIGHEST_RUNG + 1)
        return tuple(
            (low, high)
            for low in rungs
            for high in rungs
            if low < high and self.of(low) > self.of(high)
        )

    @property
    def limits(self) -> str:
        """Say in words what the scale cannot tell apart or orders differently."""
        parts = []
        if self.ties:
            parts.append(f"rungs {'; '.join(_join(group) for group in self.ties)}")
        if self.inversions:
            pairs = " and ".join(f"rung {low} above {high}" for low, high in self.inversions)
            parts.append(f"it puts {pairs}")
        return "; ".join(parts) or "nothing: all rungs differ"


RUNG_SCALE = Scale(
    "rungs of this project",
    tuple(float(rung) for rung in range(LOWEST_RUNG, HIGHEST_RUNG + 1)),
    "An order only; anchored on Correlates of War hostility levels and fatality bands.",
)


def scales() -> tuple[Scale, ...]:
    """Return this project's rungs and the published scales of the crosswalk table.

    Raises
    ------
    RecordError
        When the table is damaged.
    """
    rows = {row["rung"]: row for row in table(TABLE)}
    order = [str(rung) for rung in range(LOWEST_RUNG, HIGHEST_RUNG + 1)]
    if not set(order) <= rows.keys():
        raise RecordError(f"seeds/tables/{TABLE}.csv has no row for every rung. Install again.")

    def column(name: str) -> list[list[float]]:
        read = [
            [float(item) for item in _NUMBER.findall(_REMARK.sub("", rows[rung][name]))]
            for rung in order
        ]
        if not all(read):
            raise RecordError(f"seeds/tables/{TABLE}.csv: {name} has an empty cell. Install again.")
        return read

    return (
        RUNG_SCALE,
        Scale(
            "Goldstein",
            tuple(0.0 - sum(ends) / len(ends) for ends in column("goldstein_range")),
            "Goldstein (1992), turned so that higher is more hostile; the middle of the weights of "
            "the kinds of event at a rung.",
        ),
        Scale(
            "EscalAItion points",
            tuple(sum(ends) / len(ends) for ends in column("escalaition_points")),
            "Rivera and others (2024); the middle of the points of the actions at a rung.",
        ),
        Scale(
            "MID hostility",
            tuple(max(ends) for ends in column("mid_hostlev")),
            "Palmer and others (2022), levels 1 to 5; the higher level where a rung spans two.",
        ),
    )


def _join(group: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, group[:-1]))} and {group[-1]}"
