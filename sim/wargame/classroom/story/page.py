"""A story as text, Markdown or one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wargame.classroom.explanation.why_cards import HEADERS, speak
from wargame.classroom.story.markdown import markdown_of
from wargame.classroom.story.story import Story
from wargame.classroom.story.text import CLOSING, QUIET, WIDTH, text_of
from wargame.errors import UsageError, one_of
from wargame.scenario.schema import Scenario
from wargame.show.page import render_page


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


def render(story: Story, scenario: Scenario, form: str, width: int = WIDTH) -> str:
    """Write a story down.

    Parameters
    ----------
    scenario : Scenario
        That of the history, for the labels of actions.
    form : str
        A name in `FORMATS`.
    width : int
        Characters in a line of text; the other formats have no lines.

    Returns
    -------
    str
        Ends with a line break. Words that come from the scenario are only ever words: escaped in
        HTML and Markdown, without control characters in text.

    Raises
    ------
    UnknownName
        If there is no such format.
    """
    one_of("format", form, FORMATS)
    if form == "text":
        return text_of(story, scenario, width)
    return FORMATS[form](story, scenario)


def _html(story: Story, scenario: Scenario) -> str:
    weeks = [
        (
            week.title,
            [
                (line, None if line.card is None else speak(line.card, scenario))
                for line in week.lines
            ],
        )
        for week in story.weeks
    ]
    return render_page(
        "story.html.j2", story=story, weeks=weeks, headers=HEADERS, quiet=QUIET, note=CLOSING
    )


FORMATS: dict[str, Callable[[Story, Scenario], str]] = {
    "text": text_of,
    "md": markdown_of,
    "html": _html,
}
"""Name -> writer."""
