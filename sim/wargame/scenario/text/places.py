"""Where a value stands: its steps from the top, and its line and column."""

from __future__ import annotations

from typing import NamedTuple

from wargame.scenario.text.scalars import shorten

Steps = tuple[str | int, ...]
"""Where in the data: keys and indices from the top."""


class Place(NamedTuple):
    """One-based position in a file."""

    line: int
    column: int


def spell(steps: Steps) -> str:
    """Return steps as people read them: ``actors.PRK.actions[3].rung``.

    Parameters
    ----------
    steps : Steps
        Keys and indices from the top.
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return shorten(text.removeprefix("."), 200)
