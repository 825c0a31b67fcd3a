"""A file, whole or not at all; what the system says when it cannot be, in words."""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from wargame.errors import RecordError
from wargame.store.reader import shorten_name

Content = str | bytes | Iterable[str] | Callable[[Path], object]
"""Of a file: text, bytes, text in pieces, or what writes the file itself."""

_CAUSES = {
    errno.ENOSPC: "the disk is full. Free some space or choose another disk",
    errno.EDQUOT: "your share of the disk is used up. Free some space or choose another disk",
    errno.EFBIG: "a file grew beyond what the system allows here. Choose another disk",
    errno.EROFS: "the disk is read-only. Choose another place",
    errno.EACCES: "permission denied. Choose a place that is yours",
    errno.EPERM: "the system does not permit it. Choose a place that is yours",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.EISDIR: "is a folder. Name a file",
    errno.ENOTDIR: "a part of the path is a file, not a folder. Choose another place",
    errno.EEXIST: "a file stands where a folder is needed. Choose another place",
    errno.ENOENT: "there is no such file or folder; perhaps it was moved or removed meanwhile",
    errno.ELOOP: "links lead round in a circle. Choose another place",
    errno.EIO: "the disk does not answer. Choose another disk",
    errno.EMFILE: "too many files are open. Close some programs",
    errno.ENFILE: "too many files are open. Close some programs",
}


def failure(place: Path | str, error: OSError, kept: str = "") -> RecordError:
    """Return our error for one of the system.

    Parameters
    ----------
    place : Path or str
        What was being read or written.
    kept : str
        A sentence on what is there now.
    """
    return RecordError(f"{shorten_name(place)}: {cause_of(error)}.{f' {kept}' if kept else ''}")


def cause_of(error: OSError) -> str:
    """Return what an error of the system means and what can be done about it, without a stop."""
    reason = error.strerror or str(error) or type(error).__name__
    return _CAUSES.get(error.errno or 0, f"{reason}. Choose another place")


def as_json(document: object) -> str:
    """Return plain data as JSON text (see `plain`); equal documents give the same bytes."""
    return json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Return plain data with floats rounded to 10 significant digits, for stable bytes.

    Numbers that JSON cannot hold (not a number, infinity) become None.
    """
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.10g}") if math.isfinite(value) else None
    return value


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fill(path: Path, content: Content) -> str:
    """Write a new file, synced to the disk, and its folder if it is missing; return its SHA-256.

    Raises
    ------
    OSError
        When it cannot be written, or is there already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
        return hash_of(path)
    digest = hashlib.sha256()
    with synced(path, "xb") as file:
        for piece in [content] if isinstance(content, (str, bytes)) else content:
            raw = piece.encode() if isinstance(piece, str) else piece
            digest.update(raw)
            file.write(raw)
    return digest.hexdigest()


@contextmanager
def synced(path: Path, mode: str) -> Iterator[IO[bytes]]:
    """Open a file to write; what is written is on the disk in the end.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    with path.open(mode) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def check_file(path: Path | str, replace: bool) -> Path:
    """Refuse a place where a file may not be written.

    Raises
    ------
    RecordError
        When something is there: a file (without `replace`), a folder, or what is no file at all.
    """
    path = Path(path)
    if os.path.isdir(path) or not path.name:  # these ask nothing of a name too long
        raise RecordError(f"{path}: is a folder. Name a file.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise RecordError(f"{path}: is no ordinary file; it is not written to. Name a file.")
    if os.path.lexists(path) and not replace:
        raise RecordError(
            f"{path}: is there already. Add «force» to replace it, or give another name."
        )
    if not os.path.isdir(path.parent):
        raise RecordError(
            f"{path}: cannot be written: there is no folder {path.parent}. Make it, or name "
            "another place."
        )
    return path


def write_file(path: Path | str, content: Content, *, replace: bool = False) -> Path:
    """Write a file whole or not at all, into a folder that is there.

    A link that is replaced becomes a file: nothing is written through it.

    Raises
    ------
    RecordError
        When something is there (see `check_file`) or it cannot be written.
    """
    path = check_file(path, replace)
    working = path.with_name(f".wargame-{secrets.token_hex(4)}.tmp")
    try:
        fill(working, content)
        (os.replace if replace else _rename_to_new)(working, path)
        sync(path.parent)
    except FileExistsError:
        check_file(path, replace)  # somebody was quicker
        raise
    except OSError as error:
        raise failure(path, error) from error
    finally:
        with suppress(OSError):
            working.unlink()
    return path


def _rename_to_new(working: Path, path: Path) -> None:
    """Give a file a name that nothing may have had, not even a moment ago."""
    try:
        os.link(working, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(working, path)


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
