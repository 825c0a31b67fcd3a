"""The program, called as a user calls it: in this process, or in an interpreter of its own."""

import io
import os
import subprocess
import sys
import traceback
from contextlib import chdir
from unittest import mock

from wargame.cli import app

WARGAME = (sys.executable, "-m", "wargame")
WIDE = {"COLUMNS": "100"}


def wargame(*arguments, cwd, entered="", **environment):
    """Call the command line in this process; what it answers is as from one of its own.

    Kills, signals, limits, terminals, encodings and closed streams need `interpreter` or `start`.
    """
    words = ["wargame", *map(str, arguments)]
    out, err = Captured(), Captured()
    keys = io.TextIOWrapper(io.BytesIO(entered.encode()), "utf-8")
    with (
        chdir(cwd),
        mock.patch.dict(os.environ, WIDE | environment),
        mock.patch.multiple(sys, argv=words, stdin=keys, stdout=out, stderr=err),
        mock.patch.multiple(app, prepare_streams=_nothing, let_go_of_stdout=_nothing),
    ):
        code = _ended()
    return subprocess.CompletedProcess(words, code, out.text(), err.text())


def _nothing():
    """Leave the streams of the tests alone."""


def _ended():
    """Run the program; return its exit code."""
    try:
        app.main()
    except SystemExit as end:
        return end.code or 0
    except Exception:  # with --debug: as an interpreter ends
        traceback.print_exc()
        return 1
    return 0


class Captured(io.TextIOWrapper):
    """A stream that is no terminal and keeps what is written."""

    def __init__(self):
        super().__init__(io.BytesIO(), "utf-8", newline="")

    def text(self):
        """Return what was written."""
        self.flush()
        return self.buffer.getvalue().decode()


def start(*arguments, cwd, before=(), **more):
    """Start the program in an interpreter of its own; `before` stands in front of the command."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": os.environ | WIDE}
    return subprocess.Popen(
        [*before, *WARGAME, *map(str, arguments)], cwd=cwd, text=True, **(pipes | more)
    )


def interpreter(*arguments, cwd, entered="", **more):
    """Call the program in an interpreter of its own, to its end."""
    process = start(*arguments, cwd=cwd, stdin=subprocess.PIPE, **more)
    out, err = process.communicate(entered, timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
