"""The vocabulary of findings: a number with its interval, and a table of such numbers.

Every floor speaks it; how it looks is decided on the floor ``show`` alone, at the last moment.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal law."""

Kind = Literal["share", "rate", "points", "change", "part", "number"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95% interval.

    Attributes
    ----------
    value, low, high : float
        In the unit of the kind. An end that nobody worked out is nan.
    n : float
        What it rests on: histories or cases of a share, simulated years of a rate; 0 where there
        is nothing to count.
    kind : str
        "share" (0..1 of n), "rate" (events a simulated year), "points" (a difference of shares,
        -1..1), "change" (a difference of rates), "part" (of a variance, about 0..1; chance can
        carry it outside), "number" (anything else).
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    n: float = 0
    kind: Kind = "number"

    @property
    def count(self) -> int:
        """How many of n: the cases of a share, the events of a rate."""
        return round(self.value * self.n)

    @property
    def width(self) -> float:
        """From one end to the other."""
        return self.high - self.low

    @property
    def verdict(self) -> str:
        """Say "higher" or "lower" when the interval leaves out 0, else "no clear difference"."""
        if self.low > 0:
            return "higher"
        return "lower" if self.high < 0 else "no clear difference"


@dataclass(frozen=True)
class Estimates:
    """Many numbers of one kind, each with its 95% interval.

    Attributes
    ----------
    value, low, high : ndarray
        Of one shape.
    n, kind
        Of each of them, as for `Estimate`.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: float = 0
    kind: Kind = "number"

    def at(self, place: int | tuple[int, ...]) -> Estimate:
        """Return one of them; () is the place in arrays without axes."""
        value, low, high = (float(end[place]) for end in (self.value, self.low, self.high))
        return Estimate(value, low, high, self.n, self.kind)


def wilson(counts: ArrayLike, totals: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the 95% Wilson score interval of counts / totals, for whole arrays at once.

    Parameters
    ----------
    counts, totals : array_like
        Of shapes that broadcast; 0 <= count <= total. A total of 0 says nothing: (0, 1).

    Returns
    -------
    low, high : ndarray
        0..1. At count = 0 low is exactly 0, at count = total high is exactly 1.

    References
    ----------
    Wilson, E. B. (1927), JASA 22(158), 209-212.
    """
    count, total = np.broadcast_arrays(
        np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    )
    size = np.maximum(total, 1.0)
    share = count / size
    square = Z95 * Z95
    middle = (share + square / (2 * size)) / (1 + square / size)
    spread = np.sqrt(share * (1 - share) / size + square / (4 * size * size))
    half = Z95 / (1 + square / size) * spread
    low = np.where((count == 0) | (total == 0), 0.0, np.maximum(middle - half, 0.0))
    high = np.where((count == total) | (total == 0), 1.0, np.minimum(middle + half, 1.0))
    return low, high


def shares_of(counts: ArrayLike, total: int) -> Estimates:
    """Return counts of one total as shares with 95% Wilson intervals.

    Parameters
    ----------
    counts : array_like of int
        0..total.
    total : int
        1 or more.
    """
    return Estimates(np.asarray(counts) / total, *wilson(counts, total), total, "share")


def share_of(count: int, total: int) -> Estimate:
    """Return count / total with its 95% Wilson score interval.

    Parameters
    ----------
    count : int
        0 <= count <= total.
    total : int
        At least 1.
    """
    low, high = wilson(count, total)
    return Estimate(count / total, float(low), float(high), int(total), "share")


Cell = Estimate | str | float | bool | None
"""What a table holds; None where nothing can be said."""
Row = Mapping[str, Cell]


class Column(NamedTuple):
    """A column as people see it.

    Attributes
    ----------
    name : str
        Key of the rows. Two columns may show the same cell in two manners.
    header : str
        What stands above it.
    manner : str
        How an estimate is put: a key of `wargame.show.words.MANNERS`; "" for the one of its
        kind. A plain number takes a format instead, such as ".3f".
    """

    name: str
    header: str
    manner: str = ""


def columns(*said: str | tuple[str, ...]) -> tuple[Column, ...]:
    """Return columns, each as (name, header, manner), (name, header), or one word for both."""
    return tuple(Column(one, one) if isinstance(one, str) else Column(*one) for one in said)


@dataclass(frozen=True)
class Table:
    """A titled table: tidy rows for machines, chosen columns for people.

    Attributes
    ----------
    name : str
        What it is called in JSON and as a file.
    title : str
        What stands above it.
    columns : tuple of Column
        What people see, in this order. Machines get every key of the rows.
    rows : tuple of Row
        All with the same keys in the same order.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        columns: tuple[Column, ...],
        cells: Iterable[Sequence[Cell]],
    ) -> Table:
        """Return a table of rows that have a cell for each column, in the order of the columns."""
        keys = [column.name for column in columns]
        rows = tuple(dict(zip(keys, row, strict=True)) for row in cells)
        return cls(name, title, columns, rows)
