"""What is at a place, and what of it is ours: nothing else is ever written over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wargame.errors import RecordError
from wargame.store import lock
from wargame.store.manifest import MANIFEST, is_sealed, kind_of, name_kind, peek

_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave behind: nobody's work."""


PARTS = re.compile(
    r"plan\.json|chunk-\d{12}\.(npz|tmp)|\.wargame-[0-9a-f]{8}\.tmp|working|earlier|spool"
)
"""What an unfinished folder may hold besides its lock."""


_NAMED = 5
"""Files named in a message."""


@dataclass(frozen=True)
class Found:
    """What is at a place.

    Attributes
    ----------
    kind : str or None
        Of the folder of ours that is there; None when there is none.
    foreign : tuple of str
        What is in the folder and not this program's, by path.
    """

    kind: str | None = None
    foreign: tuple[str, ...] = ()


def look(folder: Path) -> Found:
    """Say what is in a folder, and what of it is not ours.

    Ours is what a manifest lists that is as we wrote it; a link never is.

    Raises
    ------
    RecordError
        When it is a file or a link.
    OSError
        When it cannot be read.
    """
    if not os.path.lexists(folder):
        return Found()
    if folder.is_symlink():
        raise RecordError(f"{folder}: is a link; nothing is written through it. Name a new folder.")
    if not folder.is_dir():
        raise RecordError(f"{folder}: is a file, not a folder. Name a new folder.")
    manifest = peek(folder)
    kind = kind_of(manifest)
    if kind is None or not is_sealed(manifest):
        return Found(None, tuple(sorted(_not_listed(folder, frozenset()))))
    return Found(kind, tuple(sorted(_not_listed(folder, {*manifest["files"], MANIFEST}))))


def _not_listed(folder: Path, listed: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield what is below a folder and not in a list; of a folder of nothing else its name."""
    above = {str(parent) for name in listed for parent in Path(name).parents}

    def fail(error: OSError) -> None:
        raise error

    for place, folders, files in os.walk(folder, onerror=fail):
        for name in (*folders, *files):
            path = Path(place, name)
            inside = path.relative_to(folder)
            known = str(inside) in above if name in folders else inside.as_posix() in listed
            if path.is_symlink() or (not known and name not in _LITTER):
                yield inside.as_posix() + ("/" if name in folders else "")
        folders[:] = [n for n in folders if str(Path(place, n).relative_to(folder)) in above]


def check_free(folder: Path | str, kind: str, replace: bool) -> Found:
    """Refuse a place where a folder of ours may not be written.

    Parameters
    ----------
    kind : str
        What is to be written, as `wargame.store.manifest.kind_of` names it.
    replace : bool
        An earlier folder of the same kind may be replaced.

    Raises
    ------
    RecordError
        When it holds the same kind (without `replace`) or anything that is not ours.
    OSError
        When it cannot be read.
    """
    folder = Path(folder)
    if folder.name in ("", ".."):
        raise RecordError(
            f"{folder}: has no name of its own. Name a new folder, for example {folder / kind}."
        )
    there = look(folder)
    if there.foreign:
        raise RecordError(
            f"{folder}: holds what is not of this program ({_list(there.foreign)}); none of it is "
            "touched. Move it elsewhere, or name a new folder."
        )
    if there.kind not in (None, kind):
        raise RecordError(
            f"{folder}: holds {name_kind(str(there.kind))}, which is not replaced by "
            f"{name_kind(kind)}. Name a new folder."
        )
    if there.kind is not None and not replace:
        raise RecordError(
            f"{folder}: holds {name_kind(kind)} already. Add «force» to replace it, or name a new "
            "folder."
        )
    return there


def _list(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def check_partial(partial: Path) -> None:
    """Refuse the place of an unfinished folder when anything in it is not ours."""
    if not os.path.lexists(partial):
        return
    if partial.is_symlink() or not partial.is_dir():
        raise RecordError(
            f"{partial}: is not an unfinished folder of this program, and its name is needed. "
            "Move it elsewhere, or name a new folder."
        )
    names = {path.name for path in partial.iterdir()} - _LITTER
    foreign = tuple(sorted(name for name in names - {lock.NAME} if not PARTS.fullmatch(name)))
    if foreign or (names and lock.NAME not in names):
        raise RecordError(
            f"{partial}: holds what is not of this program ({_list(foreign or tuple(names))}), and "
            "its name is needed; none of it is touched. Move it elsewhere, or name a new folder."
        )
