"""A story as plain data: lines of weeks."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.classroom.explanation.why import Card


@dataclass(frozen=True)
class Line:
    """A sentence or two about one thing.

    Attributes
    ----------
    link : int
        0 opens, 1 and later answer; -1 for what nobody decided.
    rung : int or None
        What was realised, if it is an act.
    card : Card or None
        Why, if it was a decision and whys were asked for.
    """

    text: str
    link: int = -1
    rung: int | None = None
    card: Card | None = None


@dataclass(frozen=True)
class Week:
    """A turn in which something happened, or several in which nothing did.

    Attributes
    ----------
    first, last : int
        Turns.
    title : str
        With dates.
    lines : tuple of Line
        Empty for a quiet stretch.
    """

    first: int
    last: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Story:
    """A history told.

    Attributes
    ----------
    opening : tuple of str
        Paragraphs: what this is.
    ending : tuple of str
        Paragraphs: what ended it, and what it came to.
    """

    title: str
    opening: tuple[str, ...]
    weeks: tuple[Week, ...]
    ending: tuple[str, ...]
