"""A folder that one process at a time writes in; whoever is killed lets go of it."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from wargame.errors import RecordError

NAME = "wargame.lock"
"""The file that is locked; it tells, too, that a folder is one of ours that is being written."""

_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def take(folder: Path, place: Path) -> IO[bytes]:
    """Take the lock of a folder, which is made if it is missing.

    Parameters
    ----------
    place : Path
        What is written, for the message.

    Raises
    ------
    RecordError
        When another process has it.
    OSError
        When the folder cannot be made or written.
    """
    for _ in range(100):  # whoever had it may just be removing the folder
        folder.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            file = (folder / NAME).open("ab")
            try:
                _lock(file)
            except OSError as error:
                if error.errno in _BUSY:
                    file.close()
                    break
                return file  # a disk without locks: what is written says what it belongs to
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), (folder / NAME).stat()):
                    return file
            file.close()
    raise RecordError(
        f"{place}: another command is writing there. Wait until it is done, or give another name."
    )


def let_go(file: IO[bytes], folder: Path, remove: bool) -> None:
    """Let go of the lock; never raises.

    Parameters
    ----------
    remove : bool
        The folder, too, if nothing else is in it.
    """
    with suppress(OSError):
        if remove and os.name == "posix":  # while it is ours: the next to come makes a new one
            (folder / NAME).unlink()
        file.close()
        if remove and os.name != "posix":  # an open file cannot be removed there
            (folder / NAME).unlink()
        if remove:
            folder.rmdir()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
