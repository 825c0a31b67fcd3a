"""Files that are not scenarios, read within bounds: bytes, depth, finite numbers, sound text."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wargame.errors import RecordError

MOST_BYTES = 64_000_000
MOST_DEPTH = 32
_WHOLE = 2**63


def read_bytes(
    path: Path, most: int = MOST_BYTES, remedy: Callable[[Path], str] = lambda path: ""
) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    remedy : callable
        What to do about a file that cannot be read: a sentence with a leading space.

    Raises
    ------
    RecordError
        When it cannot be read or holds more than `most` bytes.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with NUL
        reason = getattr(error, "strerror", None) or str(error)
        name = shorten_name(path)
        raise RecordError(f"{name}: cannot be read ({reason}).{remedy(path)}") from error
    if len(raw) > most:
        raise RecordError(f"{path}: is larger than {most:,} bytes, the most that is read.")
    return raw


def read_json(path: Path, most: int = MOST_BYTES, remedy: str = "") -> Any:
    """Return the document in a JSON file.

    Raises
    ------
    RecordError
        When it cannot be read, or as for `parse_json`.
    """
    raw = read_bytes(path, most, lambda path: remedy)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(
            f"{path}: is not UTF-8 text (byte {error.start}), so not JSON.{remedy}"
        ) from error
    return parse_json(text, str(path), remedy)


def parse_json(text: str, place: str, remedy: str = "") -> Any:
    """Return the document that a text holds.

    Raises
    ------
    RecordError
        When it is not JSON, nests deeper than `MOST_DEPTH`, or holds a number that is not finite
        or not within 64 bits, or half a character.
    """
    try:
        found = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        _check_depth(found)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        at = f"{place}:{error.lineno}:{error.colno}"
        raise RecordError(f"{at}: is not JSON ({error.msg}).{remedy}") from error
    except RecursionError as error:
        raise RecordError(f"{place}: nests deeper than {MOST_DEPTH}.{remedy}") from error
    except UnicodeEncodeError as error:
        raise RecordError(f"{place}: a text holds half a character.{remedy}") from error
    except ValueError as error:
        raise RecordError(f"{place}: {error}.{remedy}") from error
    return found


def shorten_name(path: object) -> str:
    """Return a file's name for a message: without its middle when it is endless."""
    name = str(path)
    return name if len(name) <= 300 else f"{name[:100]}...{name[-100:]}"


def _whole(digits: str) -> int:
    if len(digits) > 20 or not -_WHOLE <= (number := int(digits)) < 2 * _WHOLE:
        raise ValueError(f"the number {digits[:20]}{'...' * (len(digits) > 20)} is beyond 64 bits")
    return number


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written[:20]} is not a finite number")
    return number


def _check_depth(found: Any) -> None:
    level = [found]
    for _ in range(MOST_DEPTH):
        level = [
            item
            for node in level
            if isinstance(node, (dict, list))
            for item in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return
    raise RecursionError
