"""Time the engine against other frameworks on the same rules, each under its own runner.

    python benchmarks/peers.py [--quick] [--write]

Needs AgentPy besides the project (``pip install agentpy``); without it, it is left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

import idiomatic  # noqa: E402
import mesa  # noqa: E402
from measuring import (  # noqa: E402
    README,
    SEED,
    Table,
    a_year,
    against,
    in_turn,
    machine,
    markdown,
    put_between,
)
from rulebook import Rules  # noqa: E402

from wargame.scenario.schema import Scenario  # noqa: E402

ROUNDS = 3
Peaks = list[int]


class Batched(idiomatic.Standoff):
    """The idiomatic model as Mesa's batch runner wants it."""

    def __init__(self, rules: Rules, rng: int) -> None:
        super().__init__(rules, rng)
        reporters = {"peak": lambda model: model.history.peak}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """Play a turn; the runner wants a report of every one."""
        super().step()
        self.datacollector.collect(self)
        if not self.running:
            getattr(mesa.Agent, "_ids", {}).pop(self, None)  # Mesa 3.3 keeps every model there


def with_mesa(scenario: Scenario, count: int, seed: int) -> Peaks:
    """Run histories with Mesa's batch runner; return their peak rungs."""
    parameters = {"rules": Rules(scenario), "rng": range(seed, seed + count)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        rows = mesa.batch_run(Batched, parameters, number_processes=1, display_progress=False)
    return [int(row["peak"]) for row in rows]


def with_agentpy(scenario: Scenario, count: int, seed: int) -> Peaks:
    """Run histories with AgentPy's experiments; return their peak rungs."""
    import agentpy

    class Country(agentpy.Agent):  # type: ignore[misc]
        """An actor: the methods of the idiomatic model's."""

        def setup(self, code: str) -> None:
            self.begin(self.model.p.rules, code)

    class Standoff(agentpy.Model):  # type: ignore[misc]
        """A world: the methods of the idiomatic model's."""

        def setup(self) -> None:
            self.begin(self.p.rules)
            self.countries = {code: Country(self, code=code) for code in self.rules.codes}

        def step(self) -> None:
            play(self)

        def update(self) -> None:
            if not self.running:
                self.stop()

        def end(self) -> None:
            self.report("peak", self.history.peak)

    play = adopt(Country, idiomatic.Country, Standoff, idiomatic.Standoff)
    rules = Rules(scenario)
    sample = [{"rules": rules, "seed": number} for number in range(seed, seed + count)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of pandas, which it calls
        found = agentpy.Experiment(Standoff, sample, randomize=False).run(display=False)
    return [int(peak) for peak in found.reporters["peak"]]


def adopt(actor: type, actor_peer: type, world: type, world_peer: type) -> Callable[[Any], None]:
    """Give classes of another framework the plain methods of the idiomatic ones.

    Parameters
    ----------
    actor, world : type
        Classes to add to; what they have themselves they keep.
    actor_peer, world_peer : type
        Where the methods come from.

    Returns
    -------
    callable
        A turn of the world.
    """
    for own, peer in ((actor, actor_peer), (world, world_peer)):
        for name, method in vars(peer).items():
            if not name.startswith("_") and name not in vars(own) and callable(method):
                setattr(own, name, method)
    turn: Callable[[Any], None] = vars(world_peer)["step"]
    return turn


def with_engine(scenario: Scenario, count: int, seed: int) -> Peaks:
    """Run histories with the engine; return their peak rungs."""
    from wargame.engine import ensemble

    peaks: Peaks = ensemble.run(scenario, count, seed).table["peak"].tolist()
    return peaks


def with_reference(scenario: Scenario, count: int, seed: int) -> Peaks:
    """Run histories with the scalar reference; return their peak rungs."""
    from reference import simulate

    return [max(simulate(scenario, seed, number).turn_peaks) for number in range(count)]


def peers(quick: bool) -> Table:
    """Compare decisions a second, and what 10,000 histories cost."""
    ways: dict[str, tuple[Callable[[Scenario, int, int], Peaks], int]] = {
        "the engine": (with_engine, 200_000),
        f"Mesa {version('mesa')}, batch_run": (with_mesa, 2_000),
    }
    if importlib.util.find_spec("agentpy") is not None:
        ways[f"AgentPy {version('agentpy')}, Experiment"] = (with_agentpy, 2_000)
    ways["scalar reference"] = (with_reference, 200)
    scenario = a_year()
    counts = [count // 10 if quick else count for _, count in ways.values()]
    for way, _ in ways.values():
        way(scenario, 10, SEED)  # imports are not what is timed
    works = [
        lambda way=way, count=count: way(scenario, count, SEED)
        for (way, _), count in zip(ways.values(), counts, strict=True)
    ]
    seconds = in_turn(works, ROUNDS)
    each = [[s / count for s in row] for row, count in zip(seconds, counts, strict=True)]
    table = [["way", "histories", "decisions a second", "10,000 histories take", "the engine is"]]
    decisions = scenario.turns * len(scenario.actors)
    for name, count, row in zip(ways, counts, each, strict=True):
        rate, cost = f"{decisions / median(row):,.0f}", f"{median(row) * 10_000:.2f} s"
        times = "" if row is each[0] else f"{against(row, each[0]):.0f} times faster"
        table.append([name, f"{count:,}", rate, cost, times])
    return table


def main(words: Sequence[str] | None = None) -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, rougher")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    asked = parser.parse_args(words)
    block = f"{machine()}\n\n{markdown(peers(asked.quick))}"
    print(block)
    if asked.write:
        text = put_between(README.read_text(encoding="utf-8"), "peers", block)
        README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
