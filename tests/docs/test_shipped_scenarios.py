"""Every shipped scenario loads, validates without an error, runs, and can be shown."""

from __future__ import annotations

import pytest

from docs.generated import generate
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.scenario import library, loader, validation


@pytest.mark.parametrize("name", library.scenario_names())
def test_scenario_loads_validates_and_runs(name):
    scenario, problems = validation.check(name)
    assert scenario is not None
    assert [str(problem) for problem in problems] == []
    results = ensemble.run(scenario, 50, 1, uncertainty=True)
    assert sum(share.count for share in results.outcomes().values()) == 50
    assert results.table["acts"].sum() > 0


def test_scenarios_page_lists_all_of_them(tmp_path):
    page = generate.scenarios_page(tmp_path)
    assert [name for name in library.scenario_names() if f"| `{name}` |" not in page] == []


def test_the_note_is_the_one_the_readme_says():
    assert NOTE in generate.numbers(ensemble.run(loader.load("western_sea"), 10, 1)).values()
