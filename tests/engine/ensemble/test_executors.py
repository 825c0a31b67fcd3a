"""Where chunks are carried out: bounded, closed early, lost; a real Dask cluster."""

import gc
import json
import os
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import SimpleNamespace

import pytest

from store.test_unfinished import assert_equal
from wargame.engine import ensemble
from wargame.engine.ensemble import chunks, executors, workers
from wargame.engine.ensemble.executors import on_dask
from wargame.errors import MissingExtra, RunError, UsageError
from wargame.scenario import loader


@pytest.fixture(scope="module")
def scenario():
    return loader.load("first_steps")


class Recorder(Executor):
    """Does nothing until asked; counts what was handed over and not yet done."""

    def __init__(self, pool):
        self.pool, self.lock, self.waiting, self.most = pool, threading.Lock(), 0, 0

    def submit(self, work, /, *arguments):
        with self.lock:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
        return self.pool.submit(work, *arguments)


def test_only_some_tasks_are_handed_over_ahead(monkeypatch):
    monkeypatch.setattr(workers, "AHEAD", 3)
    with ThreadPoolExecutor(2) as pool:
        recorder = Recorder(pool)
        for task, done in workers.carry_out(lambda task: task * 2, range(20), executor=recorder):
            assert done == task * 2
            recorder.waiting -= 1
        assert recorder.most == 3


def test_no_result_is_kept(scenario):
    """A generator that is played through holds one chunk at a time."""
    whole = chunks.Chunk(scenario, 1, 0, 60)
    with ThreadPoolExecutor(1) as pool:
        seen = []
        for part in ensemble.play(whole, 10, executor=pool):
            seen.append(weakref.ref(part))
            del part
        gc.collect()
        assert [ref() for ref in seen] == [None] * 6


def test_what_was_not_begun_is_called_off_when_nobody_waits_for_it(scenario):
    handed_over = []

    class Idle(Executor):
        def submit(self, work, /, *arguments):
            future = Future()
            if not handed_over:
                future.set_result(work(*arguments))
            handed_over.append(future)
            return future

    parts = ensemble.play(chunks.Chunk(scenario, 1, 0, 30), 10, executor=Idle())
    next(parts)
    parts.close()
    assert [future.cancelled() for future in handed_over] == [False, True, True]


def test_a_lost_worker_is_told(scenario):
    class Broken(Executor):
        def submit(self, work, /, *arguments):
            future = Future()
            future.set_exception(BrokenProcessPool("gone"))
            return future

    with pytest.raises(RunError, match="ended without a word"):
        ensemble.run(scenario, 30, executor=Broken())


def test_a_killed_worker_process_is_told():
    with (
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
        pytest.raises(RunError, match=r"ended without a word.*«chunk»"),
    ):
        list(workers.carry_out(os._exit, [9, 9], executor=pool))


def test_a_process_pool_of_the_users_gives_the_same(scenario):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spread = ensemble.run(scenario, 60, seed=2, executor=pool, chunk=20, uncertainty=True)
    assert_equal(spread, ensemble.run(scenario, 60, seed=2, uncertainty=True))


def test_threads_of_ours_are_handed_a_few_tasks_each_and_end():
    begun, taken, others = [], [], threading.active_count()
    for task, done in workers.carry_out(begun.append, range(50), jobs=2):
        assert done is None
        taken.append(task)
        assert len(begun) - len(taken) < 2 * workers.AHEAD_EACH
    assert sorted(taken) == list(range(50))
    assert threading.active_count() == others


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_in_a_thread_is_told_and_ends_the_rest(jobs):
    begun, others = [], threading.active_count()

    def work(task):
        begun.append(task)
        if task == 3:
            raise RunError("it did not work")

    with pytest.raises(RunError, match="it did not work"):
        list(workers.carry_out(work, range(1000), jobs=jobs))
    assert len(begun) < 3 + 1 + 2 * workers.AHEAD_EACH
    assert threading.active_count() == others


def test_one_thread_is_the_callers_own():
    idents = {ident for _, ident in workers.carry_out(lambda _: threading.get_ident(), range(4))}
    assert idents == {threading.get_ident()}
    alone = workers.carry_out(lambda _: threading.get_ident(), [1], jobs=8)
    assert {ident for _, ident in alone} == {threading.get_ident()}


def test_cores_are_those_this_process_may_use(monkeypatch):
    assert 1 <= workers.cores() <= os.cpu_count()
    monkeypatch.setattr(os, "sched_getaffinity", lambda who: {0, 3, 5}, raising=False)
    assert workers.cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.cores() == 1


@pytest.mark.parametrize("address", ["", "nonsense", "127.0.0.1:8786", "tcp://host"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(UsageError, match="is not an address"), on_dask(address):
        pass


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"'\.\[dask\]'"), on_dask("tcp://127.0.0.1:1"):
        pass


class Cluster:
    """A scheduler and two workers of one thread, processes of their own."""

    def __init__(self, folder):
        self.folder, self.running = folder, []
        file = folder / "scheduler.json"
        self.start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.wait(file.exists)
        self.address = json.loads(file.read_text())["address"]
        self.workers = [
            self.start(
                "worker", self.address, "--no-nanny", "--no-dashboard", "--nthreads", "1",
                "--name", name, "--local-directory", str(folder),
            )
            for name in ("one", "other")
        ]  # fmt: skip

        def both_there():
            from distributed import Client

            with Client(self.address, set_as_default=False) as client:
                return len(client.scheduler_info()["workers"]) == 2

        self.wait(both_there)

    def start(self, what, *words):
        code = f"from distributed.cli.dask_{what} import main; main()"
        log = (self.folder / f"{what}-{len(self.running)}.log").open("w")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *words], stdout=log, stderr=log, cwd=self.folder
            )
        self.running.append(process)
        return process

    def wait(self, holds):
        for _ in range(300):
            if holds():
                return
            time.sleep(0.2)
        logs = "\n".join(path.read_text() for path in self.folder.glob("*.log"))
        raise AssertionError(f"the cluster did not come up:\n{logs}")

    def end(self):
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    pytest.importorskip("distributed")
    made = Cluster(tmp_path)
    yield made
    made.end()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same(scenario, cluster):
    seen = []

    def kill_one(part):
        seen.append(part.first)
        if len(seen) == 3:
            cluster.workers[0].kill()
            cluster.workers[0].wait()

    with on_dask(cluster.address) as executor:
        spread = ensemble.run(
            scenario, 60_000, seed=2, executor=executor, chunk=1_500, on_chunk=kill_one,
            acts_kept=2_000,
        )  # fmt: skip
    assert len(seen) == 40
    assert cluster.workers[0].poll() is not None
    assert cluster.workers[1].poll() is None
    assert_equal(spread, ensemble.run(scenario, 60_000, seed=2, acts_kept=2_000))


@pytest.mark.slow
def test_a_cluster_with_another_version_or_no_worker_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(executors, "metadata", SimpleNamespace(version=lambda name: "0"))
    with (
        pytest.raises(RunError, match=r"has wargame .*, this machine 0;"),
        on_dask(cluster.address),
    ):
        pass
    monkeypatch.undo()
    for worker in cluster.workers:
        worker.terminate()
        worker.wait()
    with pytest.raises(RunError, match="no worker is registered"), on_dask(cluster.address):
        pass


@pytest.mark.slow
def test_a_lost_cluster_is_told_without_a_traceback(cluster, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "wargame", "run", "first_steps", "-n", "2000000", "--chunk", "2000",
         "--no-plots", "--executor", "dask", "--scheduler", cluster.address, "--out", "x"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        cluster.wait(lambda: len(list(tmp_path.glob("x.partial/chunk-*.npz"))) > 3)
        cluster.end()
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 4, err
    assert "was lost" in err
    assert "--out x --resume" in err
    assert "Traceback" not in err
    assert out == ""
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_no_scheduler_is_told(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(executors, "PATIENCE", 1)
    with pytest.raises(RunError, match="no Dask scheduler at"), on_dask("tcp://127.0.0.1:1"):
        pass
