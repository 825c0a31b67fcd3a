"""Whether every action of a scenario comes about: how often, or why never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.findings import Estimate, share_of
from wargame.scenario.schema import Action, Scenario
from wargame.scenario.waiting import can_hold, needs, settable

_URGED = 20.0
"""Log-odds with which an action that was never done is urged, to see whether it can be."""
_URGED_RUNS = 2000


@dataclass(frozen=True)
class Reached:
    """How often an action comes about.

    Attributes
    ----------
    share : Estimate
        Of histories in which it was done at least once.
    possible : bool
        Whether it can come about at all.
    why : str
        Why it never did; "" when it did.
    """

    actor: str
    action: str
    rung: int
    share: Estimate
    possible: bool
    why: str


def reach(results: Results, seed: int = 1) -> tuple[Reached, ...]:
    """Return how often each action was done, and try those that never were.

    Parameters
    ----------
    results : Results
        With the single acts of all its replications.
    seed : int
        Of the trial of those never done.

    Returns
    -------
    tuple of Reached
        By actor and rung.
    """
    scenario, found = results.scenario, []
    done = _histories(results)
    for actor in results.actors:
        menu = {action.id: action for action in scenario.actors[actor].actions}
        for name in results.menus[actor]:
            count = done.get((actor, name), 0)
            share = share_of(count, results.replications)
            possible, why = True, ""
            if not count:
                possible, why = _try(scenario, actor, menu[name], seed)
            found.append(Reached(actor, name, menu[name].rung, share, possible, why))
    return tuple(found)


def _histories(results: Results) -> Mapping[tuple[str, str], int]:
    """Return (actor, action) -> in how many replications it was done."""
    log = results.acts
    keys = np.stack([log["actor"].astype(np.int64), log["action"], log["replication"]])
    who, what = np.unique(keys, axis=1)[:2]
    pairs, counts = np.unique(np.stack([who, what]), axis=1, return_counts=True)
    return {
        (results.actors[a], results.menus[results.actors[a]][b]): int(count)
        for (a, b), count in zip(pairs.T.tolist(), counts, strict=True)
    }


def _try(scenario: Scenario, actor: str, action: Action, seed: int) -> tuple[bool, str]:
    """Urge an action as strongly as can be; say whether it was done then, and if not why."""
    path = f"actors.{actor}.actions.{action.id}"
    urged = {
        f"{path}.{name}": np.array([_URGED])
        for name in ("initiative", "reply")
        if getattr(action, name) is not None
    }
    forced = any(
        event.act is not None and (event.act.actor, event.act.action) == (actor, action.id)
        for event in scenario.calendar
    )
    if not urged and not forced:
        return False, "it neither opens (no initiative) nor answers (reply is null)"
    results = ensemble.run(scenario, _URGED_RUNS, seed, values=urged)
    if (actor, action.id) in _histories(results):
        return True, "it can be done, but its odds are low against the rest of the menu"
    return False, _missing(scenario, action) or "it was never on offer, however strongly urged"


def _missing(scenario: Scenario, action: Action) -> str:
    if action.condition is None:
        return ""
    can_be = settable(scenario)
    if not can_hold(action, can_be):
        for flag, wanted in sorted(needs(action) - can_be):
            return f"it needs the flag {flag} {'set' if wanted else 'cleared'}, and nothing does"
    return "its condition never held, however strongly it was urged"
