"""A whole run: inputs are read, extracted and linked, one step after another."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from onrecord.dataset.engines import Engine
from onrecord.dataset.extracting import ExtractPart
from onrecord.dataset.jobs import Job, Receipt, bucket_names, receipts
from onrecord.dataset.linking import (
    COPY,
    TELLING,
    Choose,
    Compare,
    FindSharing,
    Gather,
    GatherSignatures,
    Group,
    Tell,
    keep_groups,
    keep_stories,
)
from onrecord.dataset.plan import WORK, Plan, settled
from onrecord.dataset.staging import FAILURES, Failures, ReadFiles, TellVersions
from onrecord.errors import DatasetError
from onrecord.pipeline import load_tools
from onrecord.places import Folder
from onrecord.store.manifest import MANIFEST, Manifest, read_manifest
from onrecord.store.parquet import FOLDERS

SECONDS = 10.0  # between two manifests of a run that goes on


Show = Callable[[str, int], Callable[[int], None]]
"""Begins to show a phase, of so many; returns what is called with each number that is done."""


def read_into(
    folder: Folder, plan: Plan, engine: Engine, show: Show = lambda what, total: lambda done: None
) -> Manifest:
    """Read, extract and link all that a plan names into a folder; return its manifest.

    A run that was ended goes on where it stopped; one that is finished is left as it is.

    Raises:
        DatasetError: The folder cannot be written to, or holds another run.
    """
    if folder.has(MANIFEST):
        manifest = read_manifest(folder)
        if manifest.finished:
            return _same(manifest, folder, plan)
    extractor = load_tools(plan.settings).extractor
    run = Run(folder, settled(plan, folder), engine, show, extractor)
    return run.all()


def _same(manifest: Manifest, folder: Folder, plan: Plan) -> Manifest:
    """Return the manifest of a finished run.

    Raises:
        DatasetError: It was of other inputs.
    """
    if list(manifest.inputs) != list(plan.paths):
        raise DatasetError(
            f"{folder.url} is finished, with other inputs ({', '.join(manifest.inputs)}): "
            "name another folder."
        )
    return manifest


@dataclass(slots=True)
class Run:
    """One run, with what it knows so far."""

    folder: Folder
    plan: Plan
    engine: Engine
    show: Show
    extractor: str
    failures: dict[str, Counter[str]] = field(default_factory=dict)
    parts: dict[str, dict[str, int]] = field(default_factory=dict)
    makers: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    written_at: float = 0.0

    def all(self) -> Manifest:
        """Do all steps; return the manifest."""
        self.keep_manifest(finished=False)
        lengths = self._read()
        self._versions()
        self._extract(lengths)
        self.keep_manifest(finished=False)
        self.link(list(lengths))
        for inside in (*FOLDERS, FAILURES):
            self.folder.sweep(inside)  # of what workers wrote when they were ended
        manifest = self.keep_manifest(finished=True)
        self.folder.empty(WORK)
        return manifest

    def _done(
        self, job: Job, tasks: Sequence[str], what: str, lengths: Mapping[str, int]
    ) -> Iterator[tuple[str, Receipt]]:
        """Yield the receipts of all tasks: those done earlier, then the others as they are done."""
        total = sum(lengths.values()) if lengths else len(tasks)
        advance = self.show(what, total)
        done = dict(receipts(job, tasks))
        for task, receipt in done.items():
            advance(lengths.get(task, 1))
            yield task, receipt
        left = [task for task in tasks if task not in done]
        for task, receipt in self.engine.run(job, left):
            advance(lengths.get(task, 1))
            yield task, receipt

    def _read(self) -> dict[str, int]:
        """Read all files; return how many articles each part has."""
        unread = Failures(list(self.plan.failures))
        unread.write(self.folder, "inputs")
        self._note(unread.counts())
        files = [f"{number:06}" for number in range(len(self.plan.starts))]
        lengths: dict[str, int] = {}
        for _, receipt in self._done(ReadFiles(self.folder, self.plan), files, "inputs read", {}):
            lengths |= receipt["parts"]
            self._note(receipt["failures"])
        return dict(sorted(lengths.items()))

    def _versions(self) -> None:
        job = TellVersions(self.folder, self.plan)
        for _, receipt in self._done(job, self._buckets, "articles compared by id", {}):
            self.counts["unchanged"] += receipt["unchanged"]

    def _extract(self, lengths: Mapping[str, int]) -> None:
        job = ExtractPart(self.folder, self.plan)
        for part, receipt in self._done(job, list(lengths), "articles read", lengths):
            self.parts[part] = receipt["rows"]
            self.makers.update(receipt["makers"])
            self.counts.update(receipt["rows"])
            self.seconds += receipt["seconds"]
            self._note(receipt["failures"])
            if time.monotonic() - self.written_at > SECONDS:
                self.keep_manifest(finished=False)

    def link(self, parts: Sequence[str]) -> None:
        """Link the articles of all parts, and write what that gives."""
        for what in (COPY, TELLING):
            args = (self.folder, self.plan.buckets, what)
            self._finish(FindSharing(*args), self._buckets)
            self._finish(Choose(*args), self._buckets)
            self._finish(Tell(*args), parts)
            self._finish(Compare(*args), self._buckets)
        self.counts["stories"] = keep_stories(self.folder)
        args = (self.folder, self.plan.buckets, TELLING)
        if not self._began(Gather(*args)):
            keep_groups(self.folder)
        self._finish(Gather(*args), parts)
        self.counts["retold"] = self._finish(Group(*args), self._buckets)["units"]
        self._finish(GatherSignatures(self.folder, self.plan.buckets), self._buckets)

    def _began(self, job: Job) -> bool:
        return bool(self.folder.names(f"{WORK}/{job.name}"))

    def _finish(self, job: Job, tasks: Sequence[str]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for _, receipt in self._done(job, tasks, f"{job.name.replace('-', ', ')}", {}):
            counts.update(receipt)
        return counts

    @property
    def _buckets(self) -> list[str]:
        return bucket_names(self.plan.buckets)

    def _note(self, failures: Mapping[str, Mapping[str, int]]) -> None:
        for outcome, reasons in failures.items():
            self.failures.setdefault(outcome, Counter()).update(reasons)

    def keep_manifest(self, *, finished: bool) -> Manifest:
        """Write the manifest as things stand; return it."""
        manifest = Manifest(
            onrecord=version("onrecord"),
            extractor=self.extractor,
            makers=sorted({*self.makers, self.extractor}),
            inputs=list(self.plan.paths),
            finished=finished,
            parts=dict(sorted(self.parts.items())),
            counts=dict(self.counts),
            core_seconds=round(self.seconds, 1),
            failures={outcome: dict(some) for outcome, some in self.failures.items()},
        )
        manifest.write(self.folder)
        self.written_at = time.monotonic()
        return manifest
