"""What ships with the program, found by name: scenarios, facts, record, literature, tables.

Looked for inside the installed package first (the wheel carries them), then beside
``sim/`` in a checkout.
"""

from __future__ import annotations

from pathlib import Path

from wargame.errors import UsageError
from wargame.scenario.text.decoding import LARGEST

_PACKAGE = Path(__file__).resolve().parents[2]
_CHECKOUT = _PACKAGE.parents[1]


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, or just over the largest size that is read.

    Parameters
    ----------
    path : Path
        An existing file.

    Raises
    ------
    UsageError
        When it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"'{path}' cannot be read: {reason}. Check its permissions.") from error


def starting_text() -> str:
    """Return the commented scenario that ``wargame new`` writes."""
    return (Path(__file__).resolve().parents[1] / "starting.yaml").read_text(encoding="utf-8")


def shipped_folder(name: str) -> Path | None:
    """Return a folder that ships, from the package or the checkout, if there is one."""
    for parent in (_PACKAGE, _CHECKOUT):
        if (parent / name).is_dir():
            return parent / name
    return None
