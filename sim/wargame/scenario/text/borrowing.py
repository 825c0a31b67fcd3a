"""What a document leaves unsaid of its actors, taken from a menu: a document of their actions."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Steps


def borrow(document: Document, menu: Document) -> None:
    """Add to each actor of a document, in place, what a menu says of it and the document does not.

    An action that is named by its id takes what it leaves out from the menu's action of that id;
    its id may stand alone. An actor without a list of actions takes the menu's whole list.

    Parameters
    ----------
    document, menu : Document
        As read from files; not yet validated.
    """
    for name, ours in _parties(document).items():
        theirs = _parties(menu).get(name)
        if not isinstance(ours, dict) or not isinstance(theirs, dict):
            continue
        at: Steps = ("actors", name)
        _fill(document, at, ours, menu, at, theirs)
        if isinstance(ours.get("actions"), list):
            _borrow_actions(
                document, (*at, "actions"), ours["actions"], menu, theirs.get("actions")
            )


def _parties(document: Document) -> dict[str, Any]:
    actors = document.data.get("actors")
    return actors if isinstance(actors, dict) else {}


def _borrow_actions(
    document: Document, at: Steps, ours: list[Any], menu: Document, theirs: Any
) -> None:
    known = {
        entry["id"]: place
        for place, entry in enumerate(theirs if isinstance(theirs, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    for place, entry in enumerate(ours):
        if isinstance(entry, str) and entry in known:
            ours[place] = {"id": entry}
            document.values[(*at, place, "id")] = document.place((*at, place))
        entry = ours[place]
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in known:
            from_there = (*at, known[name])
            _fill(document, (*at, place), entry, menu, from_there, theirs[known[name]])


def _fill(
    document: Document, at: Steps, ours: dict[Any, Any], menu: Document, there: Steps, theirs: Any
) -> None:
    for key, value in theirs.items():
        if key in ours:
            continue
        ours[key] = copy.deepcopy(value)
        document.files[(*at, key)] = menu.file
        for below in _places_in(value):
            old, new = (*there, key, *below), (*at, key, *below)
            for table, held in ((document.keys, menu.keys), (document.values, menu.values)):
                if old in held:
                    table[new] = held[old]
            if old in menu.tainted:
                document.tainted.add(new)


def _places_in(value: Any) -> Iterator[Steps]:
    """Yield where everything in a value stands, seen from the value itself."""
    yield ()
    parts = value.items() if isinstance(value, dict) else ()
    for step, part in enumerate(value) if isinstance(value, list) else parts:
        for below in _places_in(part):
            yield (step, *below)
