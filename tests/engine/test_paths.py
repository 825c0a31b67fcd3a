"""One engine, however it is played: in one call a turn, phase by phase, or without a compiler."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from histories import require_same
from strategies import documents, orders, tries
from wargame.engine.actor import Actor
from wargame.engine.compiled import COMPILED
from wargame.engine.ensemble import run
from wargame.engine.ensemble.chunks import Chunk, run_chunk
from wargame.engine.policies import Order
from wargame.scenario import loader
from wargame.scenario.schema import Scenario
from wargame.store import arrays

SEED = 11


class Obedient(Actor):
    """Decides as the laws do, but is asked each time."""

    def decide(self, choice):
        return choice.pick


def told(given_orders):
    return {place: Order(*order) for place, order in given_orders.items()}


def played(scenario, count, uncertainty, given_orders, **more):
    return Chunk(scenario, SEED, 3, count, uncertainty, count, told(given_orders) or None, **more)


@pytest.mark.parametrize("uncertainty", [False, True])
@settings(max_examples=tries(60), deadline=None)
@given(data=st.data())
def test_phase_by_phase_is_the_same(uncertainty, data):
    scenario = Scenario.model_validate(data.draw(documents()))
    case = scenario, 12, uncertainty, data.draw(orders(scenario))
    whole = run_chunk(played(*case))
    require_same(run_chunk(played(*case), observer=lambda model: None), whole)
    own = dict.fromkeys(scenario.actors, Obedient)
    require_same(run_chunk(played(*case, actors=own)), whole)
    some = dict.fromkeys(list(scenario.actors)[:1], Obedient)
    require_same(run_chunk(played(*case, actors=some)), whole)


def test_phase_by_phase_is_the_same_in_a_shipped_scenario():
    scenario = loader.load("western_sea")
    given_orders = {(4, "ROK"): ("hold", "match"), (9, "PRK"): (None, "one_higher")}
    for uncertainty in (False, True):
        case = scenario, 5, uncertainty, given_orders
        whole = run_chunk(played(*case))
        assert len(whole.acts["turn"]) > 50
        require_same(run_chunk(played(*case), observer=lambda model: None), whole)
        own = dict.fromkeys(scenario.actors, Obedient)
        require_same(run_chunk(played(*case, actors=own)), whole)


PLAINLY = """
import json, sys
from pathlib import Path
{before}
from wargame.engine.compiled import COMPILED
from wargame.engine.ensemble.chunks import Chunk, run_chunk
from wargame.engine.policies import Order
from wargame.scenario.schema import Scenario
from wargame.store import arrays
assert not COMPILED
for number, case in enumerate(json.loads(Path("cases.json").read_text())):
    orders = {{(turn, who): Order(*order) for turn, who, order in case["orders"]}}
    scenario, count = Scenario.model_validate(case["document"]), case["count"]
    chunk = Chunk(scenario, {seed}, 3, count, case["uncertainty"], count, orders or None)
    arrays.write(run_chunk(chunk), Path(f"{{number}}.npz"))
"""


def drawn_cases(count):
    """Return some random scenarios with orders, every other one uncertain."""
    cases = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None)
    @given(data=st.data())
    def collect(data):
        document = data.draw(documents())
        scenario = Scenario.model_validate(document)
        cases.append((scenario, 4, len(cases) % 2 == 1, data.draw(orders(scenario))))

    collect()
    return cases


@pytest.mark.skipif(not COMPILED, reason="nothing compiles the laws here")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "drawn"),
    [
        ("import os; os.environ['NUMBA_DISABLE_JIT'] = '1'", tries(80)),
        ("sys.modules['numba'] = None  # as where it has no wheel", 2),
    ],
    ids=["not compiled", "no numba"],
)
def test_without_a_compiler_it_is_the_same(tmp_path, before, drawn):
    shipped = loader.load("western_sea")
    cases = [(shipped, 2, True, {(3, "ROK"): (None, "one_higher")}), *drawn_cases(drawn)]
    rows = [
        {
            "document": scenario.model_dump(mode="json"),
            "count": count,
            "uncertainty": uncertainty,
            "orders": [[*place, order] for place, order in given_orders.items()],
        }
        for scenario, count, uncertainty, given_orders in cases
    ]
    (tmp_path / "cases.json").write_text(json.dumps(rows))
    code = PLAINLY.format(before=before, seed=SEED)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    acts = 0
    for number, case in enumerate(cases):
        plain = arrays.read(tmp_path / f"{number}.npz", case[0])
        require_same(plain, run_chunk(played(*case)))
        acts += len(plain.acts["turn"])
    assert acts > 40


def test_a_model_of_one_history_is_that_history():
    scenario = loader.load("first_steps")
    require_same(run(scenario, 1, SEED, first=3), run_chunk(Chunk(scenario, SEED, 3, 1, kept=1)))
