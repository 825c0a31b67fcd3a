"""Where work is carried out: worker processes of ours, or any executor; a few tasks ahead."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from wargame.errors import RunError

WORTH_WORKERS = 15_000_000
"""Replication-turns below which starting workers costs more than it saves (measured)."""

AHEAD, AHEAD_EACH = 256, 3
"""Tasks handed over and not yet taken back: to an executor of the caller, to each of our workers.
Bounds what waits in memory when results come faster than they are taken."""

Task = TypeVar("Task")
Done = TypeVar("Done")


def workers_for(replications: int, turns: int) -> int:
    """Return how many worker processes an ensemble is worth on this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, cores or 1) if replications * turns >= WORTH_WORKERS else 1


def carry_out(
    work: Callable[[Task], Done],
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[tuple[Task, Done]]:
    """Do the same work on many tasks; yield each result as it comes, keeping none.

    One worker, or one task, is done in this process.

    Parameters
    ----------
    work : callable
        Importable by the workers, and without side effects: a task may be done twice.
    jobs : int
        Worker processes to start; not used with an executor.
    executor : concurrent.futures.Executor, optional
        Where to do it instead; it is not shut down.

    Raises
    ------
    RunError
        When the workers are lost.
    """
    if executor is None and min(jobs, len(tasks)) <= 1:
        for task in tasks:
            yield task, work(task)
        return
    with _pool(executor, min(jobs, len(tasks))) as (pool, ahead):
        todo, pending = iter(tasks), dict[Future[Done], Task]()
        try:
            while True:
                for task in islice(todo, ahead - len(pending)):
                    pending[pool.submit(work, task)] = task
                if not pending:
                    return
                finished = wait(pending, return_when=FIRST_COMPLETED).done
                while finished:
                    future = finished.pop()
                    yield pending.pop(future), future.result()
        except BrokenExecutor as error:
            raise RunError(
                "a worker process ended without a word, often for want of memory. Use fewer "
                "workers («jobs» 1) or smaller chunks («chunk»)."
            ) from error
        finally:
            for future in pending:
                future.cancel()


def _end_with_parent() -> None:
    """Let a worker end when the process that started it is killed; else it would wait forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _pool(executor: Executor | None, jobs: int) -> Iterator[tuple[Executor, int]]:
    if executor is not None:
        yield executor, AHEAD
        return
    # Importing Mesa sets a start method for the whole process; ours is explicit.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max(1, jobs), mp_context=context, initializer=_end_with_parent)
    try:
        yield pool, AHEAD_EACH * max(1, jobs)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
