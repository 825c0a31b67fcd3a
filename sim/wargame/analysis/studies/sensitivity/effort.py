"""What a sensitivity analysis may cost: histories and points."""

from __future__ import annotations

from dataclasses import dataclass

from wargame.errors import UsageError

BLOCKS = 5
"""Into so many blocks each half of a point's histories is cut, for the intervals."""


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    trajectories : int
        Of the screening.
    keep : int
        How many numbers are looked at closely.
    base : int
        Points of a Sobol sample, a power of two.
    runs : int
        Histories at each point, a multiple of ten.
    swing_runs : int
        Histories at each end of each range.
    """

    trajectories: int = 30
    keep: int = 10
    base: int = 512
    runs: int = 100
    swing_runs: int = 4000


def check_effort(effort: Effort) -> None:
    """Refuse an effort too small for what is asked."""
    if effort.runs < 1 or effort.runs % (2 * BLOCKS):
        raise UsageError(
            f"{effort.runs} histories a point cannot be cut into two halves of {BLOCKS} "
            f"blocks. Use a multiple of {2 * BLOCKS}.",
            field="runs",
        )
    least = {"trajectories": 2, "keep": 1, "base": 16, "swing_runs": 1}
    for name, smallest in least.items():
        if getattr(effort, name) < smallest:
            raise UsageError(
                f"{getattr(effort, name)} is too few. Use {smallest} or more.", field=name
            )
    if effort.base & (effort.base - 1):
        raise UsageError(f"{effort.base} is no power of two. Use one, such as 512.", field="base")
