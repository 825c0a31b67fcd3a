"""The process's own streams, made to hold: missing, closed, too narrow, or unable to spell."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from typing import TextIO

_ESCAPED = "wargame.escaped"


class _Outlet(io.FileIO):
    """A descriptor to write to, whose reader may go away: what nobody reads is passed over.

    So the exit code is that of the work, whoever stopped reading.
    """

    def __init__(self, descriptor: int, passed_over: type[OSError]) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._passed_over = passed_over

    def write(self, data: object, /) -> int:
        """Write some bytes, or pass them over."""
        try:
            return super().write(data)  # type: ignore[arg-type]  # as it was handed on
        except self._passed_over:
            return memoryview(data).nbytes  # type: ignore[arg-type]


def prepare_streams() -> None:
    """Put streams in place that bear what a caller did to them.

    A missing one (``>&-``) is the null device. What the answer's encoding lacks is escaped as in
    JSON, so that a document stays one. A reader that goes away ends nothing. Notes on stderr are
    never a reason to fail.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free: this one
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8")
    codecs.register_error(_ESCAPED, _escape)
    if sys.stdout is sys.__stdout__:  # one that a caller put there is theirs
        sys.stdout = _stream(sys.stdout, 1, BrokenPipeError, _ESCAPED)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _stream(sys.stderr, 2, OSError, "backslashreplace")
    if not os.environ.get("COLUMNS", "1").strip("0"):
        del os.environ["COLUMNS"]  # no width is no width


def let_go_of_stdout() -> None:
    """Send what is still to be written nowhere: the place it was meant for takes no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _stream(
    old: TextIO | None, descriptor: int, passed_over: type[OSError], errors: str
) -> io.TextIOWrapper:
    encoding = getattr(old, "encoding", None) or "utf-8"
    buffer = io.BufferedWriter(_Outlet(descriptor, passed_over))
    return io.TextIOWrapper(
        buffer, encoding, errors, line_buffering=descriptor == 2 or os.isatty(descriptor)
    )


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
