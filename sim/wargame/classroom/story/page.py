"""A story as text, Markdown or one self-contained HTML page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace

from wargame.classroom.explanation.why_cards import HEADERS, Spoken, speak
from wargame.classroom.story.narrative import Line, Story
from wargame.engine.results import NOTE
from wargame.errors import UnknownName, UsageError
from wargame.scenario.schema import Scenario
from wargame.show.page import render_page

WIDTH = 96
"""Of a line of text, unless another is asked for."""

_QUIET = "Nothing happens."
_NARROWEST = 16
"""Letters that the first column of a card keeps on the narrowest screen."""

_NOTE = (
    f"Every share here is a {NOTE}. A chance on a card is what the rules gave that one choice, and "
    "its draw the number between 0 and 1 that decided; logits are log-odds, they add up."
)


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
    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    if form == "text":
        return _text(story, scenario, width)
    return FORMATS[form](story, scenario)


def _text(story: Story, scenario: Scenario, width: int = WIDTH) -> str:
    lines = [*_wrap(width, story.title), "=" * min(len(story.title), width), ""]
    for paragraph in story.opening:
        lines += [*_wrap(width, paragraph), ""]
    for week in story.weeks:
        lines += _wrap(width, week.title)
        if not week.lines:
            lines += _wrap(width, _QUIET, "  ")
        for line in week.lines:
            indent = "  " + "  " * max(line.link, 0)
            lines += _wrap(width, line.text, f"{indent}- ", f"{indent}  ")
            if line.card is not None:
                lines += _text_card(width, speak(line.card, scenario), f"{indent}    ")
        lines.append("")
    for paragraph in (*story.ending, _NOTE):
        lines += [*_wrap(width, paragraph), ""]
    return "\n".join(_printable(line) for line in lines[:-1]) + "\n"


def _text_card(width: int, card: Spoken, indent: str) -> Iterator[str]:
    yield from _wrap(width, card.title, indent)
    for sentence in card.sentences:
        yield from _wrap(width, sentence, f"{indent}  ")
    if card.rows:
        table = [HEADERS, *card.rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(HEADERS))]
        room = width - len(indent) - 4 - sum(widths[1:]) - 3 * 2
        widths[0] = min(widths[0], max(room, _NARROWEST))
        for row in table:
            terms = textwrap.wrap(row[0], widths[0])
            cells = [terms[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2])]
            yield f"{indent}    {'  '.join([*cells, row[3]])}".rstrip()
            for more in terms[1:]:
                yield f"{indent}      {more}"
    for sentence in card.tipping:
        yield from _wrap(width, sentence, f"{indent}  ", f"{indent}    ")


def _wrap(width: int, text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(first) + 40),
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _markdown(story: Story, scenario: Scenario) -> str:
    lines = [f"# {_plain(story.title)}", ""]
    for paragraph in story.opening:
        lines += [_plain(paragraph), ""]
    for week in story.weeks:
        lines += [f"## {_plain(week.title)}", ""]
        if not week.lines:
            lines += [_QUIET, ""]
        for line in week.lines:
            lines += list(_markdown_line(line, scenario))
        if week.lines:
            lines.append("")
    if story.ending:
        lines += ["## How it ends", ""]
    for paragraph in story.ending:
        lines += [_plain(paragraph), ""]
    return "\n".join([*lines, f"*{_NOTE}*"]) + "\n"


def _markdown_line(line: Line, scenario: Scenario) -> Iterator[str]:
    indent = "  " * max(line.link, 0)
    yield f"{indent}- {_plain(line.text)}"
    if line.card is None:
        return
    card = speak(line.card, scenario)
    yield ""
    yield f"{indent}  > **{_plain(card.title)}**"
    for sentence in card.sentences:
        yield f"{indent}  > {_plain(sentence)}"
    if card.rows:
        yield f"{indent}  >"
        for place, row in enumerate([HEADERS, *card.rows]):
            yield f"{indent}  > | {' | '.join(_plain(cell) for cell in row)} |"
            if place == 0:
                yield f"{indent}  > | --- | ---: | ---: | --- |"
        yield f"{indent}  >"
    for sentence in card.tipping:
        yield f"{indent}  > - {_plain(sentence)}"
    yield ""


def _plain(text: str) -> str:
    """Return text that Markdown takes literally."""
    return re.sub(r"([\\`*_{}\[\]<>|#~$&])", r"\\\1", _printable(text))


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
        "story.html.j2", story=story, weeks=weeks, headers=HEADERS, quiet=_QUIET, note=_NOTE
    )


FORMATS: dict[str, Callable[[Story, Scenario], str]] = {
    "text": _text,
    "md": _markdown,
    "html": _html,
}
"""Name -> writer."""
