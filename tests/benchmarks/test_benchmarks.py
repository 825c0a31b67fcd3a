"""The peer the engine is timed against plays by the same rules, and the table is honest."""

from __future__ import annotations

import functools
import gc
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from wargame.analysis.estimates.paired import variance_saved
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.scenario import loader
from wargame.scenario.ladder import OUTCOMES
from wargame.scenario.schema import Scenario

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
COUNTED = [
    *("turns", "turns_at_5", "lethal_turns", "incidents", "deaths", "crises", "crisis_turns"),
    *("agreements", "broken", "accidental", "joined"),
]

Sample = dict[str, NDArray[np.float64]]
"""Measure -> its value in every history."""


def _load(name: str) -> Any:
    """Import a file of benchmarks/, which is not a package."""
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_load("measuring")
_load("commands")
rulebook = _load("rulebook")
idiomatic = _load("idiomatic")
bench = _load("run")
lesson = _load("classroom")


def action(name: str, rung: int, *targets: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "label": name,
        "rung": rung,
        "targets": list(targets),
        "domain": "ground",
        **more,
    }


def busy(**changes: Any) -> Scenario:
    """Return four actors among whom every rule comes into play often.

    ``changes`` maps a dotted path with ``__`` for the dots to a value: ``world__firebreak=5``.
    """
    north = [
        action("freeze", -2, "BRA", initiative=-0.5, reply=1.0, **{"if": "line"}),
        action("letter", -1, "BRA", "CHA", initiative=-0.3, reply=0.5),
        action("speech", 1, "BRA", initiative=1.0, gains={"pride": 0.5}, cooldown=1),
        action("threat", 2, "CHA", initiative=0.4, **{"if": "tension(ALF) >= 0.1"}),
        action(
            "drill", 3, "BRA", initiative=0.6, slip=[{"to": 5, "chance": 0.2}],
            effects=[{"kind": "stock", "actor": "ALF", "stock": "shells", "amount": -0.2}],
        ),
        action("shot", 4, "BRA", initiative=0.2, **{"if": "stock(ALF.shells) >= 0.3"}, cost=0.2),
        action("raid", 6, "BRA", initiative=0.0, **{"if": "tension(ALF) <= 0.5"}, limit=2),
        action("barrage", 7, "BRA", initiative=-1.0),
        action(
            "close_line", 2, "BRA", "CHA", initiative=0.0, reply=None, limit=1,
            effects=[
                {"kind": "flag", "flag": "line", "value": False},
                {"kind": "tension", "between": ["ALF", "BRA"], "amount": 0.2},
            ],
        ),
    ]  # fmt: skip
    south = [
        action("accord", -2, "ALF", initiative=-0.5, reply=0.8),
        action("offer", -1, "ALF", initiative=0.2, reply=0.4),
        action("renew", -1, "ALF", initiative=1.0, **{"if": "agreed(ALF, BRA)"}),
        action(
            "protest", 1, "ALF", initiative=0.0,
            effects=[{"kind": "excitation", "actor": "BRA", "amount": 0.1}],
        ),
        action(
            "exercise", 3, "ALF", initiative=0.8,
            effects=[{"kind": "tempo", "actor": "ALF", "factor": 1.8, "turns": 3}],
        ),
        action("warning", 4, "ALF", **{"if": "not agreed(ALF, BRA)"}),
        action("return_fire", 5, "ALF", public=0.5),
        action("strike", 6, "ALF", "DEL"),
        action("campaign", 7, "ALF", reply=-1.0),
    ]  # fmt: skip
    ally = [
        action("pact", -2, "ALF", reply=0.0),
        action("talks", -1, "ALF", initiative=0.0),
        action("sanction", 2, "ALF", "DEL", initiative=0.3, cooldown=3),
        action("visit", 3, "ALF", initiative=0.5),
        action("intercept", 5, "ALF", "DEL"),
    ]
    friend = [
        action("peace", -2, "CHA"),
        action("plea", -1, "BRA", "CHA", initiative=0.5),
        action("shipment", 2, "BRA", "CHA", initiative=0.5),
        action("patrol", 4, "CHA", "BRA", initiative=-0.5),
    ]
    world = {"chain": {"damping": 0.5}, "crisis": {"quiet_turns": 3, "tempo_factor": 1.5}}
    text: dict[str, Any] = {
        "format": 1,
        "title": "Busy",
        "summary": "Everything happens.",
        "start": "2024-01-01",
        "turns": 16,
        "turn_days": 5,
        "flags": {"line": True},
        "actors": {
            "ALF": {
                "name": "Alfa", "tempo": 0.35, "excitation": 0.2, "memory": 2.0, "spiral": 0.8,
                "reciprocity": 1.0, "misperception": 0.9, "restraint": 0.6, "audience_cost": 0.5,
                "goals": {"pride": 0.8}, "commitments": {"DEL": 0.5}, "actions": north,
                "stocks": {"shells": {"start": 0.6, "change": 0.05}},
            },
            "BRA": {
                "name": "Bravo", "tempo": 0.2, "excitation": 0.1, "reciprocity": 1.5,
                "restraint": 0.8, "spiral": -0.7, "audience_cost": 0.3, "side": "south",
                "commitments": {"CHA": 0.6}, "actions": south,
            },
            "CHA": {
                "name": "Charlie", "tempo": 0.15, "excitation": 0.1, "side": "south",
                "reciprocity": 0.8, "commitments": {"BRA": 0.8}, "actions": ally,
            },
            "DEL": {
                "name": "Delta", "tempo": 0.1, "reciprocity": 0.5,
                "commitments": {"ALF": 0.7}, "actions": friend,
            },
        },
        "calendar": [
            {
                "id": "season", "turn": 3, "window": 5, "actors": ["BRA", "CHA"],
                "tempo_factor": 2.0,
                "effects": [{"kind": "tension", "between": ["ALF", "CHA"], "amount": 0.3}],
            },
            {"id": "launch", "turn": 6, "act": {"actor": "ALF", "action": "drill"}},
            {
                "id": "thaw", "turn": 9,
                "effects": [
                    {"kind": "tempo", "actor": "ALF", "factor": 0.4, "turns": 3},
                    {"kind": "flag", "flag": "line", "value": True},
                ],
            },
        ],
        "world": world,
    }  # fmt: skip
    for path, value in changes.items():
        *way, last = path.split("__")
        place = text
        for step in way:
            place = place.setdefault(step, {})
        place[last] = value
    return Scenario.model_validate(text)


def western_sea() -> Scenario:
    return loader.load("western_sea")


def of_peaks(peaks: NDArray[Any]) -> Sample:
    """Return a column of zeros and ones for every outcome."""
    outcomes, below = {}, -3
    for outcome, highest in OUTCOMES.items():
        outcomes[outcome] = ((peaks > below) & (peaks <= highest)).astype(float)
        below = highest
    return outcomes


def of_peer(scenario: Scenario, replications: int, seed: int) -> Sample:
    """Play the idiomatic model and measure its histories."""
    histories = list(idiomatic.histories(scenario, replications, seed))
    sample = of_peaks(np.array([history.peak for history in histories]))
    for name in COUNTED:
        sample[name] = np.array([getattr(history, name) for history in histories], float)
    actors = sorted(scenario.actors)
    for level in (4, 5, 6):
        crossers = np.array([history.crosser.get(level, "nobody") for history in histories])
        for who in (*actors, "several", "nobody"):
            sample[f"crosses {level}: {who}"] = (crossers == who).astype(float)
        sample[f"first {level}"] = np.array([h.first.get(level, 0) for h in histories], float)
    for actor in actors:
        for entry in scenario.actors[actor].actions:
            sample[f"{actor} {entry.id}"] = np.zeros(replications)
    for k, history in enumerate(histories):
        for act in history.acts:
            sample[f"{act.actor} {act.entry.action.id}"][k] += 1
    return sample


def of_results(results: Results) -> Sample:
    """Measure the engine's histories the same way."""
    sample = of_peaks(results.table["peak"])
    for name in COUNTED:
        sample[name] = results.table[name].astype(float)
    names = (*results.actors, "several", "nobody")  # -1, nobody, is the last
    for level in (4, 5, 6):
        crossers = results.table[f"crosser_{level}"]
        for index, who in enumerate(names):
            wanted = -1 if who == "nobody" else index
            sample[f"crosses {level}: {who}"] = (crossers == wanted).astype(float)
        sample[f"first {level}"] = results.table[f"first_{level}"].astype(float)
    acts = results.acts
    for i, actor in enumerate(results.actors):
        for a, name in enumerate(results.menus[actor]):
            rows = (acts["actor"] == i) & (acts["action"] == a)
            counts = np.bincount(acts["replication"][rows], minlength=results.replications)
            sample[f"{actor} {name}"] = counts.astype(float)
    return sample


def scores(one: Sample, other: Sample) -> dict[str, float]:
    """Return measure -> standard score of the difference of two means, pooled variance."""
    assert one.keys() == other.keys()
    found = {}
    for name in one:
        both = np.concatenate([one[name], other[name]])
        error = both.std() * np.sqrt(1 / one[name].size + 1 / other[name].size)
        found[name] = float((one[name].mean() - other[name].mean()) / error) if error else 0.0
    return found


def far(one: Sample, other: Sample) -> dict[str, float]:
    """Return the measures that differ by four standard errors or more."""
    return {name: score for name, score in scores(one, other).items() if abs(score) >= 4}


@functools.cache
def peer_on_busy() -> Sample:
    return of_peer(busy(), 4_000, seed=11)


@pytest.mark.slow
def test_peer_has_the_distribution_of_the_engine_on_every_rule() -> None:
    results = ensemble.run(busy(), replications=20_000, seed=5)
    assert far(peer_on_busy(), of_results(results)) == {}


@pytest.mark.slow
def test_peer_has_the_distribution_of_the_engine_on_western_sea() -> None:
    results = ensemble.run(western_sea(), replications=40_000, seed=5)
    assert far(of_peer(western_sea(), 4_000, seed=11), of_results(results)) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        {"actors__ALF__tempo": 0.45},
        {"actors__ALF__misperception": 0.2},
        {"actors__ALF__memory": 6.0},
        {"actors__ALF__spiral": 0.0},
        {"actors__BRA__audience_cost": -0.5},
        {"actors__CHA__side": "east"},
        {"world__chain__damping": 0.42},
        {"world__firebreak": 5},
        {"world__war_from_strikes": 0.5},
        {"world__tension__gain": 0.4},
        {"world__crisis__tempo_factor": 1.0},
        {"world__crisis__quiet_turns": 4},
        {"world__agreement__tempo_factor": 2.0},
        {"world__agreement__broken_by": 3},
    ],
    ids=",".join,
)
def test_the_comparison_sees_a_rule_that_is_a_little_off(change: dict[str, Any]) -> None:
    assert far(peer_on_busy(), of_peer(busy(**change), 4_000, seed=12)) != {}


@pytest.mark.slow
def test_the_comparison_does_not_see_other_seeds() -> None:
    assert far(peer_on_busy(), of_peer(busy(), 4_000, seed=12)) == {}


def test_peer_repeats_itself_from_its_seed() -> None:
    first = [history.acts for history in idiomatic.histories(busy(), 5, seed=3)]
    again = [history.acts for history in idiomatic.histories(busy(), 5, seed=3)]
    other = [history.acts for history in idiomatic.histories(busy(), 5, seed=4)]

    def words(histories: list[list[Any]]) -> list[list[tuple[Any, ...]]]:
        return [
            [(a.turn, a.link, a.actor, a.entry.action.id, a.rung) for a in h] for h in histories
        ]

    assert words(first) == words(again) != words(other)


def test_peer_leaves_no_world_behind() -> None:
    idiomatic.simulate(rulebook.Rules(busy()), 1)
    gc.collect()
    assert [thing for thing in gc.get_objects() if isinstance(thing, idiomatic.Standoff)] == []


def test_a_table_is_markdown_with_numbers_to_the_right() -> None:
    table = [["way", "seconds"], ["the engine", "1.5"], ["peer", "10.25"]]
    assert bench.markdown(table).splitlines() == [
        "| way        | seconds |",
        "| ---------- | ------: |",
        "| the engine |     1.5 |",
        "| peer       |   10.25 |",
    ]


def test_a_block_goes_between_its_markers_and_nowhere_else() -> None:
    text = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb <!-- y: begin --><!-- y: end -->"
    placed = bench.put_between(text, "x", "new")
    assert placed == (
        "a\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nb <!-- y: begin --><!-- y: end -->"
    )
    assert bench.put_between(placed, "x", "new") == placed
    with pytest.raises(ValueError, match=r"needs '<!-- z: begin -->'"):
        bench.put_between(text, "z", "new")


def test_the_readme_has_a_place_for_every_part() -> None:
    text = bench.README.read_text(encoding="utf-8")
    for part in ("machine", *bench.PARTS, *lesson.PARTS):
        bench.put_between(text, part, "numbers")


def test_ratios_are_taken_round_by_round() -> None:
    assert bench.against([2.0, 20.0, 3.0], [1.0, 10.0, 1.0]) == 2.0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=60))
def test_no_pairing_saves_more_than_there_is(pairs: list[tuple[bool, bool]]) -> None:
    first, second = np.array(pairs).T
    saved = variance_saved(first, second)
    assume(saved is not None)
    assert saved is not None
    assert saved <= lesson.most_saved(first.mean(), second.mean()) + 1e-9


def test_openings_are_hostile_and_of_different_histories() -> None:
    results = ensemble.run(loader.load("first_steps"), 200, 1)
    found = lesson.openings(results, 5)
    assert len({number for number, _, _ in found}) == 5
    acts = results.acts
    for number, turn, actor in found:
        rows = (acts["replication"] == number) & (acts["turn"] == turn) & (acts["link"] == 0)
        rungs = acts["realised"][rows & (acts["actor"] == results.actors.index(actor))]
        assert rungs.tolist() == [rung for rung in rungs.tolist() if rung >= lesson.DISPLAY] != []


def test_a_command_that_fails_is_not_timed() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        bench.finish([sys.executable, "-c", "raise SystemExit(3)"])


def test_peak_memory_is_of_this_process_alone() -> None:
    """A child of a process that once held much does not inherit its mark."""
    held = np.ones(40_000_000)  # 320 MB
    assert bench.peak_memory() > held.nbytes / 1e6
    code = (
        f"import sys; sys.path.insert(0, {str(BENCHMARKS)!r}); import run; print(run.peak_memory())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 1 < float(done.stdout) < 100
