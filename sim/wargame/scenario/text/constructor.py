"""The events of a YAML parser made into plain data, each value with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Place, Steps
from wargame.scenario.text.scalars import UNPRINTABLE, resolve_scalar, shorten
from wargame.scenario.text.syntax import DEEPEST, TOO_DEEP

MOST_NODES = 100_000
"""Keys, values, lists and mappings together."""


MOST_PROBLEMS = 500
"""Reading stops after this many."""


_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+([eE][-+]?[0-9]+)?")


@dataclass
class Frame:
    """A list or mapping that is still open."""

    steps: Steps
    box: dict[str, Any] | list[Any]
    kept: bool  # False inside what was refused: read, reported, thrown away
    is_key: bool = False
    key: str | None = None  # the key whose value comes next; None when that value is refused
    wants_value: bool = False


class Constructor:
    """Builds the data from the parser's events."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[Frame] = []
        self.nodes = 0
        self.documents = 0
        self.before: yaml.ScalarEvent | None = None  # the last value

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            if self.stack.pop().is_key:
                self.stack[-1].key, self.stack[-1].wants_value = None, True
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = "a second document starts here (---). Keep one document in a file."
                self.document.stop(_start(event), message)

    def _take_node(self, event: yaml.NodeEvent) -> None:
        place = _start(event)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            message = f"the file has more than {MOST_NODES:,} keys and values. Shorten it."
            self.document.stop(place, message)
        frame = self.stack[-1] if self.stack else None
        is_key = frame is not None and isinstance(frame.box, dict) and not frame.wants_value
        steps, kept = self._next_steps(frame)
        if event.anchor is not None:
            self._refuse(steps, place, _anchor_message(event), kept)
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            name = shorten(tag.replace("tag:yaml.org,2002:", "!!"), 30)
            message = f"the tag {name} is not read. Write the plain value."
            self._refuse(steps, place, message, kept)
        if isinstance(event, yaml.CollectionStartEvent):
            box: dict[str, Any] | list[Any] = (
                {} if isinstance(event, yaml.MappingStartEvent) else []
            )
            if is_key:
                self._refuse(steps, place, "a list or mapping is no key. Write a word.", False)
            else:
                self._put(frame, steps, box, place, kept)
            self.stack.append(Frame(steps, box, kept and not is_key, is_key))
            if len(self.stack) > DEEPEST:
                self.document.stop(place, TOO_DEEP)
        elif is_key:
            assert frame is not None
            self._take_key(frame, event, place)
        else:
            value = self._meaning(event, steps, place, kept)
            if isinstance(value, str):
                mark: Any = event.start_mark
                self.document.starts[place] = mark.index
            self.before = event if isinstance(event, yaml.ScalarEvent) else None
            if value is None and frame is not None and steps in self.document.keys:
                place = self.document.keys[steps]  # an empty value has no place of its own
            self._put(frame, steps, value, place, kept)

    def _next_steps(self, frame: Frame | None) -> tuple[Steps, bool]:
        if frame is None:
            return (), True
        if isinstance(frame.box, list):
            return (*frame.steps, len(frame.box)), frame.kept
        if frame.wants_value and frame.key is not None:
            return (*frame.steps, frame.key), frame.kept
        return frame.steps, False

    def _take_key(self, frame: Frame, event: yaml.NodeEvent, place: Place) -> None:
        assert isinstance(frame.box, dict)
        frame.wants_value, frame.key = True, None
        plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        meant = self._parted_number(event) if plain else None
        if meant is not None:
            message = f"the comma ends the number before it. Did you mean {meant}, with a point?"
            self._refuse(frame.steps, place, message, frame.kept)
            return
        key = self._meaning(event, frame.steps, place, False)
        if isinstance(event, yaml.AliasEvent):
            return
        written = shorten(event.value, 40) if isinstance(event, yaml.ScalarEvent) else ""
        if key == "<<" and plain:
            message = "merge keys (<<) are not read. Write the entries out."
            self._refuse(frame.steps, place, message, False)
        elif not isinstance(key, str):
            message = (
                f"the key {written} is not a word. Put it in quotes if it is meant: '{written}'."
                if written
                else "a key is missing before the colon. Write key: value."
            )
            self._refuse(frame.steps, place, message, False)
        elif key in frame.box:
            first = self.document.keys.get((*frame.steps, key), place).line
            lines = f"on lines {first} and {place.line}" if first != place.line else "twice here"
            message = f"the key '{written}' is given {lines}. Keep one."
            self._refuse(frame.steps, place, message, False)
        else:
            frame.key = key
            if frame.kept:
                self.document.keys[(*frame.steps, key)] = place

    def _parted_number(self, event: yaml.NodeEvent) -> str | None:
        """Return the number whose end, after a comma, stands where a key should: {value: 0,04}."""
        if self.before is None or not isinstance(event, yaml.ScalarEvent):
            return None
        number = f"{self.before.value}.{event.value}"
        end: Any = self.before.end_mark
        start: Any = event.start_mark
        return number if start.index == end.index + 1 and _DECIMAL.fullmatch(number) else None

    def _meaning(self, event: yaml.NodeEvent, steps: Steps, place: Place, kept: bool) -> Any:
        if not isinstance(event, yaml.ScalarEvent):
            return None  # an alias, refused already
        text: str = event.value
        if event.implicit[0]:
            try:
                return resolve_scalar(text)
            except ValueError as error:
                self._refuse(steps, place, str(error), kept)
                return text
        odd = UNPRINTABLE.search(text)
        if odd:
            name = f"U+{ord(odd[0]):04X}"
            message = f"the escape for {name} makes an invisible character. Delete it."
            self._refuse(steps, place, message, kept)
        return text

    def _put(self, frame: Frame | None, steps: Steps, value: Any, place: Place, kept: bool) -> None:
        if frame is None:
            self.document.data = value
        elif isinstance(frame.box, list):
            frame.box.append(value)
        else:
            frame.wants_value = False
            if frame.key is not None:
                frame.box[frame.key] = value
        if kept:
            self.document.values[steps] = place

    def _refuse(self, steps: Steps, place: Place, message: str, taint: bool) -> None:
        self.document.refuse(steps, place, message, taint)
        if len(self.document.problems) >= MOST_PROBLEMS:
            message = f"there are {MOST_PROBLEMS} problems up to here. Mend these first."
            self.document.stop(place, message)


def _anchor_message(event: yaml.NodeEvent) -> str:
    name = shorten(event.anchor or "", 30)
    if isinstance(event, yaml.AliasEvent):
        return (
            f"the alias *{name} is not read. Write the value out, or put it "
            "in quotes if the star is part of the text."
        )
    return (
        f"the anchor &{name} is not read. Write the value out where it is "
        "needed, or put it in quotes if the & is part of the text."
    )


def _start(event: yaml.Event) -> Place:
    mark: Any = event.start_mark
    return Place(mark.line + 1, mark.column + 1)
