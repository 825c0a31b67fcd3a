"""The frameworks that are timed play the same game as the engine."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
RUNS = 400


@pytest.fixture(scope="module")
def peers():
    """The module, imported as its command does."""
    before = list(sys.path)
    spec = importlib.util.spec_from_file_location("peers", BENCHMARKS / "peers.py")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path[:] = before


@pytest.fixture(scope="module")
def expected(peers):
    """Peak rung -> share of the engine's histories."""
    peaks = peers.with_engine(peers.a_year(), 40_000, 5)
    return {rung: count / len(peaks) for rung, count in Counter(peaks).items()}


def distance(peaks, expected):
    """Return Pearson's statistic over rungs met often enough, and how many those are."""
    common = {rung: share for rung, share in expected.items() if share * RUNS >= 5}
    seen = Counter(peaks)
    rest = 1 - sum(common.values())
    terms = [(seen[rung] - RUNS * share) ** 2 / (RUNS * share) for rung, share in common.items()]
    others = RUNS - sum(seen[rung] for rung in common)
    return sum(terms) + (others - RUNS * rest) ** 2 / max(RUNS * rest, 1.0), len(common)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["with_mesa", "with_agentpy"])
def test_a_peer_gives_the_same_outcomes(peers, expected, way):
    from scipy.stats import chi2

    if way == "with_agentpy":
        pytest.importorskip("agentpy", exc_type=ImportError)
    peaks = getattr(peers, way)(peers.a_year(), RUNS, 5)
    assert len(peaks) == RUNS
    found, classes = distance(peaks, expected)
    assert classes >= 3
    assert found < chi2.ppf(0.9999, classes)
    shifted = [min(peak + 1, 8) for peak in peaks]
    assert distance(shifted, expected)[0] > chi2.ppf(0.9999, classes)  # it would be seen


def test_a_class_keeps_what_it_has_itself(peers):
    class Actor:
        def named(self):
            return "own"

    class ActorPeer(Actor):
        def named(self):
            return "peer's"

        def other(self):
            return "adopted"

    class World:
        pass

    class WorldPeer:
        def step(self):
            return "a turn"

    turn = peers.adopt(Actor, ActorPeer, World, WorldPeer)
    assert (Actor().named(), Actor().other()) == ("own", "adopted")
    assert turn(None) == World().step() == "a turn"
