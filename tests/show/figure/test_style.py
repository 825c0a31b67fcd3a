from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synthetic import make_results, make_scenario
from wargame.show.figure import characters
from wargame.show.figure import style as ours
from wargame.show.figure.canvas import blank_sheet
from wargame.show.figure.files import draw_all
from wargame.show.figure.run.figures import run_figures

HOSTILE = """\
text.usetex: True
axes.grid: True
path.sketch: 1, 100, 2
savefig.bbox: tight
savefig.dpi: 37
figure.dpi: 41
text.hinting: none
text.hinting_factor: 1
font.family: serif
lines.linewidth: 9
axes.formatter.limits: 0, 0
svg.fonttype: none
no.such.key: 1
"""
DRAW = """\
import sys
from pathlib import Path
from synthetic import make_results
from wargame.show.figure.files import (draw_all)
from wargame.show.figure.run.figures import run_figures
draw_all(run_figures(make_results(30)), Path(sys.argv[1]), dpi=60)
"""


def test_no_setting_of_the_user_reaches_a_figure(tmp_path: Path) -> None:
    wanted = draw_all(run_figures(make_results(30)), tmp_path / "plain", dpi=60)
    (tmp_path / "matplotlibrc").write_text(HOSTILE)
    surroundings = os.environ | {
        "MPLCONFIGDIR": str(tmp_path),
        "MPLBACKEND": "inline",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    told = subprocess.run(
        [sys.executable, "-c", DRAW, "out"],
        cwd=tmp_path,
        env=surroundings,
        check=True,
        capture_output=True,
    )
    assert told.stdout == b""
    for path in wanted:
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_backend_of_the_users_is_theirs_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "inline")
    with ours.style():
        pass
    assert os.environ["MPLBACKEND"] == "inline"


@pytest.mark.parametrize(
    "text",
    [
        "첫걸음 第一歩 かな カナ",
        "中华人民共和国 中華民國",
        "Ελλάδα Україна é ệ",
        "→ ≤ € ▲ ①",
        "𠮷 🚀 👩‍💻 ไทย",
    ],
)
def test_every_text_is_drawn_without_a_warning(text: str, tmp_path: Path) -> None:
    def make() -> Any:
        figure = blank_sheet(text, text)
        axes = figure.add_axes((0.2, 0.2, 0.6, 0.5))
        axes.set_yticks([0, 1], [text, text])
        return figure

    draw_all({"words": make}, tmp_path, dpi=30)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("plain", ""),
        ("첫걸음 第一歩 é e\u0301 שלום", ""),
        ("a 🚀 b 🚀", "🚀"),
        ("👩\u200d💻\ufe0f", "👩💻"),
        ("ไทย", "ไทย"),
    ],
)
def test_what_will_be_a_box_is_known_before_drawing(text: str, letters: str) -> None:
    assert characters.unshowable(text) == letters


def test_a_box_has_its_place_in_the_scenario() -> None:
    assert characters.unshowable_in(make_scenario()) == {}
    assert characters.unshowable_in(make_scenario(title="To the 🌕")) == {"title": "🌕"}


def test_fonts_are_files_that_come_with_us() -> None:
    for path in ours.font_files().values():
        assert path.is_file()
    shown = [
        chr(code) for codes in (range(0xAC00, 0xD7A4), range(0x3041, 0x3097)) for code in codes
    ]
    assert characters.unshowable("".join(shown)) == ""
    for standard in ("shift_jis", "euc_kr", "gb2312"):
        known = "".join(chr(code) for code in range(0x4E00, 0xA000) if _has(chr(code), standard))
        assert characters.unshowable(known) == ""


def _has(letter: str, standard: str) -> bool:
    return bool(letter.encode(standard, "ignore"))
