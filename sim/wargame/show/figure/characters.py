"""Characters for which our fonts have only a box."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from wargame.scenario.paths import texts_of
from wargame.scenario.schema import Scenario

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

from wargame.show.figure.style import FAMILIES, font_files, import_matplotlib


def unshowable(text: str) -> str:
    """Return the characters of a text, each once, for which figures and PDF have only a box."""
    return "".join(dict.fromkeys(letter for letter in text if _is_boxed(letter)))


def unshowable_in(scenario: Scenario) -> dict[str, str]:
    """Return place -> characters shown as a box, for the texts of a scenario that have some."""
    found = {path: unshowable(text) for path, text in texts_of(scenario).items()}
    return {path: letters for path, letters in found.items() if letters}


@functools.cache
def _is_boxed(letter: str) -> bool:
    if letter.isascii() or not letter.isprintable():  # joiners and the like are not seen
        return False
    return not any(face.get_char_index(ord(letter)) for face in _faces())


@functools.cache
def _faces() -> tuple[FT2Font, ...]:
    import_matplotlib()
    from matplotlib.ft2font import FT2Font

    return tuple(FT2Font(str(font_files()[name, 400])) for name in FAMILIES[:-1])
