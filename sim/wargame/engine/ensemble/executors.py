"""Executors beyond this machine: a Dask cluster in the style of `concurrent.futures`."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib import metadata
from typing import Any

from wargame.errors import MissingExtra, RunError, UsageError

PATIENCE = 10
"""Seconds to wait for a scheduler to answer."""
RETRIES = 3
"""How often a chunk whose worker was lost is tried again elsewhere, besides Dask's own attempts."""
NOISY = ("asyncio", "distributed", "tornado.application")
"""Loggers, with those below them."""
SAME = ("wargame", "numpy")
"""Packages whose version must be the same everywhere, for the same histories."""


@contextmanager
def on_dask(scheduler: str) -> Iterator[Executor]:
    """Open an executor on a Dask cluster, to be given to `wargame.engine.ensemble.run`.

    Parameters
    ----------
    scheduler : str
        Its address, for example ``tcp://10.0.0.5:8786``.

    Yields
    ------
    concurrent.futures.Executor
        A chunk whose worker is lost goes to another worker: results do not change.

    Raises
    ------
    UsageError
        For what is not an address.
    MissingExtra
        Without the package ``distributed``.
    RunError
        When there is no such scheduler, its workers have other versions of what the results
        depend on, or the cluster is lost.
    """
    if not re.fullmatch(r"[a-z]+://\S+:\d+", scheduler):
        raise UsageError(
            f"'{scheduler}' is not an address. Give it as `dask scheduler` prints it, "
            "such as tcp://10.0.0.5:8786.",
            field="scheduler",
        )
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise MissingExtra("«executor» dask", "distributed", "dask") from error
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise RunError(
            f"there is no Dask scheduler at '{scheduler}' ({_first_line(error)}). "
            "Start one with `dask scheduler` and give the address it prints, such as "
            "tcp://10.0.0.5:8786.",
            field="scheduler",
        ) from error
    levels = _hush()
    try:
        _check_workers(client, scheduler)
        executor = client.get_executor(retries=RETRIES, pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
    except (KilledWorker, CancelledError, OSError, TimeoutError) as error:
        levels = {}  # what is left of the client has more tracebacks to tell, to the very end
        raise RunError(
            f"the cluster at '{scheduler}' was lost ({_first_line(error)}). Look at "
            "its own log; workers are often ended for want of memory (smaller chunks: «chunk»).",
            field="scheduler",
        ) from error
    finally:
        client.close(timeout=PATIENCE)
        for logger, level in levels.items():
            logger.setLevel(level)


def _hush() -> dict[logging.Logger, int]:
    """Silence the loggers that tell of a lost cluster by tracebacks; return their levels."""
    known = {*logging.root.manager.loggerDict, *NOISY}
    loggers = [logging.getLogger(name) for name in known if name.startswith(NOISY)]
    levels = {logger: logger.level for logger in loggers}
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    return levels


def _check_workers(client: Any, scheduler: str) -> None:
    wanted = _versions()
    found: dict[str, dict[str, str]] = client.run(_versions, on_error="return")
    if not found:
        raise RunError(
            f"no worker is registered at '{scheduler}'. Start some with `dask worker {scheduler}`.",
            field="scheduler",
        )
    for worker, held in sorted(found.items()):
        if not isinstance(held, dict):  # an exception: the package itself is not there
            raise RunError(
                f"the worker {worker} cannot load wargame ({_first_line(held)}). "
                f"Install wargame {wanted['wargame']} there, too.",
                field="scheduler",
            )
        for name in SAME:
            if held[name] != wanted[name]:
                raise RunError(
                    f"the worker {worker} has {name} {held[name]}, this machine "
                    f"{wanted[name]}; results would not be the same. Install one version on all.",
                    field="scheduler",
                )


def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in SAME}


def _first_line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
