"""Go on simulating until every headline share is known closely enough.

Batch sizes are fixed in advance and the rule looks at all outcomes at once, so
nobody can stop when a favourite outcome looks good.
"""

from __future__ import annotations

from collections.abc import Callable

from wargame.analysis.intervals import precise_enough
from wargame.engine import ensemble
from wargame.engine.results import Results

__all__ = ["MOST", "describe_rule", "run_to_precision"]

MOST = 2_000_000
"""Replications after which it stops whatever was reached."""


def describe_rule(half_width: float, batch: int) -> str:
    """Say the stopping rule in a sentence."""
    return (
        f"stopping rule: batches of {batch:,} histories until the 95% interval of every outcome "
        f"share is within {half_width:g} on either side, at most {MOST:,}"
    )


def run_to_precision(
    simulate: Callable[[int, int], Results], half_width: float, batch: int
) -> Results:
    """Simulate batch after batch until every outcome share is precise enough.

    Parameters
    ----------
    simulate : callable
        (first replication, count) -> Results.
    half_width : float
        Of the 95% Wilson interval, as a share.
    batch : int
        Replications in a batch.

    Returns
    -------
    Results
        All batches together.
    """
    results = simulate(0, batch)
    while not precise_enough(results.outcomes().values(), half_width):
        if results.replications + batch > MOST:
            break
        results = ensemble.join([results, simulate(results.replications, batch)])
    return results
