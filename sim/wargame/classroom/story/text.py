"""A story as plain text, wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from wargame.classroom.explanation.why_cards import HEADERS, Spoken, speak
from wargame.classroom.story.story import Story
from wargame.engine.results import NOTE
from wargame.scenario.schema import Scenario

WIDTH = 96
"""Of a line of text, unless another is asked for."""


QUIET = "Nothing happens."


_NARROWEST = 16
"""Letters that the first column of a card keeps on the narrowest screen."""


CLOSING = (
    f"Every share here is a {NOTE}. A chance on a card is what the rules gave that one choice, and "
    "its draw the number between 0 and 1 that decided; logits are log-odds, they add up."
)


def text_of(story: Story, scenario: Scenario, width: int = WIDTH) -> str:
    """Return a story as text."""
    lines = [*_wrap(width, story.title), "=" * min(len(story.title), width), ""]
    for paragraph in story.opening:
        lines += [*_wrap(width, paragraph), ""]
    for week in story.weeks:
        lines += _wrap(width, week.title)
        if not week.lines:
            lines += _wrap(width, QUIET, "  ")
        for line in week.lines:
            indent = "  " + "  " * max(line.link, 0)
            lines += _wrap(width, line.text, f"{indent}- ", f"{indent}  ")
            if line.card is not None:
                lines += _text_card(width, speak(line.card, scenario), f"{indent}    ")
        lines.append("")
    for paragraph in (*story.ending, NOTE):
        lines += [*_wrap(width, paragraph), ""]
    return "\n".join(printable(line) for line in lines[:-1]) + "\n"


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


def printable(text: str) -> str:
    """Return a text with a blank for each character that cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
