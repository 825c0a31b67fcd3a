"""Menus: files of actors' actions that scenarios share, named under ``use``."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from wargame.errors import ScenarioError, did_you_mean
from wargame.scenario.library.folders import read_bytes, shipped_folder
from wargame.scenario.text.borrowing import borrow
from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Steps
from wargame.scenario.text.reader import read_document

MOST_MENUS = 10
"""So many files a scenario may use, those that its menus use included."""

_KEYS = ("title", "use", "actors")


def menu_names() -> tuple[str, ...]:
    """Return the shipped menus as ``use`` names them, sorted."""
    folder = shipped_folder("scenarios")
    found = (folder / "menus").glob("*.yaml") if folder else ()
    return tuple(sorted(f"menus/{path.name}" for path in found))


def take_menus(document: Document, folder: Path | None) -> None:
    """Add to a scenario's data, in place, what the menus it uses say of its actors.

    What the scenario says itself comes first, then the menus in the order of ``use``, each before
    those that it uses itself. What is wrong is noted as problems of the document.

    Parameters
    ----------
    document : Document
        A scenario as read; its ``use`` is taken out.
    folder : Path or None
        Where the scenario's file is; None for a text that is in no file.
    """
    taken: dict[str, Document] = {}
    _collect(document, folder, (), taken, document)
    for menu in taken.values():
        borrow(document, menu)
    for name, party in _mapping(document.data.get("actors")).items():
        actions = _mapping(party).get("actions")
        for place, entry in enumerate(actions if isinstance(actions, list) else ()):
            if isinstance(entry, str):
                _refuse_unknown(document, ("actors", name, "actions", place), entry, taken)


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _collect(
    user: Document,
    folder: Path | None,
    above: tuple[str, ...],
    taken: dict[str, Document],
    scenario: Document,
) -> None:
    """Read the menus that a file uses, and those that these use."""
    names = user.data.pop("use", [])
    if not isinstance(names, list):
        return user.refuse(
            ("use",), user.place(("use",)), "this is no list of menus. Write [menus/korea.yaml]."
        )
    for place, name in enumerate(names):
        at: Steps = ("use", place)
        path = _find(name, folder) if isinstance(name, str) else None
        if path is None:
            user.refuse(at, user.place(at), _no_such_menu(name, folder))
            scenario.tainted.add(("actors",))  # what it would have said of them is not missing
        elif name in above:
            chain = " -> ".join((*above[above.index(name) :], name))
            user.refuse(at, user.place(at), f"a menu uses itself: {chain}. Take one of these out.")
        elif name not in taken:
            if len(taken) == MOST_MENUS:
                more = f"more than {MOST_MENUS} menus are used. Put some of them together."
                return user.refuse(at, user.place(at), more)
            menu = _read(path, scenario)
            if menu is None:
                scenario.tainted.add(("actors",))
            else:
                taken[name] = menu
                _collect(menu, folder, (*above, name), taken, scenario)
                scenario.problems += menu.problems
    return None


def _find(name: str, folder: Path | None) -> Path | None:
    """Return the file of a menu: beside the scenario, else among those that ship."""
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or inside.suffix != ".yaml":
        return None
    for place in (folder, shipped_folder("scenarios")):
        if place is not None and (place / inside).is_file():
            return place / inside
    return None


def _no_such_menu(name: object, folder: Path | None) -> str:
    known = menu_names()
    if folder is not None:
        beside = (folder / "menus").glob("*.yaml")
        known = tuple(sorted({*known, *(f"menus/{path.name}" for path in beside)}))
    if not isinstance(name, str):
        return "this is no name of a menu. Write the name of a file, such as menus/korea.yaml."
    hint = did_you_mean(name, known) or f" Known: {', '.join(known) or 'none'}."
    return (
        f"there is no menu '{name[:60]}'. Write a .yaml file in or below the scenario's folder, or "
        f"one that ships.{hint}"
    )


def _read(path: Path, scenario: Document) -> Document | None:
    try:
        menu = read_document(read_bytes(path), str(path))
    except ScenarioError as error:
        scenario.problems += error.problems
        return None
    for key in menu.data.keys() - set(_KEYS):
        hint = did_you_mean(key, _KEYS)
        message = f"'{key}' does not belong into a menu.{hint} Known: {', '.join(_KEYS)}."
        menu.refuse((key,), menu.place((key,), of_key=True), message)
    return menu


def _refuse_unknown(document: Document, at: Steps, name: str, taken: dict[str, Document]) -> None:
    """Refuse an action named by its id alone that no menu has."""
    known: set[str] = set()
    for menu in taken.values():
        actions = _mapping(_mapping(menu.data.get("actors")).get(str(at[1]))).get("actions")
        entries = map(_mapping, actions if isinstance(actions, list) else ())
        known |= {str(entry["id"]) for entry in entries if "id" in entry}
    if taken:
        message = f"'{name[:60]}' is in no menu that this file uses."
    else:
        message = f"'{name[:60]}' stands alone, and this file uses no menu."
    hint = did_you_mean(name, sorted(known))
    message = f"{message}{hint} Write the action out, or mend its name."
    document.refuse(at, document.place(at), message)
