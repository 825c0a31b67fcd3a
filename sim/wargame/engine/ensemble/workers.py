"""Where work is carried out: threads of ours, or any executor; a few tasks ahead."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from wargame.errors import RunError

AHEAD, AHEAD_EACH = 256, 3
"""Tasks handed over and not yet taken back: to an executor of the caller, to each of our threads.
Bounds what waits in memory when results come faster than they are taken."""

Task = TypeVar("Task")
Done = TypeVar("Done")


def cores() -> int:
    """Return how many threads this machine can run side by side."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, own or 1)


def carry_out(
    work: Callable[[Task], Done],
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[tuple[Task, Done]]:
    """Do the same work on many tasks; yield each result as it comes, keeping none.

    One thread, or one task, is done by the caller's own.

    Parameters
    ----------
    work : callable
        Without side effects; for an executor importable by its workers, for a task may be done
        twice there.
    jobs : int
        Threads to start; not used with an executor.
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
                "a worker of the executor ended without a word, often for want of memory. Give it "
                "smaller chunks («chunk»)."
            ) from error
        finally:
            for future in pending:
                future.cancel()


@contextmanager
def _pool(executor: Executor | None, jobs: int) -> Iterator[tuple[Executor, int]]:
    if executor is not None:
        yield executor, AHEAD
        return
    pool = ThreadPoolExecutor(max(1, jobs))
    try:
        yield pool, AHEAD_EACH * max(1, jobs)
    finally:
        pool.shutdown(cancel_futures=True)
