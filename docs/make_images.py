"""Make what the README shows: the picture of the outcomes and the table of a run.

    python docs/make_images.py

Both come from the shipped scenario with its default seed. A test compares the table with a fresh
run and says when this has to be done again.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
IMAGES = ROOT / "docs" / "images"
BLOCK = re.compile(r"(<!-- outcome table -->\n```text\n).*?^(```\n)", re.DOTALL | re.MULTILINE)


def fresh_table() -> str:
    """Return what ``wargame run western_sea --no-plots`` prints, without trailing blanks."""
    from generate import new_folder
    from typer.testing import CliRunner

    from wargame.cli.app import app

    with new_folder():
        outcome = CliRunner().invoke(app, ["run", "western_sea", "--no-plots", "--out", "run"])
    if outcome.exception is not None:
        raise outcome.exception
    return "\n".join(line.rstrip() for line in outcome.stdout.strip().splitlines())


def draw_outcomes(folder: Path) -> Path:
    """Draw the outcomes of the shipped scenario and return the file."""
    from wargame.engine import ensemble
    from wargame.scenario import loader
    from wargame.show.figure.run import figures

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "outcomes.png"
    figure = figures.draw("outcomes", ensemble.run(loader.load("western_sea"), 10_000, 1))
    figure.savefig(path, dpi=150, metadata={"Software": None})
    return path


def main() -> None:
    """Write both."""
    print(draw_outcomes(IMAGES))
    text = README.read_text(encoding="utf-8")
    table = fresh_table()
    README.write_text(
        BLOCK.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text), encoding="utf-8"
    )
    print(README)


if __name__ == "__main__":
    main()
