"""The pinned numbers: what they are, and how they are renewed.

``python tests/golden/pinned.py`` writes them anew after a change that is meant
to move results; say in CHANGELOG.md, under "Results changed", what moved and why.
"""

import json
from pathlib import Path

from wargame.engine import ensemble
from wargame.engine.draws import Streams
from wargame.scenario import library, loader

FILE = Path(__file__).with_name("pinned.json")
REPLICATIONS, SEED = 400, 1


def measure():
    """Return name -> number, for the draws and for every shipped scenario."""
    draws = Streams(SEED, 0, 3).row("perceive", 12, 2, "PRK")
    numbers = {f"draws.perceive.{place}": float(draw) for place, draw in enumerate(draws)}
    for name in library.scenario_names():
        if name.startswith("history"):
            continue  # long; held against the record instead
        results = ensemble.run(loader.load(name), REPLICATIONS, SEED)
        for outcome, count in results.outcome_counts().items():
            numbers[f"{name}.{outcome}"] = count
        for column in (
            "acts",
            "incidents",
            "deaths",
            "crises",
            "agreements",
            "joined",
            "accidental",
        ):
            numbers[f"{name}.{column}"] = int(results.table[column].sum())
    return numbers


if __name__ == "__main__":
    FILE.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
