"""The program, called as a user calls it."""

import os
import subprocess
import sys


def wargame(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "wargame", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
