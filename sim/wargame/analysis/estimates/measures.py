"""Named measures of an ensemble: what experiments look at, block by block.

A block is a run of replications that belong together: a point of a sweep or of a
sensitivity design. Every measure is a share of histories or a rate a simulated year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.analysis.estimates.annual_rates import years_each
from wargame.analysis.estimates.intervals import mean_rate
from wargame.engine.results import Results
from wargame.errors import UsageError, one_of
from wargame.findings import Estimates, wilson

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """Something that can be said of an ensemble in one number.

    Attributes
    ----------
    name : str
        What commands call it.
    label : str
        In words.
    column : str
        Column of the results it is read from.
    least : int or None
        For a share: the value from which a history counts. None for a rate a year.
    """

    name: str
    label: str
    column: str
    least: int | None = None

    @property
    def is_share(self) -> bool:
        """Whether it is a share of histories (0..1), not a rate a simulated year."""
        return self.least is not None

    @property
    def phrase(self) -> str:
        """Return what a sentence calls it: "share of histories that ..." or "incidents a year"."""
        return f"share of {self.label}" if self.is_share else f"number of {self.label}"

    def events(self, results: Results) -> Floats:
        """Return what is counted in each replication, shape (replication,).

        Parameters
        ----------
        results : Results
            1 or 0 for a share, a count for a rate.
        """
        column = results.table[self.column]
        counted = column if self.least is None else column >= self.least
        return counted.astype(np.float64)


_ALL = (
    Measure("reached_4", "histories that reach rung 4 (encroachment)", "peak", 4),
    Measure("reached_5", "histories that reach rung 5 (use of force)", "peak", 5),
    Measure("reached_6", "histories that reach rung 6 (lethal clash)", "peak", 6),
    Measure("reached_7", "histories that reach rung 7 (major strikes)", "peak", 7),
    Measure("war", "histories that reach war (rung 8)", "peak", 8),
    Measure("incidents", "incidents a year", "incidents"),
    Measure("lethal", "turns with a lethal clash a year", "lethal_turns"),
    Measure("crises", "crises a year", "crises"),
    Measure("agreements", "agreements a year", "agreements"),
    Measure("acts", "acts a year", "acts"),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Name -> measure."""

DEFAULT = ("reached_5", "reached_6", "incidents", "war")
"""What experiments look at unless told otherwise."""


def find_measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """Return the measures of some names, each once; the default ones for none.

    Raises
    ------
    UnknownName
        For a name that is not in `MEASURES`.
    """
    chosen = tuple(dict.fromkeys(names)) or DEFAULT
    return tuple(MEASURES[one_of("measure", name, MEASURES)] for name in chosen)


def estimate(results: Results, measure: Measure, size: int) -> Estimates:
    """Return a measure in every block of so many replications.

    Parameters
    ----------
    size : int
        Replications in a block; the ensemble is a whole number of blocks.

    Raises
    ------
    UsageError
        When it is not.
    """
    events = _blocks(measure.events(results), size)
    if measure.is_share:
        count = events.sum(axis=1)
        low, high = wilson(count, size)
        return Estimates(count / size, low, high, size, "share")
    years = _blocks(years_each(results), size)
    rates = [mean_rate(*pair) for pair in zip(events, years, strict=True)]
    columns = np.array([(rate.value, rate.low, rate.high) for rate in rates]).T
    return Estimates(*columns)


def means(results: Results, measure: Measure, size: int) -> Floats:
    """Return a measure in every block, without intervals.

    Parameters
    ----------
    results, measure, size
        As for `estimate`.

    Returns
    -------
    ndarray, shape (block,)
    """
    events: Floats = _blocks(measure.events(results), size).sum(axis=1)
    exposure: Floats = np.full(len(events), float(size))
    if not measure.is_share:
        exposure = _blocks(years_each(results), size).sum(axis=1)
    return np.divide(events, exposure)


def _blocks(column: Floats, size: int) -> Floats:
    if size < 1 or len(column) % size:
        raise UsageError(f"{len(column)} replications are no whole number of blocks of {size}.")
    return column.reshape(-1, size)
