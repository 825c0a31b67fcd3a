"""Bytes to text: no more than the largest size, in UTF-8."""

from __future__ import annotations

from wargame.scenario.text.document import Document
from wargame.scenario.text.places import Place

LARGEST = 1 << 20
"""Bytes a file may have."""


def decode(raw: bytes | str, document: Document) -> str:
    """Return the text of a file, or stop with what is wrong with its bytes."""
    if len(raw) > LARGEST:
        document.stop(Place(1, 1), f"the file is larger than {LARGEST:,} bytes. Shorten it.")
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in raw[:4]:
        saved = "UTF-32" if b"\x00\x00" in raw[:4] else "UTF-16"
        document.stop(
            Place(1, 1),
            f"the file is saved as {saved}. Save it as UTF-8 (in the editor's 'Save as', "
            "choose the encoding UTF-8).",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        document.stop(
            place_at(before, len(before)),
            f"the byte 0x{raw[error.start]:02x} is not UTF-8; the file is saved in another "
            "encoding. Save the file as UTF-8.",
        )


def place_at(text: str, index: int) -> Place:
    """Return the line and column of a character."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
