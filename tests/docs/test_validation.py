"""The validation page shows all that its script works out; what how-to pages show can be used."""

from __future__ import annotations

import re

from docs.generated import validation_runs
from docs.pages import DOCS, blocks_of
from wargame.scenario import loader
from wargame.scenario.changes.parameter_file import parameter_settings
from wargame.scenario.paths import parameters_of

PAGE = DOCS / "explanation" / "validation.md"


def test_every_table_and_figure_is_on_the_page(validated):
    folder, _ = validated
    text = PAGE.read_text(encoding="utf-8")
    shown = set(re.findall(r"reference/generated/((?:parts|figures)/\w+\.\w+)", text))
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    figures = {name for name in made if name.startswith("figures/") and name.endswith(".svg")}
    assert shown == figures | {name for name in made if name.startswith("parts/validation_")}


def test_every_number_is_in_the_prose(validated):
    text = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"\{\{ (\w+) \}\}", text)) == set(validated[1])


def test_the_prose_has_no_number_of_its_own():
    prose = re.sub(
        r"```.*?```|\{\{.*?\}\}|`[^`]*`", "", PAGE.read_text(encoding="utf-8"), flags=re.S
    )
    found = set(re.findall(r"\d+(?:\.\d+)?%?", prose))
    years = {number for number in found if re.fullmatch(r"(19|20)\d\d", number)}
    patterns = {"1", "2", "3", "4", "5", "6", "7", "8"}  # P1 to P8, rungs
    assert found - years - patterns <= {"95%"}


def test_verdicts_follow_from_the_tables(validated):
    folder, said = validated
    rows = (folder / "parts" / "validation_patterns.md").read_text("utf-8").splitlines()[2:]
    assert len(rows) == int(said["validation_patterns"])
    inside = [row for row in rows if row.endswith("| yes |")]
    assert len(inside) == int(said["validation_inside"])
    outside = [row.split(" | ")[1] for row in rows if row.endswith("| **no** |")]
    assert said["validation_outside"] == ("; ".join(outside) or "none")
    assert int(said["validation_kept"]) <= int(said["validation_pairs"])


def test_turns_of_a_day_are_days():
    scenario = loader.load("western_sea")
    daily = validation_runs.changed(scenario, 1, 10)
    assert (daily.turn_days, daily.turns) == (1, 70)


def only_yaml(page):
    (block,) = [b for b in blocks_of(DOCS / "how-to" / page) if b.language == "yaml"]
    return block.code


def test_the_theory_shown_can_be_taken(tmp_path):
    (tmp_path / "nervous.yaml").write_text(only_yaml("theories.md"), encoding="utf-8")
    before = parameters_of(loader.load("western_sea"))
    after = parameters_of(loader.load("western_sea", (), str(tmp_path / "nervous.yaml")))
    moved = {path for path, item in before.items() if after[path].value != item.value}
    assert moved == {path for path in before if path.endswith(".misperception")}


def test_the_parameter_file_shown_can_be_taken(tmp_path):
    (tmp_path / "mine.yaml").write_text(only_yaml("calibrate.md"), encoding="utf-8")
    settings = parameter_settings(tmp_path / "mine.yaml")
    assert loader.load("history_1993_2010", settings).world.reply.low.value == 0.25
