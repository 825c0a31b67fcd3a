"""How the minutes of a lesson add up, which weeks its turns stand for, and who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wargame.errors import UnknownName, UsageError
from wargame.scenario.schema import Scenario

Level = Literal["basic", "advanced"]
LEVELS: tuple[Level, ...] = ("basic", "advanced")

_BRIEF, _PREPARE, _TURN, _DEBRIEF, _EXIT, _SPARE = range(6)
_SHAPES: dict[int, tuple[int, tuple[int, ...]]] = {
    50: (2, (6, 7, 10, 13, 3, 1)),
    75: (3, (8, 9, 10, 20, 5, 3)),
    90: (4, (10, 10, 10, 23, 5, 2)),
}
"""Minutes of a lesson -> how many turns, and the minutes of briefing, preparation, each turn,
debrief, exit ticket and what is kept in hand. The debrief gets a quarter or more: without it a
game is only a game (Druliolle 2017). A turn of ten minutes was reckoned by writing every slip and
ruling of five teams by hand; no class has been timed."""

MINUTES = tuple(_SHAPES)
"""The lengths there is a timetable for."""

MOST_STUDENTS = 400
TEAM = 4
"""People in a team that can still all have something to do."""

TURN_STEPS = ("News", "Plan and talk", "Ruling", "Answers", "Reading out")
"""What happens in a turn of the class, in order."""

_STEP_MINUTES = (1, 3, 3, 2, 1)
"""Of each step; they add up to a turn."""


@dataclass(frozen=True)
class Span:
    """The simulated turns that a turn of the class stands for.

    Attributes
    ----------
    number : int
        1 is the first turn of the class.
    first, last : int
        Turns of the scenario, 1 is the first.
    """

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class Slot:
    """A stretch of the lesson.

    Attributes
    ----------
    start, minutes : int
        From the bell.
    """

    start: int
    minutes: int
    title: str


@dataclass(frozen=True)
class Plan:
    """A lesson's shape.

    Attributes
    ----------
    slots : tuple of Slot
        Their minutes add up to the lesson's.
    spans : tuple of Span
        One for each turn of the class; together they cover the scenario.
    tables : tuple of dict of str to int
        For each parallel game, actor id -> people in its team; 0: the facilitator plays it.
    umpires : tuple of int
        For each game, students who umpire: two where teams would have three people and more (one
        rules, one keeps the tracker), one in smaller games side by side, else none: the teacher.
    """

    minutes: int
    students: int
    slots: tuple[Slot, ...]
    spans: tuple[Span, ...]
    tables: tuple[dict[str, int], ...]
    umpires: tuple[int, ...]

    @property
    def turn_steps(self) -> tuple[int, ...]:
        """Minutes of each of `TURN_STEPS`; they add up to a turn."""
        return _STEP_MINUTES

    def team(self, actor: str) -> int:
        """Return how many people play an actor, in all games together."""
        return sum(table[actor] for table in self.tables)


def plan_lesson(scenario: Scenario, minutes: int, students: int) -> Plan:
    """Plan a lesson.

    Parameters
    ----------
    minutes : int
        One of `MINUTES`.
    students : int
        2 to 400.

    Raises
    ------
    UnknownName
        For a length there is no timetable for.
    UsageError
        For too few or too many students.
    """
    if minutes not in _SHAPES:
        raise UnknownName("lesson length in minutes", str(minutes), map(str, MINUTES))
    if not 2 <= students <= MOST_STUDENTS:
        raise UsageError(
            f"{students} is not a class. Use 2 to {MOST_STUDENTS}; the game needs two "
            "sides, and a larger audience does better with the printed history of a run.",
            field="students",
        )
    turns, _ = _SHAPES[minutes]
    turns = min(turns, scenario.turns)
    return Plan(
        minutes,
        students,
        _slots(minutes, turns),
        _spans(scenario.turns, turns),
        *_seat(list(scenario.actors), students),
    )


def _slots(minutes: int, turns: int) -> tuple[Slot, ...]:
    lengths = _SHAPES[minutes][1]
    unused = (_SHAPES[minutes][0] - turns) * lengths[_TURN]  # a very short scenario
    parts = [
        (lengths[_BRIEF], "Briefing"),
        (lengths[_PREPARE], "Roles and rules check"),
        *((lengths[_TURN], f"Turn {number}") for number in range(1, turns + 1)),
        (lengths[_DEBRIEF] + unused, "Debrief"),
        (lengths[_EXIT], "Exit ticket"),
        (lengths[_SPARE], "In hand"),
    ]
    slots, start = [], 0
    for length, title in parts:
        slots.append(Slot(start, length, title))
        start += length
    return tuple(slots)


def _spans(turns: int, parts: int) -> tuple[Span, ...]:
    ends = [round(turns * part / parts) for part in range(parts + 1)]
    return tuple(Span(part + 1, ends[part] + 1, ends[part + 1]) for part in range(parts))


def _seat(actors: list[str], students: int) -> tuple[tuple[dict[str, int], ...], tuple[int, ...]]:
    """Seat students at as many parallel games as keep teams near `TEAM` people, and umpires."""
    games = max(1, round(students / (TEAM * len(actors))))
    tables, umpires = [], []
    for game in range(games):
        here = students // games + (game < students % games)
        ruling = 2 if here >= 3 * len(actors) + 2 else int(games > 1)
        share, rest = divmod(here - ruling, len(actors))
        tables.append({actor: share + (place < rest) for place, actor in enumerate(actors)})
        umpires.append(ruling)
    return tuple(tables), tuple(umpires)
