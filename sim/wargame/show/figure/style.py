"""Matplotlib with our settings and our fonts: nothing of the user's or the system's reaches it."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

INK, PALE = "#222222", "#6b6b6b"
_OURS = Path(__file__).resolve().parents[1] / "fonts"
EAST_ASIAN, BOX = _OURS / "WargameEastAsian.otf", _OURS / "WargameBox.ttf"
FAMILIES = ("wargame text", "wargame east asian", "wargame box")
"""In the order in which they are asked for a character; the last has a box for every one."""

_RC: dict[str, Any] = {
    "font.family": list(FAMILIES),
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,  # a scenario's dollar signs are dollar signs
    "axes.edgecolor": "#b5b5b5",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "axes.axisbelow": True,
    "grid.color": "#e3e3e3",
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "wargame",
    "svg.fonttype": "path",
    "path.simplify": True,
}


@contextmanager
def style() -> Iterator[None]:
    """Hold this project's settings while figures are made and written."""
    mpl = import_matplotlib()
    _register()
    defaults = {key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"}
    with mpl.rc_context(defaults | _RC):
        yield


def import_matplotlib() -> Any:
    """Import Matplotlib; a backend that it does not know here would forbid even that."""
    wanted = os.environ.pop("MPLBACKEND", None)
    try:
        import matplotlib as mpl
    finally:
        if wanted is not None:
            os.environ["MPLBACKEND"] = wanted
    return mpl


@functools.cache
def font_files() -> dict[tuple[str, int], Path]:
    """Return (family, weight) -> file; a family has each weight, so that no other is looked for."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    dejavu = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    text, east_asian, box = FAMILIES
    return {
        (text, 400): dejavu / "DejaVuSans.ttf",
        (text, 700): dejavu / "DejaVuSans-Bold.ttf",
        **{(east_asian, weight): EAST_ASIAN for weight in (400, 700)},
        **{(box, weight): BOX for weight in (400, 700)},
    }


def _register() -> None:
    """Make the families known under names that no font of the system has."""
    from matplotlib.font_manager import FontEntry, fontManager

    known = {entry.name for entry in fontManager.ttflist}
    fontManager.ttflist += [
        FontEntry(fname=str(path), name=name, weight=weight, size="scalable")
        for (name, weight), path in font_files().items()
        if name not in known
    ]
