"""Reading articles into a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from onrecord.pipeline import EXTRACTOR, extract_many, load_tools

from onrecord.records import Article, Failure, Record
from onrecord.settings import Settings
from onrecord.store import Store


@dataclass(slots=True)
class Outcome:
    """What became of the articles of one run."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"{self.read} read, {self.unchanged} unchanged, {self.failed} failed"


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts articles into a store, leaving alone those it holds as they are."""

    store: Store
    settings: Settings
    workers: int = 1
    outcome: Outcome = field(default_factory=Outcome)

    def run(self, articles: Iterable[Article | Failure]) -> Iterator[Record | Failure]:
        """Store the records of articles one by one; yield each record, and each failure."""
        for result in self._extract(self._changed(articles)):
            if isinstance(result, Failure):
                self.outcome.failed += 1
            else:
                self.store.save(result, EXTRACTOR)
                self.outcome.read += 1
            yield result

    def _changed(self, articles: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
        for article in articles:
            if isinstance(article, Failure):
                yield article
                continue
            versioned = self.store.versioned(article)
            if self.store.holds(versioned, EXTRACTOR):
                self.outcome.unchanged += 1
            else:
                yield versioned

    def _extract(self, articles: Iterator[Article | Failure]) -> Iterator[Record | Failure]:
        """Extract records; the models are loaded only when there is something to extract."""
        for first in articles:
            if isinstance(first, Failure):
                yield first
                continue
            tools = load_tools(self.settings)
            yield from extract_many(chain([first], articles), workers=self.workers, tools=tools)
