"""What is settled at a moment: levels reached already, outcomes no longer possible."""

from __future__ import annotations

from typing import Any

from wargame.findings import Estimate
from wargame.scenario.ladder import OUTCOMES
from wargame.show.table import record_of

ALREADY = "already reached"


NO_LONGER = "no longer possible"


def level_settled(level: int, past: int) -> str | None:
    """Say that a rung is reached already; None while that is open.

    Parameters
    ----------
    past : int
        The worst rung so far.
    """
    return ALREADY if past >= level else None


def outcome_settled(outcome: str, past: int) -> str | None:
    """Say that an outcome can no longer come about; None while it can.

    Parameters
    ----------
    outcome : str
        A name in `OUTCOMES`.
    past : int
        The worst rung so far.
    """
    return NO_LONGER if past > OUTCOMES[outcome] else None


def settled_columns(share: Estimate, settled: str | None) -> dict[str, Any]:
    """Return a share as plain data; what is settled has no interval, for it is not estimated."""
    columns = {**record_of(share), "settled": settled}
    return columns if settled is None else {**columns, "low": None, "high": None}
