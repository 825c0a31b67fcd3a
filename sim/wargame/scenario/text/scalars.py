"""What an unquoted word of YAML means, by YAML 1.2's core schema, and which text is allowed.

``NO``, ``on`` and ``12:30`` are text, ``1e-3`` is a number. What could be read in two ways
(``010``) or cannot be used (``.nan``) is refused.
"""

from __future__ import annotations

import re
from typing import Any

MOST_DIGITS = 18
"""Of a whole number."""

UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""A character that no text may hold: control, invisible, direction override, surrogate."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_OCTAL, _HEXADECIMAL = re.compile(r"0o[0-7]+"), re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def shorten(text: str, longest: int = 60) -> str:
    """Return text on one line, cut to a length a message can bear.

    Parameters
    ----------
    text : str
        Anything.
    longest : int
        In characters.
    """
    line = " ".join(text[: longest * 4].split())
    return line if len(line) <= longest else line[: longest - 3] + "..."


def clean_line(text: str) -> str:
    """Return text on one line, with a question mark for controls and invisible letters.

    A terminal, a page and a log are given nothing that could change what stands around it.
    """
    return "".join(
        letter if letter.isprintable() else " " if letter.isspace() else "?" for letter in text
    )


def resolve_scalar(text: str) -> Any:
    """Return what an unquoted scalar means in YAML 1.2's core schema.

    Parameters
    ----------
    text : str
        As written, without quotes.

    Returns
    -------
    str, int, float, bool or None
        The text itself when it is nothing else.

    Raises
    ------
    ValueError
        With a sentence for the user, when it is ambiguous or not a usable number.

    References
    ----------
    YAML 1.2.2, section 10.3, without its leniency on leading zeros.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    shown = shorten(text, 40)
    if _LEADING_ZERO.fullmatch(text):
        sign, digits = ("-" if text[0] == "-" else ""), text.lstrip("+-0") or "0"
        raise ValueError(
            f"{shown} starts with a zero, which some programs read as octal. "
            f"Write {sign}{shorten(digits, 40)} or '{shown}'."
        )
    if len(text) > MOST_DIGITS and (_INTEGER.fullmatch(text) or text[:2] in {"0x", "0o"}):
        raise ValueError(
            f"{shown} is a number of more than {MOST_DIGITS} digits. Write a smaller one, "
            "or put it in quotes if it is text."
        )
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise ValueError(f"{shown} is too large to be held. Write a smaller number.")
        return number
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"{shown} is not a finite number. Write the number that is meant.")
    return text
