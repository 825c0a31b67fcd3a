"""Make the two font files that figures and PDF fall back to.

    python docs/make_fonts.py NotoSansCJK-Regular.ttc

The source is Noto Sans CJK 2.004 (Debian has it as fonts-noto-cjk). Kept of it: Hangul syllables
and letters, kana, and the Han of the Japanese, Korean and Chinese standards; for every other
character there is a font of two pictures: a box, and nothing for marks that are never seen.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.timeTools import epoch_diff
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FONTS = Path(__file__).resolve().parents[1] / "sim" / "wargame" / "show" / "fonts"
STANDARDS = ("shift_jis", "euc_kr", "gb2312")
RANGES = (
    range(0x3000, 0x3100),  # punctuation and kana
    range(0x3131, 0x3190),  # Hangul letters
    range(0x31F0, 0x3200),  # kana of Ainu
    range(0xAC00, 0xD7A4),  # Hangul syllables, all of them
    range(0xFF00, 0xFFF0),  # wide and narrow forms
)
MADE = 1_700_000_000 - epoch_diff  # seconds since 1904: the same source gives the same bytes


def wanted() -> set[int]:
    """Return the characters kept: above the Latin, Greek and Cyrillic that DejaVu has."""
    kept = {code for codes in RANGES for code in codes}
    for standard in STANDARDS:
        kept |= {code for code in range(0x2E80, 0x10000) if _can(chr(code), standard)}
    for high in range(0xA4, 0xC7):  # the first level of Big5: the usual traditional Han
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            kept |= {ord(letter) for letter in bytes([high, low]).decode("big5", "ignore")}
    return {code for code in kept if code >= 0x2E80}


def _can(letter: str, standard: str) -> bool:
    try:
        letter.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def make_east_asian(source: Path, target: Path) -> None:
    """Cut the font down; it gets a name of its own, for the licence and beside the whole one."""
    font = TTFont(source, fontNumber=0, recalcTimestamp=False)
    options = subset.Options(
        layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    font["head"].modified = MADE
    for record in font["name"].names:
        old = record.toUnicode()
        if record.nameID in (1, 4, 16):
            record.string = "Wargame East Asian"
        elif record.nameID in (3, 6):
            record.string = "WargameEastAsian-Regular"
        elif record.nameID == 7:
            record.string = "A part of Noto Sans CJK JP 2.004, renamed. " + old
    top = font["CFF "].cff
    top.fontNames = ["WargameEastAsian-Regular"]
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = "Wargame East Asian"
    font.save(target)


def make_box(target: Path) -> None:
    """Draw the box that stands for what no font has, and nothing for what is never seen."""
    pen = TTGlyphPen(None)
    for left, low, right, high, inward in (
        (80, 0, 820, 1400, False),
        (180, 100, 720, 1300, True),
    ):
        corners = [(left, low), (left, high), (right, high), (right, low)]
        corners = corners[::-1] if inward else corners
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    box, nothing = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(2048)
    builder.setupGlyphOrder([".notdef", "box", "unseen"])
    builder.setupGlyf({".notdef": box, "box": box, "unseen": nothing})
    builder.setupHorizontalMetrics({".notdef": (900, 80), "box": (900, 80), "unseen": (0, 0)})
    builder.setupHorizontalHeader(ascent=1600, descent=-400)
    names = {"familyName": "Wargame Box", "styleName": "Regular", "psName": "WargameBox-Regular"}
    builder.setupNameTable({**names, "fullName": "Wargame Box", "version": "1.0"}, mac=False)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = MADE
    codes = [code for code in range(0x20, 0x110000) if not 0xD800 <= code < 0xE000]
    letters = {code: "unseen" if is_unseen(chr(code)) else "box" for code in codes}
    builder.font["cmap"] = cmap = newTable("cmap")
    cmap.tableVersion, cmap.tables = 0, []
    for platform, encoding in ((0, 6), (3, 10)):  # typst reads the first, FreeType the second
        table = CmapSubtable.newSubtable(13)
        table.platformID, table.platEncID, table.language = platform, encoding, 0
        table.cmap = letters
        cmap.tables.append(table)
    builder.setupOS2(sTypoAscender=1600, sTypoDescender=-400)
    builder.font.recalcTimestamp = False
    builder.save(target)


def is_unseen(letter: str) -> bool:
    """Say whether a character only steers others: joiners, directions, variation selectors."""
    code = ord(letter)
    selector = 0xFE00 <= code < 0xFE10 or 0xE0100 <= code < 0xE01F0
    return selector or unicodedata.category(letter) == "Cf"


if __name__ == "__main__":
    make_box(FONTS / "WargameBox.ttf")
    if len(sys.argv) > 1:
        make_east_asian(Path(sys.argv[1]), FONTS / "WargameEastAsian.otf")
