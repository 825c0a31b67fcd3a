"""Variants run on common draws, as long as each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wargame.analysis.designs.variants import Variant
from wargame.engine import ensemble
from wargame.engine.results import Results
from wargame.scenario.horizon import with_turns


def run_all(
    variants: Sequence[Variant],
    replications: int = 10_000,
    seed: int = 1,
    *,
    uncertainty: bool = False,
    jobs: int = 1,
    acts_kept: int = 10_000,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Results, ...]:
    """Run variants on common draws: replication k of each meets the same uniforms.

    Parameters
    ----------
    replications, seed, uncertainty, jobs
        As for `wargame.engine.ensemble.run`, the same for all.
    acts_kept : int
        Of how many replications the single acts are kept, for when histories part and for
        other scales.
    on_progress : callable, optional
        Called with (done, total).

    Returns
    -------
    tuple of Results
        In the order of the variants.
    """
    total = sum(replications * variant.scenario.turns for variant in variants)
    found: list[Results] = []
    before = 0
    for variant in variants:

        def tell(done: int, _: int, before: int = before) -> None:
            if on_progress is not None:
                on_progress(before + done, total)

        found.append(
            ensemble.run(
                variant.scenario,
                replications,
                seed,
                uncertainty=uncertainty,
                jobs=jobs,
                acts_kept=min(replications, acts_kept),
                on_progress=tell,
            )
        )
        before += replications * variant.scenario.turns
    return tuple(found)


def shorten_all(
    variants: Sequence[Variant], turns: int
) -> tuple[tuple[Variant, ...], tuple[str, ...]]:
    """Give every variant another number of turns.

    Parameters
    ----------
    turns : int
        1 or more.

    Returns
    -------
    dropped : tuple of str
        Ids of what would begin after the last turn and was left out somewhere.
    """
    changed: list[Variant] = []
    dropped: dict[str, None] = {}
    for item in variants:
        scenario, gone = with_turns(item.scenario, turns)
        changed.append(Variant(item.label, item.what, scenario))
        dropped |= dict.fromkeys(gone)
    return tuple(changed), tuple(dropped)
