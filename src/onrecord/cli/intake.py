"""Reading articles into a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from onrecord.records import Article, Failure, Record
from onrecord.store import Store


@dataclass(slots=True)
class Tally:
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
    extractor: str
    extract: Callable[[Iterator[Article]], Iterator[Record | Failure]]
    tally: Tally

    def run(self, articles: Iterable[Article | Failure]) -> Iterator[Record | Failure]:
        """Store the records of articles one by one; yield each record, and each failure."""
        failures: list[Failure] = []
        for result in self.extract(self._new(articles, failures)):
            yield from self._counted(failures)
            if isinstance(result, Failure):
                yield from self._counted([result])
                continue
            self.store.save(result, self.extractor)
            self.tally.read += 1
            yield result
        yield from self._counted(failures)

    def _new(
        self, articles: Iterable[Article | Failure], failures: list[Failure]
    ) -> Iterator[Article]:
        for article in articles:
            if isinstance(article, Failure):
                failures.append(article)
                continue
            versioned = self.store.versioned(article)
            if self.store.holds(versioned, self.extractor):
                self.tally.unchanged += 1
                continue
            yield versioned

    def _counted(self, failures: list[Failure]) -> Iterator[Failure]:
        while failures:
            self.tally.failed += 1
            yield failures.pop(0)
