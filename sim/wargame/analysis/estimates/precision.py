"""Go on simulating until every headline share is known closely enough.

Batch sizes are fixed in advance and the rule looks at all outcomes at once, so
nobody can stop when a favourite outcome looks good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from wargame.findings import Estimate, share_of

MOST = 2_000_000
"""Replications after which it stops whatever was reached."""


def describe_rule(half_width: float, batch: int) -> str:
    """Say the stopping rule in a sentence."""
    return (
        f"stopping rule: batches of {batch:,} histories until the 95% interval of every outcome "
        f"share is within {half_width:g} on either side, at most {max(batch, MOST):,}"
    )


def simulate_to_precision(
    simulate: Callable[[int, int], Mapping[str, int]],
    half_width: float,
    batch: int,
    most: int = MOST,
) -> tuple[int, bool]:
    """Simulate batch after batch until every outcome share is precise enough.

    Parameters
    ----------
    simulate : callable
        (first replication, count) -> outcome -> how many of these.
    half_width : float
        Of the 95% Wilson interval, as a share.
    batch : int
        Replications in a batch.
    most : int
        Replications it does not go beyond; the first batch is always simulated.

    Returns
    -------
    replications : int
        Of all batches together.
    reached : bool
        Whether every share is as precise as wanted.
    """
    counts = Counter[str]()
    done = 0
    while done == 0 or done + batch <= most:
        counts.update(simulate(done, batch))
        done += batch
        if precise_enough((share_of(count, done) for count in counts.values()), half_width):
            return done, True
    return done, False


def headline_half_width(shares: Iterable[Estimate]) -> float:
    """Return the widest half-width of some shares' 95% intervals.

    Parameters
    ----------
    shares : iterable of Estimate
        The headline shares, usually those of the outcomes.

    Returns
    -------
    float
        0..0.5; 0 for no shares.
    """
    return max(((share.high - share.low) / 2 for share in shares), default=0.0)


def precise_enough(shares: Iterable[Estimate], half_width: float) -> bool:
    """Say whether every share is known within a half-width: the stopping rule.

    Parameters
    ----------
    shares : iterable of Estimate
        The headline shares.
    half_width : float
        Wanted, above 0; for example 0.005 is half a percentage point.
    """
    return headline_half_width(shares) <= half_width
