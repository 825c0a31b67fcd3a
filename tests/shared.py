"""Runs that many tests look at, made once a worker. Nobody can change what all share."""

from __future__ import annotations

import functools
from dataclasses import fields
from typing import Any

import numpy as np

from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.scenario import loader


@functools.cache
def results(
    name: str = "western_sea",
    replications: int = 2000,
    seed: int = 1,
    settings: tuple[str, ...] = (),
    **options: Any,
) -> Results:
    """Return a run of a shipped scenario, its arrays not to be written."""
    made = ensemble.run(loader.load(name, settings), replications, seed, **options)
    for field in fields(made):
        value = getattr(made, field.name)
        for part in value.values() if isinstance(value, dict) else (value,):
            if isinstance(part, np.ndarray):
                part.flags.writeable = False
    return made


forget = results.cache_clear
