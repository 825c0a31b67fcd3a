"""Numbers as people write them, when a file has one that is not a number."""

from __future__ import annotations

import re

_LONGEST = 60


_NUMBER_IN_TEXT = re.compile(
    r"(?<![\w.,])[-+]?(?:[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
)


_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])(?:[ \xa0\u202f'](?=[0-9]{3}(?![0-9]))|_(?=[0-9]))")


_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")


def number_hint(data: object, *, whole: bool = False) -> str:
    """Say what number a mistyped one probably is: 30%, 0,3, 1_000, 1.5e-3x, 0.04 a week.

    Parameters
    ----------
    data : object
        What was written.
    whole : bool
        Only a whole number will do.

    Returns
    -------
    str
        A sentence with a leading space, or "".
    """
    if not isinstance(data, str) or len(data) > _LONGEST:
        return ""
    text = _BETWEEN_THOUSANDS.sub("", data.replace("\N{MINUS SIGN}", "-"))
    found = _NUMBER_IN_TEXT.findall(text)
    if len(found) != 1:
        return ""
    scale = 0.01 if re.search(r"%|per ?cent", text) else 1.0
    meant = [found[0].replace(",", ".")]
    if _THOUSANDS.fullmatch(found[0]):  # 1,000 is a thousand to one reader and one to another
        meant.insert(0, found[0].replace(",", ""))
    try:
        numbers = [float(written) * scale for written in meant]
    except ValueError:
        return ""
    said = [f"{number:g}" for number in numbers if not whole or number.is_integer()]
    return f" Did you mean {' or '.join(dict.fromkeys(said))}?" if said else ""
