"""A story as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wargame.classroom.explanation.why_cards import HEADERS, speak
from wargame.classroom.story.story import Line, Story
from wargame.classroom.story.text import CLOSING, QUIET, printable
from wargame.scenario.schema import Scenario


def markdown_of(story: Story, scenario: Scenario) -> str:
    """Return a story as Markdown."""
    lines = [f"# {_plain(story.title)}", ""]
    for paragraph in story.opening:
        lines += [_plain(paragraph), ""]
    for week in story.weeks:
        lines += [f"## {_plain(week.title)}", ""]
        if not week.lines:
            lines += [QUIET, ""]
        for line in week.lines:
            lines += list(_markdown_line(line, scenario))
        if week.lines:
            lines.append("")
    if story.ending:
        lines += ["## How it ends", ""]
    for paragraph in story.ending:
        lines += [_plain(paragraph), ""]
    return "\n".join([*lines, f"*{CLOSING}*"]) + "\n"


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
    return re.sub(r"([\\`*_{}\[\]<>|#~$&])", r"\\\1", printable(text))
