"""`rule`: compiles a law for this machine where Numba is there, and leaves it as it is elsewhere.

A law is a scalar function of one history, in the part of Python that both understand. What is
compiled is kept beside the package, or in the user's cache folder where that cannot be written,
and is made anew when any law changes.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

try:
    import numba
    from numba.core.caching import CompileResultCacheImpl, FunctionCache
except ImportError:  # no wheel for this Python yet
    numba = None  # type: ignore[assignment,unused-ignore]

Law = TypeVar("Law", bound=Callable[..., Any])

COMPILED = numba is not None and not numba.config.DISABLE_JIT
"""Whether laws are compiled; if not, all works the same, a thousand times slower."""

_FOLDER = Path(__file__).parent


def rule(law: Law) -> Law:
    """Compile a law, or return it as it is where nothing can compile it."""
    if not COMPILED:
        return law
    # NumPy's way of dividing by nothing; the lock is let go, so that threads work side by side.
    compiled = numba.njit(nogil=True, error_model="numpy", forceinline=True)(law)
    if keeping_place() is not None:
        compiled._cache = _Kept(law)
    return compiled  # type: ignore[no-any-return]


def records(dtype: np.dtype[Any], *shape: int) -> Any:
    """Return empty records, in the form in which laws can read and write their fields."""
    made = np.zeros(shape, dtype)
    return made if COMPILED else made.view(np.recarray)


def plainly() -> AbstractContextManager[object]:
    """Let counters run over without a word, as compiled laws do."""
    return nullcontext() if COMPILED else np.errstate(over="ignore")


@cache
def keeping_place() -> Path | None:
    """Return the folder where compiled laws are kept; None when no folder can be written."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    own = hashlib.sha256(str(_FOLDER).encode()).hexdigest()[:16]
    named = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(named)] if named else [_FOLDER / "__pycache__", Path(home, "wargame", own)]
    for place in places:
        if not place.is_absolute() and not named:  # a user without a home
            continue
        try:
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
        except OSError:
            continue
        return place
    return None


@cache
def digest_of_laws() -> str:
    """Return a digest of all source of the engine: a law may call one in another file."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


digest_of_laws()  # now: what is imported is what stands in the files at this moment

_LOG = logging.getLogger("wargame")
_told: set[str] = set()
_noted: set[str] = set()


def tell_of_compiling(form: str) -> None:
    """Say once if what comes next takes long because laws are compiled, or are not.

    Parameters
    ----------
    form : str
        What is compiled: scenarios of another size need another form, and so do laws that are
        asked one by one.
    """
    if form in _told:
        return
    _told.add(form)
    if not COMPILED:
        why = "Numba is not here" if numba is None else "Numba is switched off"
        _LOG.warning("the rules run uncompiled, for %s: all works, but slowly", why)
    elif not any(path.exists() for path in _mark(form)):
        _LOG.info("compiling the rules for this machine, once: it can take a minute")


def note_compiled(form: str) -> None:
    """Note that a form of the laws, as they are now, is compiled."""
    if form not in _noted:
        _noted.add(form)
        for path in _mark(form):
            path.touch()


def _mark(form: str) -> list[Path]:
    place = keeping_place()
    if not COMPILED or place is None:
        return []
    edition = f"{digest_of_laws()[:16]}-{sys.implementation.cache_tag}-{numba.__version__}"
    return [place / f"laws-{edition}-{form}"]


if COMPILED:

    class _Place:
        """Where one compiled law is kept, and whether what is there still holds."""

        @classmethod
        def from_function(cls, law: Callable[..., Any], file: str) -> _Place:
            return cls()

        def ensure_cache_path(self) -> None:
            """Do nothing: it was tried."""

        def get_cache_path(self) -> str:
            return str(keeping_place())

        def get_source_stamp(self) -> str:
            return digest_of_laws()

        def get_disambiguator(self) -> str:
            return f"numba{numba.__version__}"  # two environments may share one source

    class _Implementation(CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = [_Place]  # noqa: RUF012

    class _Kept(FunctionCache):  # type: ignore[misc]
        _impl_class = _Implementation
