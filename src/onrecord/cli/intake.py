"""Reading articles into a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import click

from onrecord.cli.plain import plain
from onrecord.errors import StoreError
from onrecord.language.foreign import may_be_english
from onrecord.pipeline import Tools, attempt, extract_many, load_tools
from onrecord.records import Article, Failure, Record
from onrecord.settings import Settings
from onrecord.store import Store


@dataclass(slots=True)
class Outcome:
    """What became of the articles of one run."""

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    foreign: int = 0

    def __str__(self) -> str:
        counts = f"{self.read} read, {self.unchanged} unchanged, {self.failed} failed"
        return f"{counts}, {self.foreign} not English" if self.foreign else counts


def begun(articles: Iterator[Article | Failure]) -> tuple[bool, Iterator[Article | Failure]]:
    """Return whether there is an article at all, and all of them from the first on."""
    failures: list[Article | Failure] = []
    for one in articles:
        if not isinstance(one, Failure):
            return True, chain(failures, [one], articles)
        failures.append(one)
    return False, iter(failures)


def in_english(
    articles: Iterable[Article | Failure], outcome: Outcome
) -> Iterator[Article | Failure]:
    """Yield all but the articles in another language, which are counted and named on stderr."""
    for article in articles:
        if isinstance(article, Failure) or may_be_english(article.language):
            yield article
            continue
        outcome.foreign += 1
        click.echo(
            f"{plain(article.source_path or article.title or article.article_id)}: skipped: "
            f"not in English ({article.language}): --language any reads it all the same",
            err=True,
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """Puts articles into a store, leaving alone those it holds as they are."""

    store: Store
    settings: Settings
    workers: int = 1
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def tools(self) -> Tools:
        """What extracts; loaded (once a process) only when there is an article to look at."""
        return load_tools(self.settings)

    def run(self, articles: Iterable[Article | Failure]) -> Iterator[Record | Failure]:
        """Store the records of articles one by one; yield each record, and each failure."""
        for extracted in self._extract(self._changed(articles)):
            result = extracted if isinstance(extracted, Failure) else self._saved(extracted)
            if isinstance(result, Failure):
                self.outcome.failed += 1
            else:
                self.outcome.read += 1
            yield result

    def _saved(self, record: Record) -> Record | Failure:
        """Store a record, or return why it cannot be stored."""
        article = self.store.versioned(record.article)
        if article.version != record.article.version:
            # Another text of the same article was stored since this one was handed to a worker.
            again = attempt(article, self.tools)
            if isinstance(again, Failure):
                return again
            record = again
        try:
            self.store.save(record, self.tools.extractor)
        except StoreError as error:
            source = article.source_path or article.article_id
            return Failure(source=source, reason=str(error), error=type(error).__name__)
        return record

    def _changed(self, articles: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
        for article in articles:
            if isinstance(article, Failure):
                yield article
                continue
            versioned = self.store.versioned(article)
            if self.store.holds(versioned, self.tools.extractor):
                self.outcome.unchanged += 1
            else:
                yield versioned

    def _extract(self, articles: Iterator[Article | Failure]) -> Iterator[Record | Failure]:
        for first in articles:
            if isinstance(first, Failure):
                yield first
                continue
            rest = chain([first], articles)
            yield from extract_many(rest, workers=self.workers, tools=self.tools)
