"""The pages written from the program say all of it, and the README's table is fresh."""

from __future__ import annotations

import re

from docs.generated import generate, make_images
from docs.pages import DOCS, ROOT, name_of, pages
from wargame.scenario import loader
from wargame.scenario.conditions.functions import FUNCTIONS
from wargame.scenario.paths import parameters_of
from wargame.scenario.schema import Scenario


def test_format_page_has_every_field(written):
    page = (written[0] / "scenario_format.md").read_text(encoding="utf-8")
    schema = Scenario.model_json_schema()
    parts = {"Scenario": schema, **schema["$defs"]}
    parts["Parameter"] = parts["Parameter"]["anyOf"][1]
    for name, part in parts.items():
        section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        for key in part["properties"]:
            assert f"| `{key}` |" in section, f"{name}.{key}"


def test_format_page_gives_units_ranges_and_defaults():
    page = generate.format_page()
    row = next(line for line in page.splitlines() if line.startswith("| `memory` |"))
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "`memory`",
        "number, 0.01 to 1,000",
        "weeks",
        "`5.0`",
        "e-folding time of excitation.",
    ]


def test_format_page_shows_every_function_of_conditions(written):
    page = (written[0] / "scenario_format.md").read_text(encoding="utf-8")
    section = page.partition("\n## Conditions\n")[2]
    for function in FUNCTIONS.values():
        assert f"| `{function.example}` | {function.meaning} |" in section


def test_parameter_page_has_every_number(written):
    page = (written[0] / "parameters.md").read_text(encoding="utf-8")
    sections = page.split("\n## ")[1:]
    for path, item in parameters_of(loader.load("western_sea")).items():
        heading, start = generate.group_of(path), generate.prefix_of(path)
        section = next(text for text in sections if text.startswith(f"{heading}\n"))
        assert f"Paths begin with `{start}`" in section
        assert f"| `{path.removeprefix(start)}` | {item.value:g} |" in section


def test_every_substitution_exists_and_is_used(written):
    used = set()
    for page in pages():
        if page.is_relative_to(DOCS):
            found = re.findall(r"\{\{ (\w+) \}\}", page.read_text(encoding="utf-8"))
            assert set(found) <= set(written[1]), name_of(page)
            used |= set(found)
    assert used - set(written[1]) == set()
    assert {"note", "runs", "numbers", "judgements"} <= used


def test_every_output_is_shown_with_its_command():
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages())
    for name, command in generate.OUTPUTS.items():
        if name != "mistakes":
            assert command in text
        assert f"generated/parts/{name}.txt" in text


def test_outputs_say_what_the_pages_say_of_them(written):
    outputs = {
        name: (written[0] / "parts" / f"{name}.txt").read_text(encoding="utf-8")
        for name in generate.OUTPUTS
    }
    assert "Did you mean 'restraint'?" in outputs["typo"]
    assert outputs["validate"] == "harbour.yaml: ok\n"
    assert "40 is above the ladder's top (9)" in outputs["mistakes"]
    assert "Did you mean 'cooldown'?" in outputs["mistakes"]
    assert "What if it had opened with nothing?" in outputs["whatif"]
    assert "exactly zero" not in outputs["whatif"]  # the history shown has the decision asked about


def test_readme_table_is_fresh():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.partition("<!-- outcome table -->\n```text\n")[2].partition("\n```")[0]
    assert shown == make_images.fresh_table(), "run: python docs/make_images.py"


def test_links_of_readme_and_contributing_lead_somewhere():
    for page in pages():
        if page.parent == ROOT and (ROOT / "sim").exists():
            for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
                assert (ROOT / target).exists(), f"{page.name}: {target}"
