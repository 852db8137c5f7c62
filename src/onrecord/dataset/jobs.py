"""Jobs: what workers do, wherever they are, one task after another.

A task is a name. What it leaves are files that are written whole, and last of all its receipt, so
that a task is done or is not: who comes after does again only what has no receipt.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeAlias

from onrecord.dataset.plan import WORK
from onrecord.places import Folder
from onrecord.settings import Settings

Receipt: TypeAlias = dict[str, Any]
"""What a task says of what it did: counts, and names of what it wrote."""


class Job(Protocol):
    """Something to be done for each of many tasks."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""

    @property
    def folder(self) -> Folder:
        """The dataset's folder."""

    @property
    def needs(self) -> Settings | None:
        """The settings of the models that it needs; None when it needs none."""

    def run(self, task: str) -> Receipt:
        """Do a task, once more if need be, and return the receipt."""


def finished(job: Job, task: str) -> Receipt:
    """Do a task and leave its receipt; return that."""
    receipt = job.run(task)
    job.folder.write_json(receipt_name(job, task), receipt)
    return receipt


def receipt_name(job: Job, task: str) -> str:
    """Return the name of a task's receipt in the dataset's folder."""
    return f"{WORK}/{job.name}/{task}.json"


def receipts(job: Job, tasks: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts of the tasks that are done, with their names."""
    done = set(job.folder.names(f"{WORK}/{job.name}"))
    for task in tasks:
        if f"{task}.json" in done:
            yield task, job.folder.read_json(receipt_name(job, task))


def bucket_of(key: str | int, buckets: int) -> int:
    """Return the task that a key falls to; the same wherever it is asked."""
    return key % buckets if isinstance(key, int) else zlib.crc32(key.encode()) % buckets


def bucket_names(buckets: int) -> list[str]:
    """Return the names of the tasks that keys are divided among."""
    return [f"{number:03}" for number in range(buckets)]
