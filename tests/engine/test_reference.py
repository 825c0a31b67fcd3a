"""The engine tells the same histories as the slow reference program, and keeps its promises."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from histories import history_of, require_same, totals_of
from reference import simulate
from strategies import documents, orders, scenarios, tries
from wargame.engine import ensemble
from wargame.engine.policies import Order
from wargame.engine.results import Results
from wargame.scenario.ladder import LOWEST_RUNG
from wargame.scenario.schema import Scenario

SEED = 7
RELAXED = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}


def same_acts(engine: list[dict[str, Any]], slow: list[dict[str, Any]]) -> None:
    """Require the same acts; what was perceived is kept in single precision by the engine."""

    def bare(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{key: act[key] for key in act if key != "perceived"} for act in acts]

    assert bare(engine) == bare(slow)
    read = [[act["perceived"] for act in acts] for acts in (engine, slow)]
    np.testing.assert_allclose(read[0], read[1], rtol=1e-6, atol=1e-6, equal_nan=True)


def check(
    scenario: Scenario, runs: int, uncertainty: bool, given_orders: dict[Any, Any], **options: Any
) -> None:
    """Require the engine to equal the reference, replication by replication."""
    told = {key: Order(*order) for key, order in given_orders.items()}
    options = {"uncertainty": uncertainty, "orders": told or None, **options}
    results = ensemble.run(scenario, replications=runs, seed=SEED, **options)
    answers, joined, activity = Counter[Any](), Counter[Any](), Counter[Any]()
    for k in range(runs):
        engine, slow = history_of(results, k), simulate(scenario, SEED, k, **options)
        same_acts(engine.acts, slow.acts)
        assert engine.turn_peaks == slow.turn_peaks
        assert engine.columns == slow.columns
        assert engine.crises == slow.crises
        answers += slow.answers
        joined += slow.joined
        activity += Counter((a["turn"], a["actor"], a["realised"]) for a in slow.acts)
    assert totals_of(results) == (answers, joined)
    counted = {
        (turn + 1, results.actors[i], rung + LOWEST_RUNG): int(count)
        for (turn, i, rung), count in np.ndenumerate(results.activity)
        if count
    }
    assert counted == dict(activity)


@settings(**RELAXED)
@given(data=st.data())
def test_engine_equals_reference(data: st.DataObject) -> None:
    scenario = data.draw(scenarios())
    check(scenario, 8, data.draw(st.booleans()), data.draw(orders(scenario)))


@pytest.mark.slow
@settings(max_examples=2000, **RELAXED)
@given(data=st.data())
def test_engine_equals_reference_at_length(data: st.DataObject) -> None:
    scenario = data.draw(scenarios())
    check(scenario, 40, data.draw(st.booleans()), data.draw(orders(scenario)))


@settings(max_examples=tries(40), **RELAXED)
@given(document=documents(), data=st.data())
def test_order_of_the_file_changes_nothing(document: dict[str, Any], data: st.DataObject) -> None:
    """Actors, and the actions of a menu, may stand in any order."""
    turned = {**document, "actors": {}}
    for who in data.draw(st.permutations(sorted(document["actors"]))):
        actions = data.draw(st.permutations(document["actors"][who]["actions"]))
        turned["actors"][who] = {**document["actors"][who], "actions": actions}
    one, other = (
        ensemble.run(Scenario.model_validate(text), replications=20, seed=SEED, uncertainty=True)
        for text in (document, turned)
    )
    require_same(one, other)


@settings(max_examples=tries(40), **RELAXED)
@given(scenario=scenarios(), uncertainty=st.booleans(), k=st.integers(0, 19))
def test_a_replication_is_the_same_alone(scenario: Scenario, uncertainty: bool, k: int) -> None:
    whole = ensemble.run(scenario, replications=20, seed=SEED, uncertainty=uncertainty)
    alone = ensemble.run(scenario, replications=1, first=k, seed=SEED, uncertainty=uncertainty)
    assert alone.first == k
    together, apart = history_of(whole, k), history_of(alone, 0)
    assert repr(together) == repr(apart)
    for path, values in whole.parameters.items():
        assert values[k] == alone.parameters[path][0]


@settings(max_examples=tries(30), **RELAXED)
@given(scenario=scenarios(), chunk=st.integers(1, 30))
def test_chunks_change_nothing(scenario: Scenario, chunk: int) -> None:
    one = ensemble.run(scenario, replications=30, seed=SEED, uncertainty=True)
    other = ensemble.run(scenario, replications=30, seed=SEED, uncertainty=True, chunk=chunk)
    require_same(one, other)


def relabel(part: Any, names: dict[str, str]) -> Any:
    """Swap names wherever they stand in a document."""
    if isinstance(part, dict):
        return {names.get(key, key): relabel(value, names) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [relabel(value, names) for value in part]
    if isinstance(part, str):  # a name, or a condition that names some
        return re.sub(r"\b[A-Z]{3}\b", lambda found: names.get(found[0], found[0]), part)
    return part


def spread_commitments(document: dict[str, Any]) -> None:
    """Make commitments unequal: of equal ones the page takes the first by id."""
    for actor in document["actors"].values():
        for step, ally in enumerate(sorted(actor["commitments"])):
            actor["commitments"][ally] = (0.9, 0.6, 0.3)[step]


@settings(max_examples=tries(60), **RELAXED)
@given(document=documents(plain=True), data=st.data())
def test_relabelling_two_actors_relabels_the_results(
    document: dict[str, Any], data: st.DataObject
) -> None:
    """Swapped ids, with draws by the old names, give the same histories with swapped ids.

    Effects that do not commute (flags, stocks) are left out: they apply by actor id.
    """
    spread_commitments(document)
    a, b = data.draw(st.permutations(sorted(document["actors"])))[:2]
    names = {a: b, b: a}
    swapped = Scenario.model_validate(relabel(document, names))
    one = ensemble.run(Scenario.model_validate(document), replications=20, seed=SEED)
    other = ensemble.run(swapped, replications=20, seed=SEED, aliases=names)
    for k in range(20):
        left, right = history_of(one, k), history_of(other, k)
        for act in right.acts:
            for column in ("actor", "provoker", "behalf"):
                act[column] = names.get(act[column], act[column])
        for column in ("crosser_4", "crosser_5", "crosser_6"):
            right.columns[column] = names.get(right.columns[column], right.columns[column])
        right.acts.sort(key=lambda act: (act["turn"], act["link"], act["actor"]))
        same_acts(right.acts, left.acts)
        assert right.columns == left.columns
        assert right.turn_peaks == left.turn_peaks
        assert right.crises == left.crises


@settings(max_examples=tries(30), **RELAXED)
@given(data=st.data())
def test_relabelled_reference_agrees(data: st.DataObject) -> None:
    """The reference program draws by other names when told to, as the engine does."""
    scenario = data.draw(scenarios())
    a, b = sorted(scenario.actors)[:2]
    check(scenario, 5, False, {}, aliases={a: b, b: a})


# --- limits where the answer is known ---------------------------------------------------


def duel(runs: int, *, turns: int = 1, low: float = 0.0, **parts: Any) -> Results:
    """Run two actors; ALF opens or is made to, BRA answers for certain on one link."""

    def action(rung: int, target: str, **more: Any) -> dict[str, Any]:
        name = f"r{rung}".replace("-", "m")
        basic = {"id": name, "label": name, "rung": rung, "targets": [target], "domain": "ground"}
        return {**basic, **more}

    bland = dict.fromkeys(("misperception", "reciprocity", "restraint", "spiral"), 0.0)
    opener = {"initiative": 0.0, "reply": None}
    rungs = parts.get("rungs", (-2, -1, 1, 2, 3))
    barred = {**opener, "if": "open"}
    alf = [action(rung, "BRA", **opener) for rung in rungs]
    bra = [action(rung, "ALF") for rung in parts.get("answers", (-2, -1, 1, 2, 3, 4, 5))]
    document = {
        "format": 1,
        "title": "A duel",
        "summary": "Two actors.",
        "start": "2024-01-01",
        "turns": turns,
        "flags": {"open": False},
        "actors": {
            "ALF": {"name": "A", **bland, "tempo": parts.get("tempo", 20.0)},
            "BRA": {"name": "B", **bland, "tempo": low, **parts.get("traits", {})},
        },
        "calendar": parts.get("calendar", []),
        "world": {
            "reply": dict.fromkeys(("conciliatory", "low", "encroachment", "force"), 1.0),
            "chain": {"longest": parts.get("longest", 1)},
        },
    }
    document["actors"]["ALF"]["actions"] = [*alf, action(7, "BRA", **barred)]
    document["actors"]["BRA"]["actions"] = [*bra, action(8, "ALF", **{"if": barred["if"]})]
    return ensemble.run(Scenario.model_validate(document), replications=runs, seed=SEED)


def counts_of(results: Results, link: int, who: str, actions: int) -> np.ndarray:
    acts, i = results.acts, results.actors.index(who)
    mine = acts["action"][(acts["link"] == link) & (acts["actor"] == i)]
    return np.bincount(mine, minlength=actions)


@pytest.mark.parametrize(("link", "who", "feasible"), [(0, "ALF", 5), (1, "BRA", 7)])
def test_zero_logits_choose_uniformly(link: int, who: str, feasible: int) -> None:
    """All logits zero: every feasible action alike, the barred one never (chi-square, p > .001)."""
    from scipy.stats import chisquare

    counts = counts_of(duel(7000), link, who, feasible + 1)
    assert counts[feasible] == 0
    assert counts.sum() == pytest.approx(7000, abs=1)
    assert chisquare(counts[:feasible]).pvalue > 0.001


def test_huge_reciprocity_matches() -> None:
    """Huge reciprocity answers with the rung nearest to what was perceived, every time."""
    results = duel(2000, traits={"reciprocity": 1000.0, "misperception": 1.5})
    acts = results.acts
    answers = acts["link"] == 1
    rungs = np.array((-2, -1, 1, 2, 3, 4, 5))
    distance = np.abs(rungs[:, None] - acts["perceived"][answers])
    chosen = np.abs(acts["intended"][answers] - acts["perceived"][answers])
    assert answers.sum() > 1900
    near = np.sort(distance, axis=0)
    clear = near[1] - near[0] > 0.05  # a gap of 50 logits
    assert clear.sum() > 1500
    np.testing.assert_allclose(chosen[clear], near[0][clear], atol=1e-5)


def test_no_excitation_and_no_replies_is_a_coin_a_turn() -> None:
    """Neither excitation nor replies: acts are binomial, mean and variance within 4 sd."""
    turns, runs, tempo = 52, 4000, 0.3
    counts = duel(runs, turns=turns, tempo=tempo, longest=0).table["acts"]
    p = 1 - math.exp(-tempo)
    mean, variance = turns * p, turns * p * (1 - p)
    assert abs(counts.mean() - mean) < 4 * math.sqrt(variance / runs)
    fourth = variance * (1 + 3 * (turns - 2) * p * (1 - p))  # binomial, about its mean
    spread = math.sqrt((fourth - variance**2) / runs)
    assert abs(counts.var() - variance) < 4 * spread
