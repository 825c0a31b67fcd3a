"""One turn out of a story: what happened then, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from wargame.classroom.story.narrative import Story
from wargame.errors import UsageError


def excerpt(story: Story, turn: int) -> Story:
    """Return what a story says of one turn.

    Parameters
    ----------
    turn : int
        1 to the last that was played. Of a quiet stretch, the whole stretch is returned.

    Returns
    -------
    Story
        With its opening, and without its ending.

    Raises
    ------
    UsageError
        If the history has no such turn.
    """
    weeks = tuple(week for week in story.weeks if week.first <= turn <= week.last)
    if not weeks:
        last = story.weeks[-1].last
        raise UsageError(f"this history has no turn {turn}. Use 1..{last}.", field="turn")
    return replace(story, title=f"{story.title}, turn {turn}", weeks=weeks, ending=())
