"""What a run reads and how, decided once: a run that goes on goes on with the same plan."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.errors import DatasetError, ReadError
from onrecord.places import Folder
from onrecord.reading import files_of
from onrecord.reading.inputs import STANDARD_INPUT
from onrecord.reading.remote import is_remote, size_of
from onrecord.records import Failure
from onrecord.settings import DEFAULTS, Settings

WORK = "work"
"""The folder in a dataset's with what a run needs to go on; gone when it is finished."""

PLAN = f"{WORK}/plan.json"

# A part is about three minutes of work for a core, and what is lost when that core is.
PART = 1_000_000  # characters; about 400 articles
SMALLEST_PART = 20_000
PARTS_A_WORKER = 6  # at least, where there is so much to read that the end is no waiting
BUCKET = 250_000_000  # bytes of input
MOST_BUCKETS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is read and how."""

    paths: tuple[str, ...]  # as the user gave them
    files: tuple[str, ...]
    found: tuple[bool, ...]  # of each file, whether it was found in a folder
    starts: tuple[int, ...]  # of each task of reading, its first file
    failures: tuple[Failure, ...] = ()  # of files that are not read
    reading: Mapping[str, Any] = field(default_factory=dict)  # what `read` is told
    fetching: Mapping[str, Any] = field(default_factory=dict)
    only_english: bool = True
    settings: Settings = DEFAULTS
    characters: int = PART  # of a part
    buckets: int = 1  # how many tasks divide what is linked by key

    def summary(self) -> dict[str, Any]:
        """Return what must be the same for a run to go on."""
        told = {name: repr(value) for name, value in sorted(self.reading.items())}
        return {
            "files": list(self.files),
            "reading": told,
            "only_english": self.only_english,
            "settings": repr(self.settings),
        }

    def division(self) -> dict[str, Any]:
        """Return what a run that goes on takes over, however many workers it has."""
        return {
            "starts": list(self.starts),
            "characters": self.characters,
            "buckets": self.buckets,
        }

    def of_task(self, number: int) -> range:
        """Return the files that a task of reading has."""
        ends = (*self.starts[1:], len(self.files))
        return range(self.starts[number], ends[number])


def plan_for(
    paths: Sequence[str],
    *,
    workers: int,
    reading: Mapping[str, Any],
    **more: Any,  # noqa: ANN401
) -> Plan:
    """Return the plan for reading some paths.

    Args:
        paths: Files, folders and URLs, as for `onrecord.reading.read`.
        workers: How many will work on it.
        reading: What `onrecord.reading.read` is told of all of them.
        more: Further fields of the plan.

    Raises:
        DatasetError: One of the paths is standard input.
    """
    if STANDARD_INPUT in paths:
        raise DatasetError(
            "Standard input can be read once and by one process only: "
            "write it to a file and name that."
        )
    files, found, failures = [], [], []
    for path in paths:
        for one in files_of(path):
            if isinstance(one, Failure):
                failures.append(one)
            else:
                files.append(one)
                found.append(one != path)
    sizes = [_size(one) for one in files]
    size = sum(sizes)
    characters = max(SMALLEST_PART, min(PART, size // (workers * PARTS_A_WORKER)))
    return Plan(
        paths=tuple(paths),
        files=tuple(files),
        found=tuple(found),
        failures=tuple(failures),
        reading=reading,
        starts=tuple(_starts(sizes, characters)),
        characters=characters,
        buckets=max(1, min(MOST_BUCKETS, size // BUCKET)),
        **more,
    )


def _starts(sizes: Sequence[int], enough: int) -> Iterator[int]:
    """Yield where each task of reading begins: files of so many bytes together, or a large one."""
    taken = enough
    for at, size in enumerate(sizes):
        if taken + size > enough and taken:
            yield at
            taken = 0
        taken += max(size, 1)


def _size(path: str) -> int:
    try:
        return size_of(path) if is_remote(path) else os.path.getsize(path)
    except (OSError, ReadError):
        return 0  # a web address, or a file that reading will tell of


def settled(plan: Plan, folder: Folder) -> Plan:
    """Return the plan of the run that a folder holds, or this one, which it then is.

    Raises:
        DatasetError: The folder holds a run of other inputs, or one read in another way.
    """
    if not folder.has(PLAN):
        folder.write_json(PLAN, {"summary": plan.summary(), "division": plan.division()})
        return plan
    kept = folder.read_json(PLAN)
    if kept["summary"] != plan.summary():
        differing = [
            name for name, value in plan.summary().items() if kept["summary"][name] != value
        ]
        raise DatasetError(
            f"{folder.url} holds a run with other {_either(differing)}, which is not finished: "
            "give the same to go on with it, or name another folder."
        )
    return replace(plan, **kept["division"])


_CALLED = {
    "files": "inputs",
    "reading": "options on reading",
    "only_english": "languages",
    "settings": "settings",
}


def _either(names: Iterable[str]) -> str:
    return " and ".join(_CALLED[name] for name in names)
