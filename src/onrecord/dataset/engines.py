"""Where the work of a dataset is done: in processes on this machine, or by Ray on many."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from onrecord.dataset.jobs import Job, Receipt, finished, receipt_name
from onrecord.errors import DatasetError
from onrecord.parallel import pool_of
from onrecord.pipeline import load_tools
from onrecord.reading.extras import needed

MOST_DEATHS = 3  # of workers in a row, without a task done between them


class Engine(Protocol):
    """Something that does the tasks of jobs."""

    @property
    def workers(self) -> int:
        """How many tasks it does at once."""

    def run(self, job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
        """Do tasks; yield the receipt of each as it is done, in any order."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Does tasks in processes of this machine; with one worker, in this one."""

    workers: int = 1

    def run(self, job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
        """Do tasks; yield the receipt of each as it is done.

        What a worker had in hand when it died is done again by another one.

        Raises:
            DatasetError: Workers die one after another.
        """
        if job.needs is not None:
            load_tools(job.needs)  # before there are workers, who then share them
        if self.workers == 1 or (job.needs is None and len(tasks) == 1):
            yield from ((task, finished(job, task)) for task in tasks)
            return
        left, deaths = list(tasks), 0
        while left:
            before = len(left)
            try:
                for task, receipt in self._in_processes(job, left):
                    left.remove(task)
                    yield task, receipt
            except BrokenProcessPool as error:
                deaths = deaths + 1 if len(left) == before else 1
                if deaths == MOST_DEATHS:
                    raise DatasetError(
                        f"Workers were ended again and again ({error}), perhaps for want of "
                        "memory: give fewer --workers; the same command goes on from there."
                    ) from error

    def _in_processes(self, job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
        with pool_of(self.workers, job.needs) as pool:
            under_way = {pool.submit(finished, job, task): task for task in tasks}
            try:
                for future in as_completed(under_way):
                    yield under_way[future], future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


class RayEngine:
    """Does tasks as Ray Data: a pool of actors that load the models once, fed as they take."""

    def __init__(self, address: str | None = None) -> None:
        """Join a cluster, by default the one this process is in, else one made on this machine.

        Raises:
            ReadError: Ray is not installed.
            DatasetError: There is no cluster at the address.
        """
        ray = needed("ray", extra="ray", kind="with --engine ray")
        needed("ray.data", extra="ray", kind="with --engine ray")
        if not ray.is_initialized():
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
            try:
                ray.init(address=address, include_dashboard=False, log_to_driver=False)
            except (ConnectionError, ValueError) as error:
                raise DatasetError(
                    f"There is no Ray cluster at {address} ({error}): start one with `ray start`, "
                    "or leave --address out to have one on this machine."
                ) from error
        self.workers = max(1, int(ray.cluster_resources().get("CPU", 1)))

    def run(self, job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
        """Do tasks; yield the receipt of each as it is done.

        Ray starts a worker anew that dies, and gives it the task again.
        """
        import ray

        if not tasks:
            return
        logging.getLogger("ray.data").setLevel(logging.WARNING)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        given = ray.data.from_items(
            [{"task": task} for task in tasks], override_num_blocks=len(tasks)
        )
        if job.needs is None:  # then any process will do, and Ray has some that are warm
            done = given.map_batches(partial(_done, job), batch_size=1, num_cpus=1)
        else:
            workers = min(self.workers, len(tasks))
            pool = ray.data.ActorPoolStrategy(
                min_size=workers, max_size=workers, max_tasks_in_flight_per_actor=2
            )
            done = given.map_batches(
                Worker, fn_constructor_args=(job,), batch_size=1, num_cpus=1, compute=pool
            )
        for row in done.iter_rows():
            yield str(row["task"]), dict(job.folder.read_json(str(row["receipt"])))


class Worker:
    """An actor: has the models a job needs, and does its tasks."""

    def __init__(self, job: Job) -> None:
        """Load what the job needs, once."""
        self._job = job
        if job.needs is not None:
            load_tools(job.needs)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do the tasks in a batch; return where their receipts are."""
        return _done(self._job, batch)


def _done(job: Job, batch: dict[str, Any]) -> dict[str, Any]:
    """Do the tasks in a batch; return where their receipts are."""
    tasks = [str(task) for task in batch["task"]]
    for task in tasks:
        finished(job, task)
    return {"task": tasks, "receipt": [receipt_name(job, task) for task in tasks]}
