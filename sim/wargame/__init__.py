"""Simulate how five actors around the Korean peninsula answer one another.

>>> import wargame
>>> scenario = wargame.load("western_sea")
>>> results = wargame.run(scenario, replications=100, seed=1)
>>> sum(share.count for share in results.outcomes().values())
100

Shares are shares of simulated runs under the scenario's assumptions, not a forecast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wargame.engine.ensemble import run as run
    from wargame.engine.policies import Order as Order
    from wargame.engine.results import Results as Results
    from wargame.engine.results.frames import to_frame as to_frame
    from wargame.engine.results.frames import to_xarray as to_xarray
    from wargame.errors import WargameError as WargameError
    from wargame.scenario.loader import load as load
    from wargame.scenario.schema import Scenario as Scenario
    from wargame.show.run.summary import summarise as summarise

__version__ = "0.1.0"

_HOMES = {
    "Order": "wargame.engine.policies",
    "Results": "wargame.engine.results",
    "Scenario": "wargame.scenario.schema",
    "WargameError": "wargame.errors",
    "load": "wargame.scenario.loader",
    "run": "wargame.engine.ensemble",
    "summarise": "wargame.show.run.summary",
    "to_frame": "wargame.engine.results.frames",
    "to_xarray": "wargame.engine.results.frames",
}

__all__ = [
    "Order",
    "Results",
    "Scenario",
    "WargameError",
    "__version__",
    "load",
    "run",
    "summarise",
    "to_frame",
    "to_xarray",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import wargame`` stays light."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'wargame' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
