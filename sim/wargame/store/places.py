"""The place of a folder: whether it is free, and how a finished one gets its name."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from wargame.errors import RecordError
from wargame.store.manifest import kind_in, name_kind


def check_free(folder: Path | str, force: bool, kind: str) -> None:
    """Refuse a place where a folder of ours may not be written.

    Parameters
    ----------
    force : bool
        An earlier folder of the same kind may be replaced.
    kind : str
        What is to be written, as `wargame.store.manifest.kind_of` names it.

    Raises
    ------
    RecordError
        When it holds the same kind (without force) or anything else.
    """
    folder = Path(folder)
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise RecordError(f"{folder}: is not a folder. Give another name with --out.")
    if not any(folder.iterdir()):
        return
    there = kind_in(folder)
    if there is None:
        raise RecordError(
            f"{folder}: holds files, but no run and nothing else of this program (no "
            "manifest.json of its own); it is never replaced. Give another name with --out."
        )
    if there != kind:
        raise RecordError(
            f"{folder}: holds {name_kind(there)}, which is not replaced by {name_kind(kind)}: "
            "--force is for what is of the same kind. Give another name with --out."
        )
    if not force:
        raise RecordError(
            f"{folder}: holds {name_kind(kind)} already. Add --force to replace it, or give "
            "another name with --out."
        )


def put_in_place(working: Path, folder: Path) -> None:
    """Give a finished folder its name; an earlier one steps aside first and is then removed.

    Parameters
    ----------
    working : Path
        Beside `folder`.

    Raises
    ------
    OSError
        When it cannot be done; the earlier folder is where it was.
    """
    aside = None
    if folder.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.replace(folder, aside)
    try:
        os.rename(working, folder)
    except OSError:
        if aside is not None:
            os.replace(aside, folder)
        raise
    sync(folder.parent)
    if aside is not None:
        shutil.rmtree(aside, ignore_errors=True)


def sync(folder: Path) -> None:
    """See to it that the names in a folder are on the disk.

    Raises
    ------
    OSError
        When the disk does not take them.
    """
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
