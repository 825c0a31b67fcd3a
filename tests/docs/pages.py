"""The project's pages and the code blocks in them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BUILT = bool(os.environ.get("WARGAME_DOCS_BUILT"))
"""Whether these very pages were built just now: then their cells have run."""
_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<code>.*?)^ *(?P=fence) *$", re.M | re.S
)
_OPTIONS = re.compile(r"\A---\n.*?^---\n", re.M | re.S)
_LANGUAGE = re.compile(r"^\{?(?P<word>[\w-]*)\}?\s*(?P<argument>\S*)")


@dataclass(frozen=True)
class Block:
    """A fenced block: what language it is in, where it stands, what it says."""

    language: str
    line: int
    code: str


def pages() -> list[Path]:
    """Return README, CONTRIBUTING and all written pages (not the generated ones)."""
    found = [path for path in ROOT.glob("*.md") if path.name in ("README.md", "CONTRIBUTING.md")]
    written = (path.relative_to(DOCS) for path in DOCS.rglob("*.md"))
    skipped = ("_build", "generated")
    return found + [DOCS / path for path in sorted(written) if not set(skipped) & set(path.parts)]


def name_of(page: Path) -> str:
    """Return a page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page; a code cell counts as Python."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(_language(found["info"]), text.count("\n", 0, found.start()) + 1, _code(found))
        for found in _FENCE.finditer(text)
    ]


def _language(info: str) -> str:
    word, argument = _LANGUAGE.match(info.strip()).group("word", "argument")
    return {"code-cell": "python", "code-block": argument}.get(word, word)


def _code(found: re.Match[str]) -> str:
    """Return a block's text; a cell's options become empty lines, so that places stay true."""
    indent = len(found["indent"])
    text = "".join(line[indent:] or "\n" for line in found["code"].splitlines(keepends=True))
    return _OPTIONS.sub(lambda options: "\n" * options[0].count("\n"), text)
