"""Reading articles into a store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain

from onrecord.errors import StoreError
from onrecord.parallel import extract_many
from onrecord.pipeline import Tools, attempt, load_tools
from onrecord.reading.articles import id_of_url
from onrecord.reading.urls import canonical_url
from onrecord.reading.web.visits import Visit
from onrecord.records import Article, Failure, Record
from onrecord.settings import Settings
from onrecord.store import Store

OUTCOMES = ("failed", "skipped", "unchanged")
MOST_REASONS = 12  # of one outcome that a table shows
MOST_KEPT = 200_000  # failures in memory; further ones are counted


@dataclass(slots=True)
class Outcome:
    """What became of the articles of one run."""

    read: int = 0
    unchanged: int = 0
    reasons: dict[str, Counter[str]] = field(
        default_factory=lambda: {outcome: Counter() for outcome in OUTCOMES}
    )
    kept: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return self.reasons["failed"].total()

    def note(self, failure: Failure) -> None:
        """Count an input that gave no article."""
        self.reasons[failure.outcome][failure.reason] += 1
        self.unchanged += failure.outcome == "unchanged"
        if len(self.kept) < MOST_KEPT:
            self.kept.append(failure)

    def table(self) -> str:
        """Return a line for each reason why something was not read, most frequent first."""
        lines = []
        for outcome, reasons in self.reasons.items():
            common = reasons.most_common(MOST_REASONS)
            lines += [f"{outcome:<9} {count:>7}  {reason}" for reason, count in common]
            if rest := reasons.total() - sum(count for _, count in common):
                lines.append(f"{outcome:<9} {rest:>7}  for other reasons: --failures keeps all.")
        return "\n".join(lines)

    def as_json_lines(self) -> str:
        """Return what gave no article, one JSON object a line."""
        return "".join(f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in self.kept)

    def __str__(self) -> str:
        counts = f"{self.read} read, {self.unchanged} unchanged, {self.failed} failed"
        skipped = self.reasons["skipped"].total()
        return f"{counts}, {skipped} skipped" if skipped else counts


def begun(articles: Iterator[Article | Failure]) -> tuple[bool, Iterator[Article | Failure]]:
    """Return whether there is an article at all, and all of them from the first on."""
    failures: list[Article | Failure] = []
    for one in articles:
        if not isinstance(one, Failure):
            return True, chain(failures, [one], articles)
        failures.append(one)
    return False, iter(failures)


def noted(failures: Iterable[Article | Failure], outcome: Outcome) -> Iterator[Article | Failure]:
    """Yield what gave no article, each counted."""
    for failure in failures:
        if isinstance(failure, Failure):
            outcome.note(failure)
        yield failure


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

    def lacks(self, visit: Visit) -> bool:
        """Whether the page of a visit is not in the store as it would be made today."""
        article_id = id_of_url(canonical_url(visit.found_at))
        made_by = self.store.made_by(article_id) if article_id else None
        return made_by is None or made_by != self.tools.extractor

    def run(self, articles: Iterable[Article | Failure]) -> Iterator[Record | Failure]:
        """Store the records of articles one by one; yield each record, and each failure."""
        for extracted in self._extract(self._changed(articles)):
            result = extracted if isinstance(extracted, Failure) else self._saved(extracted)
            if isinstance(result, Failure):
                self.outcome.note(result)
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
