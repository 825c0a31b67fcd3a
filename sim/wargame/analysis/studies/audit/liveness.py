"""Liveness: whether a number of the scenario does anything, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.analysis.studies.audit.idleness import why_idle
from wargame.scenario.schema import Scenario


@dataclass(frozen=True)
class Live:
    """What became of one number.

    A number that changes no history at all has ``differ`` 0.

    Attributes
    ----------
    value : float
        In the scenario.
    low, high : float
        Where it was moved to, the last time.
    to : str
        "range", "tenth" or "bounds": the last attempt.
    runs : int
        Histories at each end, in the last attempt.
    moves : bool
        Whether something moved beyond noise.
    what : str
        The measure that moved most.
    differ : float
        The largest share of histories, over both ends, in which that measure differs.
    chance : float
        Corrected chance of so one-sided a change if the number were idle, 0..1.
    """

    path: str
    value: float
    low: float
    high: float
    to: str
    runs: int
    moves: bool
    what: str
    differ: float
    chance: float


@dataclass(frozen=True)
class Judged:
    """A number, whether it does anything, and if not why.

    Attributes
    ----------
    verdict : str
        "moves"; "seldom" (changes some histories, too few to tell from noise); "off" (another
        value keeps it from mattering); "dead".
    why : str
        What keeps it off; "" otherwise.
    """

    live: Live
    verdict: str
    why: str


def judge(scenario: Scenario, live: Live, never_done: set[tuple[str, str]]) -> Judged:
    """Say of a number that was tried whether it is alive.

    Parameters
    ----------
    never_done : set of (actor, action)
        Actions that did not come about.
    """
    if live.moves:
        return Judged(live, "moves", "")
    why = why_idle(scenario, live.path, never_done)
    if why is not None:
        return Judged(live, "off", why)
    return Judged(live, "seldom" if live.differ > 0 else "dead", "")
