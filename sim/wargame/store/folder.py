"""The folder of a command: written whole or not at all, by one at a time, over nothing foreign."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from wargame.errors import RecordError
from wargame.store import lock
from wargame.store.files import Content, as_json, failure, fill, hash_of, sync, write_file
from wargame.store.manifest import MANIFEST, peek, seal
from wargame.store.ownership import PARTS, Found, check_free, check_partial, look


@dataclass
class Claim:
    """A place that is ours to write in, for as long as it is held; made by `claim` or `reopen`.

    Attributes
    ----------
    partial : Path
        ``<folder>.partial``, where all is made; only what is whole gets its place in the folder.
    note : str
        What was put right of an earlier command that was killed; "" if nothing.
    takes_up : bool
        The chunks in `partial` are this command's: once the folder is saved they go.
    """

    folder: Path
    kind: str
    replace: bool
    partial: Path
    note: str = ""
    takes_up: bool = False
    _lock: IO[bytes] | None = field(default=None, repr=False)
    _saved: bool = False

    def save(self, files: Mapping[str, Content], manifest: Mapping[str, Any]) -> None:
        """Write the folder: all is written elsewhere, synced, read back, and then given its name.

        Parameters
        ----------
        files : mapping of str to Content
            Path in the folder -> what it holds, written in this order.
        manifest : mapping
            What stands in the manifest besides format, kind and hashes; read when all is written.

        Raises
        ------
        RecordError
            When it cannot be written, or what is read back is not what was written.
        """
        working = self.partial / "working"
        try:
            _clear(working)
            hashes = {name: fill(working / name, content) for name, content in files.items()}
            for name, digest in hashes.items():
                if hash_of(working / name) != digest:
                    raise RecordError(
                        f"{self.folder / name}: what was read back is not what was written; the "
                        "disk is failing or full. Choose another disk."
                    )
            self._finish(working, manifest, hashes)
        except OSError as error:
            raise failure(self.folder, error) from error

    def add(self, draw: Callable[[Path], object], *, replace: bool = True) -> list[Path]:
        """Add figures and pages to the folder, each whole or not at all, and to its manifest.

        Parameters
        ----------
        draw : callable
            Called with an empty folder to write them in.
        replace : bool
            Files of ours that are there under the same names are replaced.

        Raises
        ------
        RecordError
            When something that is not ours is in the way, or it cannot be written.
        """
        working = self.partial / "working"
        try:
            _clear(working)
            working.mkdir()
            draw(working)
            hashes = {
                path.relative_to(working).as_posix(): hash_of(path)
                for path in sorted(working.rglob("*"))
                if path.is_file()
            }
            if look(self.folder).kind is None:
                self._finish(working, {}, hashes)
                return [self.folder / name for name in hashes]
            manifest = peek(self.folder)
            ours = manifest.pop("files")
            self._check_addition(hashes, ours, replace)
            renewed = seal(self.kind, manifest, {**ours, **hashes})
            write_file(self.folder / MANIFEST, as_json(renewed), replace=True)
            for name in hashes:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(working / name, self.folder / name)
        except OSError as error:
            raise failure(self.folder, error) from error
        return [self.folder / name for name in hashes]

    def finished(self) -> None:
        """Say that the folder is there already: chunks that were left over go."""
        self._saved = True

    def _finish(
        self, working: Path, manifest: Mapping[str, Any], hashes: Mapping[str, str]
    ) -> None:
        fill(working / MANIFEST, as_json(seal(self.kind, manifest, hashes)))
        for place in {working, *((working / name).parent for name in hashes)}:
            sync(place)
        self._put_in_place(working)
        self._saved = True

    def _check_addition(
        self, names: Mapping[str, str], ours: Mapping[str, str], replace: bool
    ) -> None:
        for name in names:
            path = self.folder / name
            above = [self.folder / parent for parent in Path(name).parents]
            if any(os.path.lexists(p) and (p.is_symlink() or not p.is_dir()) for p in above):
                raise RecordError(
                    f"{path.parent}: is a link or a file; nothing is written through it. Move it "
                    "elsewhere, or name a new folder."
                )
            if not os.path.lexists(path):
                continue
            if name not in ours or path.is_symlink():
                raise RecordError(
                    f"{path}: is not of this program and in the way. Move it elsewhere, or name a "
                    "new folder."
                )
            if not replace:
                raise RecordError(
                    f"{path}: is there already. Add «force» to replace it, or name a new folder."
                )

    def _put_in_place(self, working: Path) -> None:
        """Give a finished folder its name; an earlier one steps aside first and is then removed."""
        there = check_free(self.folder, self.kind, self.replace)
        earlier = self.partial / "earlier"
        if there.kind is not None:
            os.replace(self.folder, earlier)
        elif self.folder.is_dir():
            self.folder.rmdir()  # it is empty
        try:
            os.rename(working, self.folder)
        except OSError:
            if there.kind is not None:
                os.replace(earlier, self.folder)
            raise
        sync(self.folder.parent)
        _discard(earlier)

    def _recover(self) -> None:
        """Put back an earlier folder that a killed command had moved aside, or finish its work."""
        earlier = self.partial / "earlier"
        if os.path.lexists(earlier):
            there = look(self.folder)
            if there == Found():
                with suppress(OSError):
                    self.folder.rmdir()
                os.replace(earlier, self.folder)
                self.note = (
                    f"{self.folder}: the program was killed while it replaced this; what was there "
                    "before is back in its place"
                )
            elif there.kind is not None:
                _discard(earlier)
        _sweep(self.partial, keep_chunks=True)

    def _release(self) -> None:
        """Leave nothing behind but chunks that can be taken up, and never raise."""
        keep = not (self._saved and self.takes_up) and any(self.partial.glob("chunk-*.npz"))
        with suppress(OSError):
            _sweep(self.partial, keep_chunks=keep)
        if self._lock is not None:
            lock.let_go(self._lock, self.partial, remove=not keep)


def claim(folder: Path | str, kind: str, *, replace: bool = False) -> AbstractContextManager[Claim]:
    """Hold a place for a new folder, whose parents are made; nobody else writes there meanwhile.

    Parameters
    ----------
    kind, replace
        As for `check_free`.

    Raises
    ------
    RecordError
        When the place is taken, by somebody else's files or by another command, or cannot be
        written.
    """
    return _held(Path(folder), kind, replace)


def reopen(folder: Path | str, kind: str | None = None) -> AbstractContextManager[Claim]:
    """Hold a finished folder of ours, to add figures to it; a new one of a kind may be begun, too.

    Raises
    ------
    RecordError
        When it is not ours, another command is writing there, or it cannot be written.
    """
    return _held(Path(folder), kind, None)


def recover(folder: Path | str) -> str:
    """Put a folder back that a killed command had moved aside; return what was done, or "".

    Raises
    ------
    RecordError
        When another command is at it, or it cannot be done.
    """
    folder = Path(folder)
    aside = folder.with_name(f"{folder.name}.partial") / "earlier" if folder.name else folder
    if os.path.lexists(folder) or not os.path.lexists(aside):
        return ""
    with _held(folder, "folder", None) as place:
        return place.note


@contextmanager
def _held(folder: Path, kind: str | None, replace: bool | None) -> Iterator[Claim]:
    """Hold a place; `replace` is None to add to what is there."""
    partial = folder.with_name(f"{folder.name}.partial") if folder.name else folder
    place = Claim(folder, kind or "", bool(replace), partial)
    made: list[Path] = []
    try:
        _take(place, replace, made)
        yield place
    finally:
        if place._lock is not None:
            place._release()
        with suppress(OSError):
            for parent in made:
                parent.rmdir()


def _take(place: Claim, replace: bool | None, made: list[Path]) -> None:
    try:
        _check(place, replace)  # before anything is touched
        made += [parent for parent in place.folder.parents if not parent.exists()]
        place.folder.parent.mkdir(parents=True, exist_ok=True)
        check_partial(place.partial)
        place._lock = lock.take(place.partial, place.folder)
        place._recover()
        _check(place, replace)  # what was put back, or has come meanwhile
    except OSError as error:
        raise failure(place.folder, error) from error
    except RecordError as error:
        if place.note:
            raise RecordError(f"{place.note}.\n{error}") from error
        raise


def _check(place: Claim, replace: bool | None) -> None:
    """Refuse what may not be written to, or added to."""
    if replace is not None:
        check_free(place.folder, place.kind, replace)
        return
    there = look(place.folder)
    if there.kind is None and (not place.kind or there.foreign):
        raise RecordError(
            f"{place.folder}: is not a folder of this program. Name one, or a new folder."
        )
    place.kind = there.kind or place.kind


def _clear(path: Path) -> None:
    """Remove what we were in the middle of making."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sweep(partial: Path, keep_chunks: bool) -> None:
    """Remove what is of no lasting use."""
    for path in list(partial.iterdir()):
        kept = path.name == "earlier" or (keep_chunks and path.suffix in (".json", ".npz"))
        if PARTS.fullmatch(path.name) and not kept:
            _clear(path)


def _discard(folder: Path) -> None:
    """Remove a folder of ours that was replaced, unless somebody put something in it meanwhile."""
    with suppress(OSError):
        if os.path.lexists(folder) and not look(folder).foreign:
            shutil.rmtree(folder)
