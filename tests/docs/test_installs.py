"""Lines that install something fetch what is meant: `wargame` on the index is somebody else's."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STRANGER = re.compile(r"""pip install [^\n`#]*(?<![\w./-])["']?wargame(?![\w/-])""")


def test_no_page_and_no_message_installs_a_strangers_package():
    places = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("benchmarks/*")]
    for folder in ("docs", "sim", "scenarios", "seeds", ".ci", "tests"):
        places += (ROOT / folder).rglob("*")
    texts = {
        place: place.read_text("utf-8", errors="replace")
        for place in places
        if place.is_file() and place.suffix in {"", ".md", ".py", ".j2", ".yaml", ".yml", ".html"}
    }
    assert len(texts) > 300
    assert not [place for place, text in texts.items() if STRANGER.search(text)]
