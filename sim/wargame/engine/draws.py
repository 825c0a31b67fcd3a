"""Named uniform draws, one per replication, addressed rather than consumed.

A *row* of draws is named by the seed, a purpose and where it is used, for
example ``1/perceive/12/2/PRK``; replication k has the k-th number of the row. So
replication k is the same alone, in any chunk, on any worker; a variant differs
from its baseline only where the rules make it differ; a new purpose never
shifts old draws.

References
----------
Salmon, J. K. et al. (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11
(counter-based generators).
Steele, G. L., Lea, D. and Flood, C. H. (2014), Fast splittable pseudorandom
number generators, OOPSLA '14 (SplitMix64; the mixing constants are Stafford's
variant 13, as in the authors' reference code).
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import uncertain_parameters_of
from wargame.scenario.schema import Scenario

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_TO_MANTISSA = np.uint64(12)
_ONE_TO_TWO = np.uint64(0x3FF0000000000000)  # exponent bits of a double in [1, 2)
_NEARLY_ONE = 1.0 - 2.0**-53

Indices = NDArray[np.intp]
Uniforms = NDArray[np.float64]


def row_key(name: str) -> np.uint64:
    """Return the 64-bit key of a row: the 8-byte BLAKE2b digest of its name.

    Parameters
    ----------
    name : str
        For example ``1/perceive/12/2/PRK``.
    """
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


def splitmix64(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix 64-bit counters into 64-bit random numbers, in place.

    Parameters
    ----------
    z : ndarray of uint64, any shape
        State after adding the golden-ratio increment. Overwritten.

    Returns
    -------
    ndarray of uint64
        The same array.
    """
    shifted = z >> _SHIFTS[0]
    z ^= shifted
    z *= _FIRST
    np.right_shift(z, _SHIFTS[1], out=shifted)
    z ^= shifted
    z *= _SECOND
    np.right_shift(z, _SHIFTS[2], out=shifted)
    z ^= shifted
    return z


def to_uniform(z: NDArray[np.uint64]) -> Uniforms:
    """Turn 64 random bits into a uniform on (0, 1), both ends open, in place.

    Parameters
    ----------
    z : ndarray of uint64
        Overwritten: the result shares its memory.

    Returns
    -------
    ndarray of float64
        (top 52 bits + 0.5) / 2^52, exactly.
    """
    z >>= _TO_MANTISSA
    z |= _ONE_TO_TWO
    uniforms: Uniforms = z.view(np.float64)
    uniforms -= _NEARLY_ONE
    return uniforms


class Streams:
    """The draws of a range of replications.

    Parameters
    ----------
    seed : int
        Any whole number; 0 is a seed like any other.
    first : int
        Number of the first replication.
    count : int
        How many replications.
    aliases : mapping of str to str, optional
        Part of a row's name -> the word used in its place (tests of relabelling).
    common : int, optional
        Replication k has the draws of number k modulo this: blocks of so many replications share
        their draws, one by one.
    sharing : int
        So many replications in a row share one draw.
    """

    def __init__(
        self,
        seed: int,
        first: int,
        count: int,
        aliases: Mapping[str, str] | None = None,
        common: int | None = None,
        sharing: int = 1,
    ) -> None:
        self.seed, self.first, self.count = seed, first, count
        self.aliases, self.common, self.sharing = aliases, common, sharing
        self._prefix = str(seed)
        self._aliases = dict(aliases or {})
        numbers = np.arange(first, first + count, dtype=np.uint64)
        if common is not None:
            numbers %= np.uint64(common)
        numbers //= np.uint64(sharing)
        self._counters = (numbers + np.uint64(1)) * GOLDEN

    def _key(self, purpose: str, where: tuple[object, ...]) -> np.uint64:
        parts: Iterable[str] = map(str, where)
        if self._aliases:
            parts = (self._aliases.get(part, part) for part in parts)
        return row_key("/".join((self._prefix, purpose, *parts)))

    def row(self, purpose: str, *where: object) -> Uniforms:
        """Draw for every replication.

        Parameters
        ----------
        purpose : str
            What the draw decides.
        *where : object
            Turn, link, actor: whatever sets the row apart.

        Returns
        -------
        ndarray of float64, shape (replication,)
            On (0, 1).
        """
        return to_uniform(splitmix64(self._counters + self._key(purpose, where)))

    def at(self, replications: Indices, purpose: str, *where: object) -> Uniforms:
        """Draw for some replications only: the same numbers as `row` at those places.

        Parameters
        ----------
        replications : ndarray of int, shape (k,)
            Places in this range, 0 for its first.
        purpose, *where
            As for `row`.

        Returns
        -------
        ndarray of float64, shape (k,)
            On (0, 1).
        """
        counters = self._counters[replications]
        counters += self._key(purpose, where)
        return to_uniform(splitmix64(counters))


class DrawnNumbers(Mapping[str, Uniforms]):
    """The uncertain numbers of an ensemble: each is drawn when it is asked for, and not kept.

    Maps the path of a number to its values, shape (replication,).

    Parameters
    ----------
    streams : Streams
        Row ``seed/parameter/PATH``.
    given : container of str
        Paths that are not drawn.
    """

    def __init__(self, scenario: Scenario, streams: Streams, given: Container[str] = ()) -> None:
        self._scenario, self._streams, self._given = scenario, streams, given
        uncertain = _uncertain_of(scenario)
        self._drawn = {path: item for path, item in uncertain.items() if path not in given}

    def of(self, count: int) -> DrawnNumbers:
        """Return those of so many replications, from the same first one."""
        streams = self._streams
        more = Streams(
            streams.seed,
            streams.first,
            count,
            streams.aliases,
            streams.common,
            streams.sharing,
        )
        return DrawnNumbers(self._scenario, more, self._given)

    def __getitem__(self, path: str) -> Uniforms:
        return self._drawn[path].draw(self._streams.row("parameter", path))

    def at(self, path: str, places: Indices) -> Uniforms:
        """Return the values in some replications only, by their place."""
        return self._drawn[path].draw(self._streams.at(places, "parameter", path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._drawn)

    def __len__(self) -> int:
        return len(self._drawn)


_LAST: list[tuple[Scenario, dict[str, Parameter]]] = []
"""The uncertain numbers asked for last: every block of an ensemble asks for the same."""


def _uncertain_of(scenario: Scenario) -> dict[str, Parameter]:
    for known, uncertain in _LAST:
        if known is scenario:
            return uncertain
    uncertain = uncertain_parameters_of(scenario)
    _LAST[:] = [(scenario, uncertain), *_LAST[:7]]
    return uncertain
