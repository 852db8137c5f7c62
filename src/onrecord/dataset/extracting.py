"""The long step of a run: the records of a part's articles, written as files of Parquet."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from socket import gethostname

from onrecord.dataset.jobs import Receipt
from onrecord.dataset.keys import leave_keys
from onrecord.dataset.plan import WORK, Plan
from onrecord.dataset.staging import Failures, Staged, staged
from onrecord.errors import StoreError
from onrecord.parallel import lost
from onrecord.pipeline import Tools, attempt, load_tools
from onrecord.places import Folder
from onrecord.records import Failure, Record
from onrecord.settings import Settings
from onrecord.store.checks import check_record
from onrecord.store.parquet import FOLDERS, Extracted, tables_of

MOST_DEATHS = 2  # of workers with an article in hand; then it is a failure


@dataclass(frozen=True, slots=True)
class ExtractPart:
    """Extracts the records of a part; the task is its name."""

    folder: Folder
    plan: Plan
    name: str = "parts"

    @property
    def needs(self) -> Settings:
        """The settings of the models."""
        return self.plan.settings

    def run(self, task: str) -> Receipt:
        """Return how many rows of each kind the part has, counts of failures, and seconds."""
        tools, began = load_tools(self.plan.settings), time.monotonic()
        articles = staged(self.folder, task)
        failures = Failures()
        extracted = []
        for one, result in zip(articles, self._results(task, articles, tools), strict=True):
            if isinstance(result, Failure):
                failures.found.append(result)
            else:
                extracted.append(Extracted(result, one.is_latest))
        rows = self._written(task, extracted, tools.extractor)
        failures.write(self.folder, f"part-{task}")
        makers = {row.extractor for one in extracted for row in one.record.rows()}
        return {
            "rows": rows,
            "makers": sorted(makers),
            "failures": failures.counts(),
            "seconds": time.monotonic() - began,
        }

    def _results(
        self, task: str, articles: Iterable[Staged], tools: Tools
    ) -> Iterable[Record | Failure]:
        hand = Hand.take_up(self.folder, task)
        for at, one in enumerate(articles):
            if hand.died.get(str(at), 0) >= MOST_DEATHS:
                yield lost(one.article, "its worker was ended every time")
                continue
            hand.has(at)
            yield _sound(attempt(one.article, tools))

    def _written(self, task: str, extracted: list[Extracted], extractor: str) -> dict[str, int]:
        tables = tables_of(extracted, extractor, datetime.now(UTC).isoformat(timespec="seconds"))
        leave_keys(self.folder, task, extracted, tables, self.plan.buckets)
        for inside in FOLDERS:
            self.folder.write_table(f"{inside}/{task}.parquet", tables[inside])
        return {inside: tables[inside].num_rows for inside in FOLDERS}


def _sound(result: Record | Failure) -> Record | Failure:
    """Return a record that holds together, or why it does not."""
    if isinstance(result, Failure):
        return result
    try:
        check_record(result)
    except StoreError as error:
        source = result.article.source_path or result.article.article_id
        return Failure(source=source, reason=str(error), error=type(error).__name__)
    return result


@dataclass(slots=True)
class Hand:
    """Which article of a part is in hand: what it was, if the worker dies, the next one knows."""

    folder: Folder
    task: str
    died: dict[str, int] = field(default_factory=dict)

    @classmethod
    def take_up(cls, folder: Folder, task: str) -> Hand:
        """Return what is known of earlier workers on a part."""
        hand = cls(folder, task)
        if folder.has(hand.file):
            kept = folder.read_json(hand.file)
            hand.died = kept["died"]
            hand.died[str(kept["at"])] = hand.died.get(str(kept["at"]), 0) + 1
        return hand

    @property
    def file(self) -> str:
        """The name of the file it is kept in."""
        return f"{WORK}/in-hand/{self.task}.json"

    def has(self, at: int) -> None:
        """Note that an article is in hand, and in whose."""
        noted = {"at": at, "died": self.died, "host": gethostname(), "process": os.getpid()}
        self.folder.write_json(self.file, noted)
