"""YAML text to plain data with positions, strictly.

What could be read in two ways, or could blow up, is refused: duplicate keys, anchors and
aliases, tags, merge keys, and anything beyond a fixed size, depth or number of nodes. The
text is read event by event without recursion, so no bound can be got round by nesting.
"""

from __future__ import annotations

from typing import Any

import yaml

from wargame.errors import ScenarioError
from wargame.scenario.text.constructor import Constructor
from wargame.scenario.text.decoding import decode, place_at
from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Place
from wargame.scenario.text.scalars import UNPRINTABLE
from wargame.scenario.text.syntax import explain_syntax

_PARSER: Any = getattr(yaml, "CLoader", yaml.Loader)  # only its events are used: nothing is built


def read_document(raw: bytes | str, file: str) -> Document:
    """Read a YAML text whose top level is a mapping.

    Parameters
    ----------
    raw : bytes or str
        The content of a file (UTF-8, with or without a byte order mark), or text.
    file : str
        Its name, for messages.

    Returns
    -------
    Document
        With the problems that did not stop the reading.

    Raises
    ------
    ScenarioError
        When nothing can be made of it: not UTF-8, too large, too deep, broken syntax,
        empty, or not a mapping.
    """
    document = _read(raw, file)
    if document.data is None and () not in document.tainted:
        document.stop(Place(1, 1), "the file is empty. 'wargame new' writes a starting file.")
    if not isinstance(document.data, dict):
        place = document.values.get((), Place(1, 1))
        what = "a list" if isinstance(document.data, list) else "a single value"
        document.stop(place, f"the file holds {what}, not a mapping. Write lines of key: value.")
    return document


def read_value(text: str, name: str) -> Any:
    """Read one value by the same rules: ``0.05``, ``NO``, ``[ROK, USA]``, ``{value: 1}``.

    Parameters
    ----------
    text : str
        The value.
    name : str
        Where it stands, for messages.

    Raises
    ------
    ScenarioError
        When it cannot be read.
    """
    document = _read(text, name)
    if document.problems:
        raise ScenarioError(document.problems)
    return document.data


def _read(raw: bytes | str, file: str) -> Document:
    document = Document(file)
    text = decode(raw, document)
    odd = UNPRINTABLE.search(text)
    if odd:
        document.stop(
            place_at(text, odd.start()),
            f"the character U+{ord(odd[0]):04X} is invisible or not allowed in a text. Delete it.",
        )
    document.written = text
    reader = Constructor(document)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            reader.take(event)
    except yaml.YAMLError as error:
        line, column, message = explain_syntax(error, text)
        document.stop(Place(line, column), message)
    return document
